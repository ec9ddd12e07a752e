import { z } from "zod";

/** 200 of `GET /v1/project`: which service this is. Its `instance` stands in `.pixelkiln/service.json` of its project. */
export const ProjectInfo = z.object({
  instance: z
    .string()
    .describe("Another one at each start: who reads the same in the project shares its disk"),
  version: z.string().describe("Version of the program; a part of what decides the bytes of an asset"),
  models: z.array(z.object({ id: z.string(), sha256: z.string() })).describe("The first is the default"),
});
export type ProjectInfo = z.infer<typeof ProjectInfo>;

/** An asset that lies in the project, as the manifest of its folder has it. */
export const PlacedAsset = z.object({
  dir: z.string().describe('Folder in the project: names joined by "/", "" is its root'),
  name: z.string(),
  kind: z.string(),
  rev: z.string().describe("Changes when a file of the asset does"),
  files: z.array(
    z.object({
      path: z.string().describe("Relative to the project"),
      role: z
        .string()
        .optional()
        .describe(
          "What the file is: sheet, aseprite_json, ...; absent where it was written before roles were kept",
        ),
      sha256: z.string(),
    }),
  ),
});
export type PlacedAsset = z.infer<typeof PlacedAsset>;

/** 200 of `GET /v1/project/assets`: every asset of every `pixelkiln.manifest.json` of the project. */
export const ProjectAssets = z.object({
  cursor: z.string().describe("Send it as Last-Event-ID to /v1/events: no change after this list is missed"),
  assets: z.array(PlacedAsset),
});
export type ProjectAssets = z.infer<typeof ProjectAssets>;

/** `.pixelkiln/service.json`: where the service of a project listens, while it does. */
export const ServiceRecord = z.object({ instance: z.string(), url: z.string(), pid: z.int() });
export type ServiceRecord = z.infer<typeof ServiceRecord>;
export const SERVICE_RECORD = "service.json";
