import { sheetPng } from "./picture-files.ts";
import type { AssetWriter } from "./writer.ts";

/** Writes all frames as one PNG grid. A single frame needs no sheet: its picture serves as one. */
export const pngSheet: AssetWriter = {
  id: "png-sheet",
  title: "PNG sprite sheet",
  engine: "always",
  kinds: ["sprite", "tile", "tileset", "animation"],
  write: (asset) =>
    asset.frames.length === 1
      ? []
      : [
          {
            path: sheetPng(asset),
            role: "sheet",
            mediaType: "image/png",
            content: { image: asset.sheet.image, text: asset.text },
          },
        ],
};
