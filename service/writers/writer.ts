import type { ENGINES } from "../../shared/requests.ts";
import type { AssetPackage } from "../asset/asset-package.ts";
import type { PixelImage } from "../pixel/image.ts";

/** A file to write: the publisher encodes the pixels, so that writers stay pure. */
export interface OutputFile {
  /** Place in the asset's folder: a file name, or folders and a file name joined by "/" ("parts/head.png"). */
  path: string;
  /** What clients look for: "png", "sheet", "gif", "aseprite_json", "godot_sprite_frames", "godot_tile_set". */
  role: string;
  mediaType: string;
  content: string | Uint8Array | { image: PixelImage; text: Record<string, string> } | AnimatedContent;
}

/** Frames of one picture file, each with its duration in ms. */
export interface AnimatedContent {
  frames: readonly PixelImage[];
  durationsMs: readonly number[];
  /** How often it plays; 0 = forever. */
  loop: number;
}

/** A format: package -> files. Deterministic, no I/O, no knowledge of other writers. */
export interface AssetWriter {
  id: string;
  title: string;
  /** The engine option that asks for it; "always" for files that every asset has. */
  engine: "always" | (typeof ENGINES)[number];
  /** The kinds it can write; a package of another kind has no file in this format. */
  kinds: readonly AssetPackage["kind"][];
  /** `folder` is the res:// or web path of the asset's folder, relative to the project; "" is the root. */
  write(asset: AssetPackage, context: { folder: string }): OutputFile[];
}
