import type { AssetPackage, PackageTag } from "../asset/asset-package.ts";
import { frameRect } from "../asset/asset-package.ts";
import { godotFloat, godotPath, godotString } from "./godot-text.ts";
import { sheetPng } from "./picture-files.ts";
import type { AssetWriter } from "./writer.ts";

interface TimedFrame {
  /** Index of the frame in the package. */
  index: number;
  durationMs: number;
}

/** A named list of frames, in playing order: Godot has no reverse and no ping-pong. */
interface GodotAnimation {
  name: string;
  frames: TimedFrame[];
  loop: boolean;
  /** Exact, where it is known; else the durations say it. */
  fps?: number | undefined;
}

/**
 * Writes a SpriteFrames resource whose textures are regions of the sheet. A tag becomes an animation of the
 * same name. Without tags the frames are variations: each is an animation of one frame under its
 * own name (`play("dragon-2")`), and "default", which an AnimatedSprite2D shows initially, is the
 * first of them.
 */
export const godotSpriteFrames: AssetWriter = {
  id: "godot-sprite-frames",
  title: "Godot SpriteFrames",
  engine: "godot",
  kinds: ["sprite", "tile", "animation"],
  write: (asset, { folder }) => [
    {
      path: spriteFramesFile(asset),
      role: "godot_sprite_frames",
      mediaType: "text/plain; charset=utf-8",
      content: describeSpriteFrames(asset, folder),
    },
  ],
};

/** Returns the file name of an asset's SpriteFrames. */
export function spriteFramesFile(asset: AssetPackage): string {
  return `${asset.name}.tres`;
}

function describeSpriteFrames(asset: AssetPackage, folder: string): string {
  const textures = asset.frames.map((_frame, index) => {
    const { x, y, width, height } = frameRect(asset, index);
    return `[sub_resource type="AtlasTexture" id="frame_${index}"]
atlas = ExtResource("sheet")
region = Rect2(${x}, ${y}, ${width}, ${height})
`;
  });
  const animations = listAnimations(asset).map(describeAnimation);
  return `[gd_resource type="SpriteFrames" format=3]

[ext_resource type="Texture2D" path=${godotPath(sheetPng(asset), folder)} id="sheet"]

${textures.join("\n")}
[resource]
animations = [${animations.join(", ")}]
`;
}

function listAnimations({ frames, tags }: AssetPackage): GodotAnimation[] {
  const timed = frames.map(({ durationMs }, index): TimedFrame => ({ index, durationMs }));
  if (tags.length > 0) {
    return tags.map((tag) => ({
      name: tag.name,
      frames: playingOrder(timed, tag),
      loop: tag.loop,
      fps: tag.fps,
    }));
  }
  const stills = frames.map(({ name }, index) => ({
    name,
    frames: timed.slice(index, index + 1),
    loop: false,
  }));
  return [{ name: "default", frames: timed.slice(0, 1), loop: false }, ...stills];
}

/** The ends of a ping-pong are not repeated, as in Aseprite: 0 1 2 1, and again. */
function playingOrder(frames: TimedFrame[], { from, to, direction }: PackageTag): TimedFrame[] {
  const forward = frames.slice(from, to + 1);
  const isBackward = direction === "reverse" || direction === "pingpong_reverse";
  const first = isBackward ? forward.toReversed() : forward;
  const isPingPong = direction === "pingpong" || direction === "pingpong_reverse";
  return isPingPong ? [...first, ...first.slice(1, -1).reverse()] : first;
}

/**
 * Seconds of a frame = duration / speed, so the shortest frame has duration 1.0. With an exact rate all have: whole ms
 * would make 12.048 of 12 frames a second.
 */
function describeAnimation({ name, frames, loop, fps }: GodotAnimation): string {
  const shortest = Math.min(...frames.map(({ durationMs }) => durationMs));
  const entries = frames.map(
    ({ index, durationMs }) => `{
"duration": ${godotFloat(fps === undefined ? durationMs / shortest : 1)},
"texture": SubResource("frame_${index}")
}`,
  );
  return `{
"frames": [${entries.join(", ")}],
"loop": ${loop},
"name": &${godotString(name)},
"speed": ${godotFloat(fps ?? 1000 / shortest)}
}`;
}
