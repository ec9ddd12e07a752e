import { expect, test } from "vitest";
import { planEdit } from "../../service/edit/plan.ts";
import type { InputPicture } from "../../service/kinds/pixelate/plan.ts";
import type { EditTool } from "../../shared/edit-tools.ts";
import { EDIT_TOOLS } from "../../shared/edit-tools.ts";
import { parseEditRequest } from "../../shared/parse-edit.ts";
import { draw, GOBLIN } from "../pixel/ascii-image.ts";

const goblin = draw(GOBLIN);
const still: InputPicture = { frames: [goblin], durationsMs: null, loop: 0 };
const walk: InputPicture = { frames: [goblin, goblin], durationsMs: [100, 30], loop: 2 };

function plan(tool: EditTool, fields: Record<string, unknown>, input = still) {
  const { request } = parseEditRequest(tool, { input_image: "AAAA", ...fields });
  return planEdit(request, { input, palettePicture: null, animated: EDIT_TOOLS[tool].animated });
}

test.each([
  [0, 0],
  [5, 50],
  [10, 100],
  [11, 11],
  [60, 60],
])("a dither strength of %d is %d percent: the scale to 10, and the older one to 100", (given, percent) => {
  const fields = { dither_mode: "bayer_4x4", dither_strength: given };
  expect(plan("color_reducer", fields).work.task).toMatchObject({
    passes: [{ pass: "limit-colors", colorCount: 16, dither: "bayer_4x4", ditherStrength: percent }],
  });
});

test("tools that take animations keep all frames, how long they are shown and how often", () => {
  const { work, animation, warnings } = plan("color_reducer", {}, walk);
  expect(work.frames).toHaveLength(2);
  expect(animation).toEqual({ durationsMs: [100, 30], loop: 2 });
  expect(work.mostPixelColors).toBe(256);
  expect(warnings).toEqual([]);
});

test("other tools take the first frame and say so", () => {
  const { work, animation, warnings } = plan("rotate", {}, walk);
  expect(work.frames).toEqual([goblin]);
  expect(animation).toBeNull();
  expect(warnings).toEqual(["rotate takes still pictures: only the first of 2 frames was used."]);
});

test("seam tiling needs an axis and is measured along it", () => {
  expect(plan("seam_tiling", { tile_x: true }).work).toMatchObject({
    task: { task: "repair-seam", tileX: true, tileY: false, seamWidth: 3 },
    measure: { tileX: true, tileY: false },
  });
  expect(() => plan("seam_tiling", {})).toThrow(/tile_x or tile_y to be true/);
});

test("a downscale to more than the picture has is refused by its field", () => {
  expect(() => plan("k_centroid_downscale", { width: 12, height: 13 })).toThrow(
    "Invalid height: got 13, expected at most 12, the height of the picture.",
  );
});
