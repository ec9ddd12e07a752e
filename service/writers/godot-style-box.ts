import { frameRect } from "../asset/asset-package.ts";
import { drawnBounds } from "../pixel/image.ts";
import { godotFloat, godotPath } from "./godot-text.ts";
import { sheetPng } from "./picture-files.ts";
import type { AssetWriter } from "./writer.ts";

/** Writes a StyleBoxTexture for each picture that stretches: what a Button or a Panel takes as its theme's style. */
export const godotStyleBox: AssetWriter = {
  id: "godot-style-box",
  title: "Godot StyleBoxTexture",
  engine: "godot",
  kinds: ["sprite"],
  write: (asset, { folder }) =>
    asset.frames.flatMap(({ name, image, nineSlice }, index) => {
      const bounds = drawnBounds(image);
      if (!nineSlice || !bounds) return [];
      const { x, y } = frameRect(asset, index);
      const { left, top, right, bottom } = nineSlice;
      const margins = {
        left: left - bounds.x,
        top: top - bounds.y,
        right: right - (image.width - bounds.x - bounds.width),
        bottom: bottom - (image.height - bounds.y - bounds.height),
      };
      const lines = Object.entries(margins).map(
        ([side, pixels]) => `texture_margin_${side} = ${godotFloat(pixels)}`,
      );
      return [
        {
          path: `${name}.stylebox.tres`,
          role: "godot_style_box",
          mediaType: "text/plain; charset=utf-8",
          content: `[gd_resource type="StyleBoxTexture" format=3]

[ext_resource type="Texture2D" path=${godotPath(sheetPng(asset), folder)} id="sheet"]

[resource]
texture = ExtResource("sheet")
${lines.join("\n")}
region_rect = Rect2(${x + bounds.x}, ${y + bounds.y}, ${bounds.width}, ${bounds.height})
`,
        },
      ];
    }),
};
