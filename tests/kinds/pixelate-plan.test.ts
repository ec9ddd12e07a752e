import { describe, expect, test } from "vitest";
import { parsePixelateRequest } from "../../service/kinds/pixelate/parse.ts";
import { type InputPicture, planPixelate } from "../../service/kinds/pixelate/plan.ts";
import { cutSheet } from "../../service/pixel/cut-sheet.ts";
import { draw, GOBLIN, paint, rowsOf } from "../pixel/ascii-image.ts";

const goblin = draw(GOBLIN);
const still: InputPicture = { frames: [goblin], durationsMs: null, loop: 0 };
const walk: InputPicture = { frames: [goblin, goblin], durationsMs: [100, 33], loop: 0 };

function plan(fields: Record<string, unknown>, input = still, palettePicture = null) {
  const { request, ignored } = parsePixelateRequest({ input_image: "AAAA", ...fields });
  return planPixelate(request, { input, palettePicture, ignored });
}

function refusal(fields: Record<string, unknown>, input = still) {
  try {
    plan(fields, input);
  } catch (error) {
    return error as { code: string; errors: { field: string; got: string; expected: string }[] };
  }
  throw new Error("It was planned.");
}

test("a picture alone is left to the pass: grid, size and colors are found", () => {
  const { work, palette, resolved, animation, cells } = plan({});
  expect(work.task).toMatchObject({ task: "pixelate", pixelSize: null, width: null, colorCount: null });
  expect(work).toMatchObject({ enlarge: 1, mostPixelColors: null });
  expect({ palette, animation, cells }).toEqual({
    palette: null,
    animation: null,
    cells: { columns: null, rows: null },
  });
  expect(resolved).toMatchObject({ pixel_size: "auto", color_count: "auto", cleanup: [], remove_bg: false });
});

test("the resolved request, read again, gives the same plan", () => {
  const first = plan({
    frame_width: 4,
    frame_height: 6,
    input_palette: "pico-8",
    color_count: 9,
    cleanup: ["orphans"],
  });
  const again = plan(first.resolved);
  expect(again).toEqual(first);
  expect(first.resolved).toMatchObject({ columns: 3, rows: 2, input_palette: "pico-8" });
});

describe("a sprite sheet", () => {
  const sheet = draw(["rrggbb", "rrggbb", "kkwwyy", "kkwwyy"]);
  const input = { ...still, frames: [sheet] };

  test.each([
    { columns: 3, rows: 2 },
    { frame_width: 2, frame_height: 2 },
    { columns: 3, frame_height: 2 },
    { columns: 3, frame_width: 2, rows: 2 },
  ])("is cut into its cells in reading order: $columns $rows $frame_width $frame_height", (fields) => {
    const { cells } = plan(fields, input);
    expect(cells).toEqual({ columns: 3, rows: 2 });
    const cut = cutSheet(sheet, 3, 2);
    expect(cut.map((frame) => rowsOf(frame)[0])).toEqual(["rr", "gg", "bb", "kk", "ww", "yy"]);
  });

  test.each([
    [{ columns: 4 }, "columns", "a number that divides 6"],
    [{ frame_height: 3 }, "frame_height", "a number that divides 4"],
    [{ columns: 2, frame_width: 2 }, "columns", "3, or no frame_width"],
  ])("%j is refused", (fields, field, expected) => {
    expect(refusal(fields, input)).toMatchObject({ code: "invalid-request", errors: [{ field, expected }] });
  });

  test("of more than 256 cells is refused", () => {
    const large = { ...still, frames: [paint(32, 32, () => 0)] };
    expect(refusal({ frame_width: 1, frame_height: 1 }, large).errors[0]).toMatchObject({
      field: "frame_width",
      got: "32x32 cells",
    });
  });
});

describe("an animation", () => {
  test("keeps its durations and is held to what a GIF can show", () => {
    const { work, animation } = plan({}, walk);
    expect(animation).toEqual({ durationsMs: [100, 33], loop: true });
    expect(work.mostPixelColors).toBe(256);
  });

  test("is not cut into cells, and says so", () => {
    const { cells, ignored } = plan({ columns: 2, rows: 2 }, walk);
    expect(cells).toEqual({ columns: null, rows: null });
    expect(ignored.map(({ name }) => name)).toEqual(["columns", "rows"]);
    expect(refusal({ columns: 2, strict: true }, walk).code).toBe("ignored-parameter");
  });
});

test("a size beyond the picture is refused, with its limit", () => {
  expect(refusal({ width: 13 }).errors).toEqual([
    { field: "width", got: "13", expected: "at most 12, the width of the picture" },
  ]);
  expect(refusal({ pixel_size: 40 }).errors[0]).toMatchObject({
    field: "pixel_size",
    expected: "at most 12",
  });
});

test("what has no effect is said, not dropped", () => {
  const { ignored, work } = plan({
    pixel_size: 3,
    width: 6,
    dither_mode: "bayer_4x4",
    prompt: "a goblin",
    return_spritesheet: true,
    wings: true,
  });
  expect(Object.fromEntries(ignored.map(({ name, reason }) => [name, reason]))).toEqual({
    prompt: "pixelate works on a picture and draws nothing from a prompt",
    wings: "there is no such field",
    pixel_size: "width and height set the size of the result",
    dither_mode: "without color_count or input_palette, no color is removed",
    return_spritesheet: "the picture is not an animation",
  });
  expect(work.task).toMatchObject({ pixelSize: null, width: 6, height: null });
});

test("a palette is taken by name, by value or from a picture, and nothing else", () => {
  expect(plan({ input_palette: "Sweetie 16" }).palette).toMatchObject({ name: "sweetie-16" });
  const { palette, work } = plan({ input_palette: ["#FF0000", "#ff0000", "#00ff00"] });
  expect(palette).toEqual({ name: null, colors: ["#ff0000", "#00ff00"] });
  expect(work.measure.palette).toEqual(["#ff0000", "#00ff00"]);
  expect(refusal({ input_palette: "nope" }).errors[0]?.field).toBe("input_palette");
});
