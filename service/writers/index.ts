import type { ENGINES } from "../../shared/requests.ts";
import type { AssetPackage } from "../asset/asset-package.ts";
import { apngAnimation } from "./apng-animation.ts";
import { asepriteJson } from "./aseprite-json.ts";
import { gifAnimation } from "./gif-animation.ts";
import { godotScene } from "./godot-scene.ts";
import { godotSpriteFrames } from "./godot-sprite-frames.ts";
import { godotStyleBox } from "./godot-style-box.ts";
import { godotTextureImport } from "./godot-texture-import.ts";
import { godotTileMap } from "./godot-tile-map.ts";
import { godotTileSet } from "./godot-tile-set.ts";
import { ldtkProject } from "./ldtk-project.ts";
import { phaserAnimation } from "./phaser-animation.ts";
import { phaserTilemap } from "./phaser-tilemap.ts";
import { pngImages } from "./png-images.ts";
import { pngSheet } from "./png-sheet.ts";
import { tiledMap } from "./tiled-map.ts";
import { tiledTileset } from "./tiled-tileset.ts";
import { tilesetJson } from "./tileset-json.ts";
import type { AssetWriter } from "./writer.ts";

/** Every format, in the order in which the files should be written: files that others refer to come first. */
export const WRITERS: readonly AssetWriter[] = Object.freeze([
  godotTextureImport,
  pngImages,
  pngSheet,
  gifAnimation,
  apngAnimation,
  asepriteJson,
  phaserAnimation,
  godotSpriteFrames,
  godotStyleBox,
  godotScene,
  tilesetJson,
  godotTileSet,
  godotTileMap,
  tiledTileset,
  tiledMap,
  phaserTilemap,
  ldtkProject,
]);

/**
 * Lists the writers of a kind of package for these engines, in the order of the table. PNG and JSON are always
 * included; for Phaser and Aseprite a still sprite needs nothing else.
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
