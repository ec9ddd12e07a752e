import { createHash } from "node:crypto";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { z } from "zod";
import { applyAliases } from "../../shared/aliases.ts";
import { describeValue, invalidParameter, ServiceError } from "../../shared/errors.ts";
import { KILN_SUFFIX, KilnOutput, NOT_IN_KILN_FILES, withoutDelivery } from "../../shared/kiln-file.ts";
import { invalidRequest, refused } from "../../shared/parse-request.ts";
import { isRecord } from "../../shared/records.ts";
import { SafeName } from "../../shared/requests.ts";
import type { Kind } from "../kinds/kind.ts";
import type { Engine } from "../kinds/made-asset.ts";
import { findKind, KINDS } from "../kinds/table.ts";
import { sha256 } from "../library/hashes.ts";
import type { HashedFile } from "../library/project-files.ts";
import { type LoadedPicture, loadPicture, mapPictures, namedPictures } from "./kiln-pictures.ts";
import type { ProjectConfig } from "./project-config.ts";
import { readJsonFile } from "./read-json-file.ts";

/** A game whose kiln files are read. */
export interface KilnProject {
  /** Real path of the game. */
  dir: string;
  config: ProjectConfig;
  /** Finds the game that a folder belongs to, and its engines. */
  detectEngines: (folder: string) => Promise<{ engines: Engine[]; root: string | null }>;
}

/** A kiln file before its pictures are read: enough to put kiln files in order. */
export interface KilnHead {
  /** Absolute path. */
  path: string;
  /** Path relative to the game, for messages. */
  shown: string;
  /** sha256 of the file as it was read. */
  sourceSha256: string;
  /** Id of its kind. */
  kind: string;
  /** Fields of the request under canonical names, with the game's defaults and a seed filled in. */
  fields: Record<string, unknown>;
  /** Absolute folder and base name of the output. */
  folder: string;
  name: string;
  engines: Engine[] | null;
  /** Absolute paths of the pictures that it uses. */
  pictures: string[];
}

/** A kiln file ready to build: everything that decides its bytes besides the model and the program. */
export interface KilnOrder extends KilnHead {
  engines: Engine[];
  /** Output folder in the game, as engines name it. */
  gameFolder: string;
  inputSha256: string;
  /** Pictures by their path in the file, and the base64 that replaced it. */
  loaded: { file: HashedFile; base64: string }[];
}

const Target = z.object({ output: KilnOutput.default({}) });

/** Reads a kiln file without its pictures. Throws a ServiceError that names the field. */
export async function readKilnHead(path: string, project: KilnProject): Promise<KilnHead> {
  const { value, sha256: sourceSha256 } = await readJsonFile(path);
  const { $schema: _, kind, output, ...raw } = value;
  const entry = readKind(kind);
  const stem = basename(path).slice(0, -KILN_SUFFIX.length);
  if (!SafeName.safeParse(stem).success)
    throw invalidParameter("file name", describeValue(stem), "a name of a-z, 0-9, - and _ before .kiln.json");
  const target = Target.safeParse({ output });
  if (!target.success) throw invalidRequest(target.error, { output });
  const { dir = project.config.output, name = stem, engine } = target.data.output;
  const fields = readFields(raw, { entry, stem, config: project.config });
  const at = dirname(path);
  return {
    path,
    shown: relative(project.dir, path).split(sep).join("/"),
    sourceSha256,
    kind: entry.id,
    fields,
    folder: dir === undefined ? at : join(project.dir, ...dir.split("/")),
    name,
    engines: engine ?? project.config.engines ?? null,
    pictures: namedPictures(entry.request, fields).map((picture) => resolve(at, picture.path)),
  };
}

/** Reads the pictures of a kiln file and checks its whole request. Throws a ServiceError that names the field. */
export async function readKilnOrder(head: KilnHead, project: KilnProject): Promise<KilnOrder> {
  const entry = readKind(head.kind);
  const loaded = new Map<string, LoadedPicture>();
  for (const picture of namedPictures(entry.request, head.fields)) {
    const place = { folder: dirname(head.path), projectDir: project.dir };
    loaded.set(picture.path, await loadPicture(picture, place));
  }
  const fields = mapPictures(entry.request, head.fields, ({ path }) => loaded.get(path)?.base64 ?? "");
  const request = parseRequest(entry, fields);
  const game = await project.detectEngines(head.folder);
  const engines = head.engines ?? game.engines;
  const gameFolder = relative(game.root ?? project.dir, head.folder)
    .split(sep)
    .join("/");
  const pictures = [...loaded].map(([path, { sha256: hash, base64 }]) => ({
    file: { path, sha256: hash },
    base64,
  }));
  const hashed = replaceTexts(withoutDelivery(request), (text) => {
    const found = pictures.find(({ base64 }) => base64 === text);
    return found ? `sha256:${found.file.sha256}` : text;
  });
  const input = {
    kind: head.kind,
    name: head.name,
    folder: gameFolder,
    engines: [...engines].sort(),
    request: hashed,
  };
  return {
    ...head,
    fields,
    engines,
    gameFolder,
    inputSha256: sha256(canonicalJson(input)),
    loaded: pictures,
  };
}

/** Gives a resolved request as stored in a lock: without delivery, and with pictures as paths. */
export function requestForLock(
  request: Readonly<Record<string, unknown>>,
  { loaded }: KilnOrder,
): Record<string, unknown> {
  return replaceTexts(withoutDelivery(request), (text) => {
    const found = loaded.find(({ base64 }) => base64 === text);
    return found ? `file:${found.file.path}` : text;
  }) as Record<string, unknown>;
}

/**
 * The seed of a kiln file without one. It comes from the file's name, so that changing another field keeps the drawing
 * similar, while a copy under another name draws something else.
 */
export function seedOfName(kind: string, stem: string): number {
  return createHash("sha256").update(`pixelkiln ${kind} ${stem}`).digest().readUInt32BE(0);
}

/** Reports a misspelled field along with those that are wrong because it is missing. */
function parseRequest(kind: Kind, fields: Record<string, unknown>): Record<string, unknown> {
  try {
    const { request, ignored } = kind.parse(fields);
    if (ignored.length > 0) throw refused(ignored);
    return { ...request };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "invalid-request") throw error;
    const unknown = Object.keys(fields).filter((name) => !Object.hasOwn(kind.request.shape, name));
    const named = refused(unknown.map((name) => ({ name, reason: "there is no such field" }))).errors;
    throw new ServiceError(error.code, error.message, { errors: [...named, ...error.errors] });
  }
}

function readKind(id: unknown): Kind {
  const kind = findKind(id);
  if (kind) return kind;
  throw invalidParameter("kind", describeValue(id), `one of ${KINDS.map((one) => one.id).join(", ")}`);
}

interface FieldContext {
  entry: Kind;
  stem: string;
  config: ProjectConfig;
}

function readFields(
  raw: Record<string, unknown>,
  { entry, stem, config }: FieldContext,
): Record<string, unknown> {
  for (const name of NOT_IN_KILN_FILES) {
    if (Object.hasOwn(raw, name))
      throw invalidParameter(name, describeValue(raw[name]), "nothing: it is for HTTP only");
  }
  const { fields, shadowed } = applyAliases(raw);
  const twice = [...shadowed].map(([name, other]) => ({ name, reason: `${other} is given as well` }));
  if (twice.length > 0) throw refused(twice);
  const defaults = defaultFields(entry, config);
  if (Object.hasOwn(entry.request.shape, "seed")) defaults.seed = seedOfName(entry.id, stem);
  return { ...defaults, ...fields };
}

/** Gives the fields that a game's configuration sets unless the request has them. */
export function defaultFields(
  { request, takesStyle }: Pick<Kind, "request" | "takesStyle">,
  config: Pick<ProjectConfig, "palette" | "prompt_style">,
): Record<string, unknown> {
  const takesPalette = Object.hasOwn(request.shape, "input_palette");
  return {
    ...(takesPalette && config.palette !== undefined ? { input_palette: config.palette } : {}),
    ...(takesStyle && config.prompt_style !== undefined ? { prompt_style: config.prompt_style } : {}),
  };
}

function replaceTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((part) => replaceTexts(part, replace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replaceTexts(part, replace)]));
}

/** Gives JSON with sorted keys, because their order in the file means nothing. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
