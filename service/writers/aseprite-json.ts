import type { AssetPackage, PackageTag } from "../asset/asset-package.ts";
import { frameRect } from "../asset/asset-package.ts";
import { sheetPng } from "./picture-files.ts";
import type { AssetWriter } from "./writer.ts";

/**
 * Writes the positions of the frames as the JSON that Aseprite exports, in array form. Phaser looks frames
 * up by "0", "1", ... (its `load.aseprite` silently creates empty animations for other names), and
 * array form is the one that Phaser, Pixi, KAPLAY and Excalibur all read. Frames are neither trimmed nor
 * rotated: Phaser mirrors rotated ones. The slice "pivot" holds the pivot of each frame.
 * `animations` lists the frames of each tag for Pixi; others pass over it. A single still is an atlas of one frame. Every asset has this file, since no single engine owns it.
 */
export const asepriteJson: AssetWriter = {
  id: "aseprite-json",
  title: "Aseprite JSON (Phaser, Pixi)",
  engine: "always",
  kinds: ["sprite", "tile", "animation"],
  write: (asset) => [
    {
      path: `${asset.name}.json`,
      role: "aseprite_json",
      mediaType: "application/json",
      content: `${JSON.stringify(describeSheet(asset), null, 2)}\n`,
    },
  ],
};

function describeSheet(asset: AssetPackage) {
  return {
    frames: asset.frames.map((frame, index) => {
      const { x, y, width: w, height: h } = frameRect(asset, index);
      return {
        filename: String(index),
        frame: { x, y, w, h },
        rotated: false,
        trimmed: false,
        spriteSourceSize: { x: 0, y: 0, w, h },
        sourceSize: { w, h },
        duration: frame.durationMs,
      };
    }),
    ...(asset.tags.length > 0 ? { animations: Object.fromEntries(asset.tags.map(namesOfTag)) } : {}),
    meta: {
      app: "Pixelkiln",
      version: "1.3",
      image: sheetPng(asset),
      format: "RGBA8888",
      size: { w: asset.sheet.image.width, h: asset.sheet.image.height },
      scale: "1",
      frameTags: asset.tags.map(describeTag),
      slices: [{ name: "pivot", color: "#0000ffff", keys: describePivots(asset) }],
    },
  };
}

/** Frames of a tag in playing order, as `sheet.animations` of Pixi has them: it cannot play backward. */
function namesOfTag({ name, from, to, direction }: PackageTag): [string, string[]] {
  const forward = Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
  return [name, direction === "pingpong" ? [...forward, ...forward.slice(1, -1).reverse()] : forward];
}

function describeTag({ name, from, to, direction, loop }: PackageTag) {
  // Aseprite writes `repeat` as text and omits it for a tag that loops forever.
  return { name, from, to, direction, color: "#000000ff", ...(loop ? {} : { repeat: "1" }) };
}

function describePivots(asset: AssetPackage) {
  return asset.frames.map(({ image, pivot }, frame) => ({
    frame,
    bounds: { x: 0, y: 0, w: image.width, h: image.height },
    pivot: { x: pivot.x, y: pivot.y },
  }));
}
