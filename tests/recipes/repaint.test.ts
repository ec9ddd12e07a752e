import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GenerationPlan } from "../../service/generators/generation-plan.ts";
import type { GeneratorInfo } from "../../service/generators/generator.ts";
import { parseSpriteRequest } from "../../service/kinds/sprite/parse.ts";
import { createImage, type PixelImage } from "../../service/pixel/image.ts";
import { missingColor } from "../../service/recipes/missing-color.ts";
import { planSprite } from "../../service/recipes/sprite.ts";
import { ServiceError } from "../../shared/errors.ts";
import { modelOf } from "./model-of.ts";

type Box = { x: number; y: number; width: number; height: number };
type Size = { width: number; height: number };

/** A picture of a color for each row and column, up to 256 of them in 16x16. */
function picture({ width, height }: Size): PixelImage {
  const image = createImage(width, height);
  for (let p = 0; p < width * height; p++)
    image.data.set([8 * (p % width), 8 * Math.floor(p / width), 40, 255], 4 * p);
  return image;
}

function plain({ width, height }: Size): PixelImage {
  const image = createImage(width, height);
  for (let p = 0; p < width * height; p++)
    image.data.set(p % 2 === 0 ? [200, 30, 30, 255] : [20, 20, 60, 255], 4 * p);
  return image;
}

function white(box: Box, { width, height }: Size): PixelImage {
  const mask = createImage(width, height);
  for (let p = 0; p < width * height; p++) {
    const [x, y] = [p % width, Math.floor(p / width)];
    const inside = x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
    mask.data.set(inside ? [255, 255, 255, 255] : [0, 0, 0, 255], 4 * p);
  }
  return mask;
}

interface Given {
  models?: GeneratorInfo[];
  inputImage?: PixelImage | null;
  maskImage?: PixelImage | null;
}

const MIDDLE: Box = { x: 12, y: 12, width: 8, height: 8 };
const NATIVE: Size = { width: 32, height: 32 };

function plan(fields: Record<string, unknown> = {}, given: Given = {}): GenerationPlan {
  const { inputImage = plain(NATIVE), maskImage = white(MIDDLE, NATIVE), models = [modelOf()] } = given;
  const pictures = {
    ...(inputImage ? { input_image: "QUJD" } : {}),
    ...(maskImage ? { mask_image: "REVG" } : {}),
  };
  const { request, ignored } = parseSpriteRequest({ prompt: "gem", seed: 1, ...pictures, ...fields });
  const decoded = { inputImage, maskImage, palettePicture: null };
  return planSprite(request, { models, decoded, ignored, chooseSeed: () => 7 });
}

function errorsOf(fields: Record<string, unknown>, given: Given = {}): ServiceError["errors"] {
  try {
    plan(fields, given);
  } catch (error) {
    if (error instanceof ServiceError && error.code === "invalid-request") return error.errors;
    throw error;
  }
  throw new Error("Expected a ServiceError but nothing was thrown.");
}

/** Where the window of a picture stands that is marked in a box. */
function windowAt(size: Size, box: Box): [number, number] {
  const { repaint } = plan({}, { inputImage: picture(size), maskImage: white(box, size) }).composition;
  return [repaint!.x, repaint!.y];
}

test("the window stands around the middle of what is marked and never leaves the picture", () => {
  const size = { width: 64, height: 48 };
  expect(windowAt(size, { x: 30, y: 20, width: 4, height: 8 })).toEqual([16, 8]);
  expect(windowAt(size, { x: 0, y: 0, width: 2, height: 2 })).toEqual([0, 0]);
  expect(windowAt(size, { x: 62, y: 46, width: 2, height: 2 })).toEqual([32, 16]);
  expect(windowAt(size, { x: 62, y: 0, width: 2, height: 2 })).toEqual([32, 0]);
  expect(windowAt(size, { x: 20, y: 16, width: 32, height: 32 })).toEqual([20, 16]);
  expect(windowAt(NATIVE, MIDDLE)).toEqual([0, 0]);
});

test("a smaller picture stands in the middle of its window, and nothing around it is drawn", () => {
  const size = { width: 16, height: 9 };
  const made = plan({}, { inputImage: picture(size), maskImage: white({ x: 0, y: 0, ...size }, size) });
  expect(made.composition).toMatchObject({ width: 16, height: 9, repaint: { x: -8, y: -11 } });
  const { mask, width, height } = made.pictures[0]!;
  expect([width, height]).toEqual([32, 32]);
  expect(mask!.reduce((sum, byte) => sum + byte, 0)).toBe(16 * 9);
  expect(mask![11 * 32 + 8]).toBe(1);
  expect(mask![11 * 32 + 7]).toBe(0);
});

const anywhere = fc
  .record({
    width: fc.integer({ min: 8, max: 128 }),
    height: fc.integer({ min: 8, max: 128 }),
    at: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    box: fc.tuple(fc.integer({ min: 1, max: 32 }), fc.integer({ min: 1, max: 32 })),
  })
  .map(({ width, height, at, box }) => {
    const [w, h] = [Math.min(width, box[0]), Math.min(height, box[1])];
    const place = { x: Math.floor(at[0] * (width - w)), y: Math.floor(at[1] * (height - h)) };
    return { size: { width, height }, box: { ...place, width: w, height: h } };
  });

test("in any picture the model is given the marks and the pixels where they stand, and not what is marked", () => {
  fc.assert(
    fc.property(anywhere, ({ size, box }) => {
      const input = picture(size);
      const made = plan({}, { inputImage: input, maskImage: white(box, size) });
      const { known, mask, start, strength, bounds } = made.pictures[0]!;
      const { x, y } = made.composition.repaint!;
      expect(mask!.reduce((sum, byte) => sum + byte, 0)).toBe(box.width * box.height);
      for (let p = 0; p < 32 * 32; p++) {
        const [column, row] = [x + (p % 32), y + Math.floor(p / 32)];
        const inside = column >= 0 && row >= 0 && column < size.width && row < size.height;
        const at = 4 * (row * size.width + column);
        const kept = inside && mask![p] === 0 ? input.data.slice(at, at + 4) : new Uint8Array(4);
        if (!kept.every((byte, i) => known!.data[4 * p + i] === byte)) expect.fail(`pixel ${p}`);
      }
      expect({ start, strength }).toEqual({ start: null, strength: 1 });
      expect(bounds).toEqual({ ...box, x: box.x - x, y: box.y - y });
      expect([made.composition.width, made.composition.height]).toEqual([size.width, size.height]);
    }),
    { numRuns: 60 },
  );
});

test("what lies under the mask does not reach the model unless a strength says so", () => {
  const other = plain(NATIVE);
  other.data.set([200, 30, 30, 255], 4 * (15 * 32 + 15));
  const [one, two] = [plan(), plan({}, { inputImage: other })];
  expect(isDeepStrictEqual(one.pictures, two.pictures)).toBe(true);
  const half = plan({ strength: 0.5 }, { inputImage: other });
  expect(half.pictures[0]).toMatchObject({ strength: 0.5, start: { data: other.data } });
  expect(half.passes.some(({ pass }) => pass === "flatten")).toBe(true);
  expect(plan({ strength: 0.2 }).passes.some(({ pass }) => pass === "flatten")).toBe(false);
});

test("without a mask the strength is what it was, and the resolved request says it either way", () => {
  expect(plan({}, { maskImage: null }).resolved.strength).toBe(0.75);
  expect(plan({}, { maskImage: null }).pictures[0]!.strength).toBe(0.75);
  expect(plan().resolved.strength).toBe(1);
  expect(plan({ strength: 0.75 }).resolved.strength).toBe(0.75);
});

describe("colors", () => {
  const own = ["#c81e1e", "#14143c"];

  test("the marked part has those of the picture, the asset is held to them, and a model is told of them", () => {
    const models = [modelOf({ controls: [...modelOf().controls, "palette"] })];
    const made = plan({}, { models });
    expect(new Set(made.palette?.colors)).toEqual(new Set(own));
    expect(made.passes).toContainEqual(expect.objectContaining({ pass: "snap-palette" }));
    expect(made.passes.some(({ pass }) => pass === "limit-colors")).toBe(false);
    expect(new Set(made.pictures[0]!.palette)).toEqual(new Set(own));
    expect(made.resolved).not.toHaveProperty("input_palette");
  });

  test("a palette, a count of colors or the style's palette say otherwise, for the marked part only", () => {
    const palette = plan({ input_palette: "pico-8" });
    expect(palette.palette).toBeNull();
    expect(palette.passes).toContainEqual(expect.objectContaining({ pass: "snap-palette" }));
    expect(palette.resolved.input_palette).toBe("pico-8");
    const count = plan({ color_count: 5 });
    expect(count.passes).toContainEqual(expect.objectContaining({ pass: "limit-colors", colorCount: 5 }));
    expect(count.palette).toBeNull();
    const style = plan({ prompt_style: "1_bit" });
    expect(style.resolved.input_palette).toBe("1-bit");
  });

  test("a picture of more than 256 colors is none of pixel art: the style's count holds the marked part", () => {
    const inputImage = picture(NATIVE);
    const made = plan({}, { inputImage });
    expect(made.palette).toBeNull();
    expect(made.resolved.color_count).toBe(16);
    expect(made.passes).toContainEqual(expect.objectContaining({ pass: "limit-colors", colorCount: 16 }));
  });

  test("a picture of one color, or of none, has no palette in which anything could be seen", () => {
    const one = createImage(32, 32);
    one.data.set([90, 60, 40, 255], 0);
    for (const inputImage of [one, createImage(32, 32)])
      expect(plan({}, { inputImage })).toMatchObject({ palette: null, resolved: { color_count: 16 } });
  });

  test("a color word that the picture has no color for is said; shades of it count", () => {
    expect(plan({ prompt: "green gem" }).warnings.join()).toContain('none near "green"');
    expect(plan({ prompt: "red gem" }).warnings).toEqual([]);
    expect(plan({ prompt: "green gem", color_count: 8 }).warnings).toEqual([]);
    expect(missingColor("white ghost", ["#000000", "#f0f0f0"])).toBeNull();
    expect(missingColor("white ghost", ["#000000", "#303030"])).toBe("white");
    expect(missingColor("constructor", ["#000000"])).toBeNull();
  });
});

test("nothing but the marked part is worked on: no background goes, no line comes, no exemplar is asked for", () => {
  const made = plan({ prompt_style: "anime", strength: 0.5 });
  const passes = made.passes.map(({ pass }) => pass);
  expect(passes).not.toContain("remove-background");
  expect(passes).not.toContain("outline");
  expect(made.pictures[0]!.exemplars).toBe("off");
  expect(made.ignored).toEqual([]);
});

test("fields that mean the whole picture are ignored with a reason, and refused in strict mode", () => {
  const fields = { outline_color: "#000000", remove_bg: true, exemplars: "cc0", outline: "lineless" };
  const { ignored, resolved } = plan(fields);
  const names = ignored.map(({ name }) => name);
  expect(names.sort()).toEqual(["exemplars", "outline", "outline_color", "remove_bg"]);
  for (const { reason } of ignored) expect(reason).toMatch(/marked part/);
  for (const name of ["outline", "outline_color", "remove_bg"]) expect(resolved).not.toHaveProperty(name);
  expect(resolved.exemplars).toBe("off");
  expect(() => plan({ ...fields, strict: true })).toThrow("remove_bg");
});

test("a tile's edges join where the window shows both; elsewhere that is said if it was asked for", () => {
  expect(plan({ prompt_style: "texture" }).pictures[0]).toMatchObject({
    wrapX: true,
    wrapY: true,
    bounds: null,
  });
  const size = { width: 64, height: 32 };
  const given = { inputImage: picture(size), maskImage: white(MIDDLE, size) };
  const wide = plan({ prompt_style: "texture" }, given);
  expect(wide.pictures[0]).toMatchObject({ kind: "tile", wrapX: false, wrapY: true });
  expect(wide.ignored).toEqual([]);
  expect(plan({ tile_x: true }, given).ignored).toMatchObject([{ name: "tile_x" }]);
});

test("a model that keeps pixels but has no start takes the picture, and says that strength counts for nothing", () => {
  const models = [modelOf({ controls: modelOf().controls.filter((name) => name !== "start") })];
  const made = plan({ strength: 0.5 }, { models });
  expect(made.ignored.map(({ name }) => name)).toEqual(["strength"]);
  expect(made.resolved).toMatchObject({ strength: 1, input_image: "QUJD", mask_image: "REVG" });
  expect(made.pictures[0]!.start).toBeNull();
});

test("a resolved request, planned again, gives the same plan and ignores nothing", () => {
  const fields = fc.record(
    {
      prompt_style: fc.constantFrom("default", "retro", "anime", "texture", "1_bit", "mc_item"),
      num_images: fc.integer({ min: 1, max: 4 }),
      strength: fc.constantFrom(0, 0.3, 1),
      exemplars: fc.constantFrom("auto", "off"),
      input_palette: fc.constantFrom("pico-8", ["#ff0000", "#00ff00"]),
      color_count: fc.integer({ min: 2, max: 64 }),
      remove_bg: fc.boolean(),
      outline_color: fc.constant("#a1b2c3"),
      tile_x: fc.boolean(),
      upscale_output_factor: fc.constantFrom(1, 2),
      seed: fc.nat(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fields, fc.boolean(), (raw, isPhoto) => {
      const given = { inputImage: isPhoto ? picture(NATIVE) : plain(NATIVE) };
      const first = plan(raw, given);
      const again = plan(first.resolved, given);
      expect(again.ignored).toEqual([]);
      expect(again.resolved).toEqual(first.resolved);
      expect(again.passes).toEqual(first.passes);
      expect(isDeepStrictEqual({ ...again, ignored: first.ignored }, first)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test("several images differ in their seed only", () => {
  const { pictures } = plan({ num_images: 3, seed: 5 });
  expect(pictures.map(({ seed }) => seed)).toEqual([5, 6, 7]);
  expect({ ...pictures[2], seed: 0 }).toEqual({ ...pictures[0], seed: 0 });
});

describe("errors name the field, what it got and what it takes", () => {
  const small = { width: 4, height: 32 };
  const wide = { width: 64, height: 64 };
  const cases: [string, Record<string, unknown>, Given, Partial<ServiceError["errors"][0]>][] = [
    ["no input_image", {}, { inputImage: null }, { field: "mask_image", expected: "input_image beside it" }],
    [
      "another size",
      {},
      { maskImage: white(MIDDLE, wide) },
      { field: "mask_image", got: "one of 64x64", expected: "32x32, the size of input_image" },
    ],
    [
      "nothing marked",
      {},
      { maskImage: white({ x: 0, y: 0, width: 0, height: 0 }, NATIVE) },
      { field: "mask_image", got: "one without a white pixel" },
    ],
    [
      "a box that is too wide",
      {},
      { inputImage: plain(wide), maskImage: white({ x: 1, y: 1, width: 33, height: 4 }, wide) },
      { field: "mask_image", got: "one of 33x4" },
    ],
    [
      "a model that keeps nothing",
      {},
      { models: [modelOf({ controls: ["prompt"] })] },
      { field: "mask_image", got: "one for model embedded-v1" },
    ],
    ["a sheet", { prompt_style: "item_sheet" }, {}, { field: "prompt_style", got: "item_sheet" }],
    ["a turnaround", { prompt_style: "character_turnaround" }, {}, { field: "prompt_style" }],
    ["another width", { width: 64 }, {}, { field: "width", got: "64" }],
    ["another height", { width: 32, height: 16 }, {}, { field: "height", got: "16" }],
    [
      "a picture below 8 pixels",
      {},
      { inputImage: plain(small), maskImage: white(MIDDLE, small) },
      { field: "input_image", got: "one of 4x32" },
    ],
  ];
  test.each(cases)("%s", (_what, fields, given, error) => {
    expect(errorsOf(fields, given)).toMatchObject([error]);
  });
});
