import { z } from "zod";
import { ENGINES, LIMITS, ProjectFolder, SafeName } from "./requests.ts";

/**
 * `POST /v1/assets/{id}/accept`: adds a finished asset to the game project. Its stored request runs again with an
 * `output`, which gives the same bytes under the chosen name, with the engine files that go with it.
 */
export const AcceptRequest = z.strictObject({
  dir: ProjectFolder.default("pixelkiln").describe("Folder in the project"),
  name: SafeName.describe("Base name of every file that is written"),
  engine: z
    .array(z.enum(ENGINES))
    .max(ENGINES.length)
    .optional()
    .describe("Default: the engines that the project uses"),
  index: z
    .int()
    .min(0)
    .max(LIMITS.maxImages - 1)
    .optional()
    .describe("Accept only this one of several images, counted from 0"),
  async: z.boolean().default(false).describe("Return 202 at once, with the job"),
});
export type AcceptRequest = z.infer<typeof AcceptRequest>;
