import { z } from "zod";

/** 200 of `GET /v1/project`: which service this is. `.pixelkiln/service.json` of its project has the same `instance`. */
export const ProjectInfo = z.object({
  instance: z
    .string()
    .describe("New at each start. A client that finds the same value in the project shares its disk"),
  version: z.string().describe("Version of the program. The bytes of an asset depend on it"),
  models: z.array(z.object({ id: z.string(), sha256: z.string() })).describe("The first is the default"),
});
export type ProjectInfo = z.infer<typeof ProjectInfo>;

/** An asset in the project, as listed in the manifest of its folder. */
export const PlacedAsset = z.object({
  dir: z.string().describe('Folder in the project: names separated by "/"; "" is its root'),
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
  cursor: z.string().describe("Send it to /v1/events as Last-Event-ID, to miss no change after this list"),
  assets: z.array(PlacedAsset),
});
export type ProjectAssets = z.infer<typeof ProjectAssets>;

/** `.pixelkiln/service.json`: where the service of a project is listening, while it runs. */
export const ServiceRecord = z.object({ instance: z.string(), url: z.string(), pid: z.int() });
export type ServiceRecord = z.infer<typeof ServiceRecord>;
export const SERVICE_RECORD = "service.json";
