import { z } from "zod";

export const PROJECT_MANIFEST = "pixelkiln.manifest.json";
export const LOCK_SUFFIX = ".kiln.lock.json";

const HashedFile = z.object({ path: z.string(), sha256: z.string() });
export type HashedFile = z.infer<typeof HashedFile>;

/** A file of an asset. Without a role it was written before roles were kept. */
const OwnedFile = HashedFile.extend({ role: z.string().optional() });
export type OwnedFile = z.infer<typeof OwnedFile>;

/** The kiln file that an asset was made from, and all that decided its bytes beside the model. */
export const KilnSource = z.object({
  /** Path of the kiln file, relative to the folder of the lock. */
  file: z.string(),
  /** SHA-256 of the whole request, its pictures, engines and names. */
  input_sha256: z.string(),
  pipeline_version: z.string(),
  /** Pictures named in the request, by their paths as written there. */
  pictures: z.array(HashedFile),
});
export type KilnSource = z.infer<typeof KilnSource>;

/** `<name>.kiln.lock.json` next to an asset in a game: how it was made, and which bytes are ours. */
export const ProjectLock = z.object({
  schema_version: z.literal(1),
  asset_id: z.string(),
  /** Null: no model drew it. */
  model: z.object({ id: z.string(), sha256: z.string() }).nullable(),
  request: z.record(z.string(), z.unknown()),
  training_data_licenses: z.array(z.string()),
  files: z.array(OwnedFile),
  /** Ours from an earlier version of the asset, left in place because a scene may still use them. */
  former_files: z.array(HashedFile).default([]),
  /** Absent: no kiln file made it. */
  kiln: KilnSource.optional(),
});
export type ProjectLock = z.infer<typeof ProjectLock>;

/** One asset of an output folder, as engine plugins see it. */
export const ProjectAsset = z.object({
  name: z.string(),
  kind: z.string(),
  rev: z.string(),
  files: z.array(OwnedFile),
});
export type ProjectAsset = z.infer<typeof ProjectAsset>;

/** `pixelkiln.manifest.json` in the output folder: written last, so an entry implies its files. */
export const ProjectManifest = z.object({ schema_version: z.literal(1), assets: z.array(ProjectAsset) });
export type ProjectManifest = z.infer<typeof ProjectManifest>;

/** Written before the first file changes: the hashes that files will have after this write. */
export const PendingFiles = z.object({ files: z.array(HashedFile) });
