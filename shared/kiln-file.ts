import { z } from "zod";
import { DELIVERY, ENGINES, InputPalette, ProjectFolder, SafeName } from "./requests.ts";
import { ServerModels } from "./server-models.ts";

/** `hero.kiln.json` is a request kept in the game: it makes the asset `hero`. */
export const KILN_SUFFIX = ".kiln.json";
export const KILN_CONFIG = "pixelkiln.config.json";

/** Fields about how to deliver an answer, which mean nothing in a file. */
export const NOT_IN_KILN_FILES: readonly string[] = ["strict", "check_cost", "async", "upload_outputs"];

/** Where a kiln file puts its asset, if not next to it under its own name. */
export const KilnOutput = z.strictObject({
  dir: ProjectFolder.optional().describe("Folder in the project; default: next to the kiln file"),
  name: SafeName.optional().describe("Default: the name of the kiln file"),
  engine: z
    .array(z.enum(ENGINES))
    .max(ENGINES.length)
    .optional()
    .describe("Engine files to write; default: the engines of the game"),
});
export type KilnOutput = z.infer<typeof KilnOutput>;

/** `pixelkiln.config.json` at the root of a game: defaults for its kiln files and the command line. */
export const KilnConfig = z.strictObject({
  $schema: z.string().optional(),
  palette: InputPalette.optional().describe("Default for input_palette; a picture is given by its path"),
  prompt_style: z.string().max(64).optional().describe("Default style for sprites and animations"),
  output: ProjectFolder.optional().describe(
    "Default folder for output; without it, output goes next to the kiln file",
  ),
  engines: z.array(z.enum(ENGINES)).max(ENGINES.length).optional(),
  service: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("URL of a running service that draws"),
  models: ServerModels.optional().describe("Models of picture servers, beside the installed ones"),
});
export type KilnConfig = z.infer<typeof KilnConfig>;

/** Gives the request of a kiln file without the fields that only matter to delivery. */
export function withoutDelivery(request: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const left = Object.keys(DELIVERY).filter((name) => name !== "upscale_output_factor");
  return Object.fromEntries(Object.entries(request).filter(([name]) => !left.includes(name)));
}
