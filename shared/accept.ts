import { z } from "zod";
import { ENGINES, LIMITS, ProjectFolder, SafeName } from "./requests.ts";

/**
 * `POST /v1/assets/{id}/accept`: takes a finished asset over into the game project. Its stored request runs again
 * with an `output`, which gives the same bytes under the wanted name and the engine files that belong to it.
 */
export const AcceptRequest = z.strictObject({
  dir: ProjectFolder.default("pixelkiln").describe("Folder in the project"),
  name: SafeName.describe("File stem of everything that is written"),
  engine: z
    .array(z.enum(ENGINES))
    .max(ENGINES.length)
    .optional()
    .describe("Default: what the project is made with"),
  index: z
    .int()
    .min(0)
    .max(LIMITS.maxImages - 1)
    .optional()
    .describe("Take over only this one of several images, counted from 0"),
  async: z.boolean().default(false).describe("Answer 202 at once with the job"),
});
export type AcceptRequest = z.infer<typeof AcceptRequest>;
