import type { ENGINES } from "../../shared/requests.ts";
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
 * Lists the writers for these engines, in the order of the table. PNG and JSON always belong to them;
 * Phaser and Aseprite need nothing else.
 */
export function writersFor(engines: readonly (typeof ENGINES)[number][]): AssetWriter[] {
  return WRITERS.filter((writer) => writer.engine === "always" || engines.includes(writer.engine));
}
