import { expect, test } from "vitest";
import { findStyle, STYLES, styleInfos } from "../../service/recipes/styles.ts";
import { StyleInfo } from "../../shared/answers.ts";
import { findPalette } from "../../shared/palettes.ts";
import { LIMITS } from "../../shared/requests.ts";

test("all styles that the service promises are there, the default first", () => {
  expect(STYLES.map(({ id }) => id)).toEqual([
    "default",
    "retro",
    "simple",
    "detailed",
    "anime",
    "game_asset",
    "portrait",
    "texture",
    "ui",
    "vfx",
    "item_sheet",
    "character_turnaround",
    "1_bit",
    "mc_texture",
    "mc_item",
  ]);
});

test("each style's limits, defaults and palette hold together", () => {
  for (const style of STYLES) {
    expect(style.promptTemplate).toContain("{prompt}");
    expect(style.minSize).toBeGreaterThanOrEqual(LIMITS.minSize);
    expect(style.maxSize).toBeLessThanOrEqual(LIMITS.maxSize);
    for (const edge of [style.width, style.height]) {
      expect(edge).toBeGreaterThanOrEqual(style.minSize);
      expect(edge).toBeLessThanOrEqual(style.maxSize);
    }
    if (style.palette)
      expect(findPalette(style.palette)?.colors.length).toBeGreaterThanOrEqual(style.colorCount);
  }
});

test("no two styles answer to one name", () => {
  const names = STYLES.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])]);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(findStyle(name)).not.toBeNull();
  expect(findStyle("__proto__")).toBeNull();
});

test("the selector's answer is valid", () => {
  for (const info of styleInfos()) expect(StyleInfo.parse(info)).toEqual(info);
});
