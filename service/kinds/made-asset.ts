import type { AssetManifest } from "../../shared/asset.ts";
import type { ENGINES } from "../../shared/requests.ts";

export type Engine = (typeof ENGINES)[number];

/** A file of an asset, with its bytes. */
export interface AssetFile {
  /** Place in the folder of the asset: a file name, or folders and a file name joined by "/". */
  path: string;
  /** What clients look it up by: "png", "sheet", "gif", "godot_tile_set", ... */
  role: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** A finished asset, as a worker returns it. It is not on disk yet, so it has no revision and no id. */
export interface MadeAsset {
  files: AssetFile[];
  manifest: Omit<AssetManifest, "files" | "rev" | "id">;
  /** ms spent on loading (0 if loaded already), all generating, one denoising step, pixel work, and encoding. */
  timings: { load: number; model: number; step: number; post: number; encode: number };
}

/** What an asset is made for. */
export interface MakeTarget {
  /** Base name of its files: a SafeName. */
  name: string;
  /** The engines to write files for. */
  engines: readonly Engine[];
  /** Folder of the files in the game; "" is its root. */
  folder: string;
  /** The id it is published under. */
  assetId: string;
  createdAt: string;
}

/** Roles of pictures that appear only in the answer and never go into a project. */
export const EXTRA_ROLES: readonly string[] = ["pre_palette", "non_bg_removed"];

/** Lists the files that go into a project. */
export function projectFilesOf({ files }: Pick<MadeAsset, "files">): AssetFile[] {
  return files.filter(({ role }) => !EXTRA_ROLES.includes(role));
}
