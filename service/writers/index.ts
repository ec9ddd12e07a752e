import type { ENGINES } from "../../shared/requests.ts";
import type { AssetPackage } from "../asset/asset-package.ts";
import { asepriteJson } from "./aseprite-json.ts";
import { gifAnimation } from "./gif-animation.ts";
import { godotScene } from "./godot-scene.ts";
import { godotSpriteFrames } from "./godot-sprite-frames.ts";
import { godotTextureImport } from "./godot-texture-import.ts";
import { pngImages } from "./png-images.ts";
import { pngSheet } from "./png-sheet.ts";
import type { AssetWriter } from "./writer.ts";

/** Every format, in the order in which the files should land: what is referred to comes first. */
export const WRITERS: readonly AssetWriter[] = Object.freeze([
  godotTextureImport,
  pngImages,
  pngSheet,
  gifAnimation,
  asepriteJson,
  godotSpriteFrames,
  godotScene,
]);

/**
 * Lists the writers of a kind of package for these engines, in the order of the table. PNG and JSON always
 * belong to them; a still sprite needs nothing else for Phaser and Aseprite.
 */
export function writersFor(
  engines: readonly (typeof ENGINES)[number][],
  kind: AssetPackage["kind"],
): AssetWriter[] {
  return WRITERS.filter(
    (writer) =>
      writer.kinds.includes(kind) && (writer.engine === "always" || engines.includes(writer.engine)),
  );
}
