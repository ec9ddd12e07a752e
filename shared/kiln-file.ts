import { z } from "zod";
import { DELIVERY, ENGINES, InputPalette, ProjectFolder, SafeName } from "./requests.ts";

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

/** The request of a kiln file without what only matters to a delivery. */
export function withoutDelivery(request: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const left = Object.keys(DELIVERY).filter((name) => name !== "upscale_output_factor");
  return Object.fromEntries(Object.entries(request).filter(([name]) => !left.includes(name)));
}
