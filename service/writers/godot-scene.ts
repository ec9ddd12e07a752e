import type { AssetPackage, PackageFrame } from "../asset/asset-package.ts";
import { spriteFramesFile } from "./godot-sprite-frames.ts";
import { godotPath, godotString } from "./godot-text.ts";
import { sheetPng } from "./picture-files.ts";
import type { AssetWriter } from "./writer.ts";

/**
 * Writes a scene to drag into a level, which a SpriteFrames resource cannot be: a Sprite2D for one
 * picture, an AnimatedSprite2D for several. It uses nearest filtering, and its origin is where the (first)
 * drawing stands: right for y-sorting, and on the pixel grid even for odd sizes.
 */
export const godotScene: AssetWriter = {
  id: "godot-scene",
  title: "Godot scene",
  engine: "godot",
  kinds: ["sprite", "animation"],
  write: (asset, { folder }) => [
    {
      path: `${asset.name}.tscn`,
      role: "godot_scene",
      mediaType: "text/plain; charset=utf-8",
      content: describeScene(asset, folder),
    },
  ],
};

/** CanvasItem.TextureFilter.TEXTURE_FILTER_NEAREST */
const NEAREST = 1;

function describeScene(asset: AssetPackage, folder: string): string {
  const [first, ...others] = asset.frames;
  const still = others.length === 0;
  const node = still
    ? { type: "Sprite2D", property: "texture", resource: "Texture2D", file: sheetPng(asset) }
    : {
        type: "AnimatedSprite2D",
        property: "sprite_frames",
        resource: "SpriteFrames",
        file: spriteFramesFile(asset),
      };
  const animation = asset.tags[0]?.name;
  return `[gd_scene format=3]

[ext_resource type="${node.resource}" path=${godotPath(node.file, folder)} id="drawing"]

[node name=${godotString(asset.name)} type="${node.type}"]
texture_filter = ${NEAREST}
${node.property} = ExtResource("drawing")
${still || animation === undefined ? "" : `animation = &${godotString(animation)}\n${asset.animation ? `autoplay = ${godotString(animation)}\n` : ""}`}centered = false
offset = ${describeOffset(first)}
`;
}

/** Moves the drawing so that its pivot is at the origin of the node. */
function describeOffset(frame: PackageFrame | undefined): string {
  const { x, y } = frame?.pivot ?? { x: 0, y: 0 };
  return `Vector2(${0 - x}, ${0 - y})`;
}
