import type { AssetManifest } from "../../shared/asset.ts";
import type { ENGINES } from "../../shared/requests.ts";

export type Engine = (typeof ENGINES)[number];

/** A file of an asset, as bytes. */
export interface AssetFile {
  /** File name: no folders. */
  path: string;
  /** What a client looks for: "png", "sheet", "gif", "godot_tile_set", ... */
  role: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** A finished asset as a worker gives it: on no disk yet, so without revision and id. */
export interface MadeAsset {
  files: AssetFile[];
  manifest: Omit<AssetManifest, "files" | "rev" | "id">;
  /** ms of loading (0 when loaded), all generating, one denoising step, pixel work, and writing and encoding. */
  timings: { load: number; model: number; step: number; post: number; encode: number };
}

/** For whom an asset is made. */
export interface MakeTarget {
  /** File stem: a SafeName. */
  name: string;
  /** Which engines get files of their own. */
  engines: readonly Engine[];
  /** Folder of the files in the game, "" = its root. */
  folder: string;
  /** Under which it is published. */
  assetId: string;
  createdAt: string;
}

/** Roles of pictures that only the answer shows: they do not go into a project. */
export const EXTRA_ROLES: readonly string[] = ["pre_palette", "non_bg_removed"];

/** Lists the files that go into a project. */
export function projectFilesOf({ files }: Pick<MadeAsset, "files">): AssetFile[] {
  return files.filter(({ role }) => !EXTRA_ROLES.includes(role));
}
