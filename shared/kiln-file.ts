import { z } from "zod";
import { parseAnimationRequest } from "../service/kinds/animation/parse.ts";
import { AnimationRequest } from "../service/kinds/animation/request.ts";
import { PixelateRequest } from "../service/kinds/pixelate/request.ts";
import { parseTileRequest, parseTilesetRequest } from "../service/kinds/tile/parse-tiles.ts";
import { TileRequest, TilesetRequest } from "../service/kinds/tile/requests-tiles.ts";
import { JOB_KINDS } from "./job.ts";
import { type ParsedRequest, parsePixelateRequest, parseSpriteRequest } from "./parse-request.ts";
import { DELIVERY, ENGINES, InputPalette, ProjectFolder, SafeName, SpriteRequest } from "./requests.ts";

/** `hero.kiln.json` is a request that is kept in the game: it makes the asset `hero`. */
export const KILN_SUFFIX = ".kiln.json";
export const KILN_CONFIG = "pixelkiln.config.json";

/** How an answer is delivered: nothing that a file in a repository could say. */
export const NOT_IN_KILN_FILES: readonly string[] = ["strict", "check_cost", "async", "upload_outputs"];

/** Where a kiln file puts its asset, where that is not beside it under its own name. */
export const KilnOutput = z.strictObject({
  dir: ProjectFolder.optional().describe("Folder in the project; default: beside the kiln file"),
  name: SafeName.optional().describe("Default: the name of the kiln file"),
  engine: z
    .array(z.enum(ENGINES))
    .max(ENGINES.length)
    .optional()
    .describe("Engine files; default: those of the game around"),
});
export type KilnOutput = z.infer<typeof KilnOutput>;

/** One kind of kiln file. */
export interface KilnKind {
  schema: z.ZodObject;
  /** Where a service takes its request. */
  path: `/v1/${string}`;
  parse: (raw: unknown) => ParsedRequest<Record<string, unknown>>;
  /** Whether the style of the project's configuration is meant for it: surfaces have styles of their own. */
  takesStyle: boolean;
}

type KilnKindName = (typeof JOB_KINDS)[number];

/** Every kind that a kiln file can be. Who makes them here stands in service/cli/draw-kiln-order.ts. */
export const KILN_KINDS: Readonly<Partial<Record<KilnKindName, KilnKind>>> = {
  sprite: { schema: SpriteRequest, path: "/v1/sprites", parse: parseSpriteRequest, takesStyle: true },
  pixelate: { schema: PixelateRequest, path: "/v1/pixelate", parse: parsePixelateRequest, takesStyle: false },
  tile: { schema: TileRequest, path: "/v1/tiles", parse: parseTileRequest, takesStyle: false },
  tileset: { schema: TilesetRequest, path: "/v1/tilesets", parse: parseTilesetRequest, takesStyle: false },
  animation: {
    schema: AnimationRequest,
    path: "/v1/animations",
    parse: parseAnimationRequest,
    takesStyle: true,
  },
};

export type KindOfKilnFile = keyof typeof KILN_KINDS;

/** The kinds of the table, in the order of JOB_KINDS. */
export function kilnKinds(): KindOfKilnFile[] {
  return JOB_KINDS.filter((kind) => KILN_KINDS[kind] !== undefined);
}

/** `pixelkiln.config.json` at the root of a game: defaults of its kiln files and of the command line. */
export const KilnConfig = z.strictObject({
  $schema: z.string().optional(),
  palette: InputPalette.optional().describe("Default of input_palette; a picture is named by its path"),
  prompt_style: z.string().max(64).optional().describe("Default style of sprites and animations"),
  output: ProjectFolder.optional().describe("Default folder; without it outputs lie beside their kiln file"),
  engines: z.array(z.enum(ENGINES)).max(ENGINES.length).optional(),
  service: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("A running service that draws"),
});
export type KilnConfig = z.infer<typeof KilnConfig>;

/** Builds the JSON schema of kiln files from the schemas of the requests, for editors that complete and check JSON. */
export function kilnJsonSchema(): Record<string, unknown> {
  const kinds = kilnKinds().map((kind) => {
    const fields = Object.entries(KILN_KINDS[kind]?.schema.shape ?? {}).filter(
      ([name]) => !NOT_IN_KILN_FILES.includes(name),
    );
    return z.strictObject({
      $schema: z.string().optional(),
      kind: z.literal(kind),
      ...Object.fromEntries(fields),
      output: KilnOutput.optional(),
    });
  });
  return {
    ...z.toJSONSchema(z.union(kinds), { io: "input" }),
    title: "Kiln file: a Pixelkiln request kept in a game",
    description:
      'Pictures may be base64, or paths relative to this file: "base.png" or "file:base.png". ' +
      "Without a seed, the name of the file decides it.",
  };
}

/** The request of a kiln file without what only matters to a delivery. */
export function withoutDelivery(request: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const left = Object.keys(DELIVERY).filter((name) => name !== "upscale_output_factor");
  return Object.fromEntries(Object.entries(request).filter(([name]) => !left.includes(name)));
}
