/** What an answer of any kind has; the rest is read by name. */
export interface Answer extends Record<string, unknown> {
  base64_images: string[];
  id?: string;
}

/** Answers of requests that this one goes on from: makes them where they were not made yet. */
export type Made = (name: string) => Promise<Answer>;

/**
 * A request of the table. Rows whose pixels a network drew hold only where its arithmetic is the same (`drawn`), and
 * so do those that go on from one; the rest (`model_free`) hold everywhere.
 */
export interface GoldenRequest {
  name: string;
  group: "drawn" | "model_free";
  path: string;
  body: (made: Made) => Promise<Record<string, unknown>>;
}

export type Fields = Record<string, unknown> | ((made: Made) => Promise<Record<string, unknown>>);

/** Every engine: what each of them is given is part of the output. */
const ENGINE = ["godot", "phaser", "tiled", "ldtk", "aseprite"];

const fieldsOf = async (fields: Fields, made: Made) => (typeof fields === "function" ? fields(made) : fields);

/** A request that makes an asset: into the project under its own name, for all engines, with few steps. */
export function asset(path: string, group: GoldenRequest["group"], base: Record<string, unknown> = {}) {
  return (name: string, fields: Fields): GoldenRequest => ({
    name,
    group,
    path,
    body: async (made) => ({
      ...base,
      output: { dir: `art/${path.split("/").at(-1)}`, name, engine: ENGINE },
      ...(await fieldsOf(fields, made)),
    }),
  });
}

/** A request that is answered at once and kept nowhere. */
export function tool(name: string, path: string, fields: Fields): GoldenRequest {
  return { name, group: "model_free", path, body: (made) => fieldsOf(fields, made) };
}

/** The name of a picture or of a tile of a set that was made before, as requests take it. */
export async function idOf(answer: Promise<Answer>, tile?: string): Promise<string> {
  const { id } = await answer;
  return tile === undefined ? String(id) : `${id}.${tile}`;
}
