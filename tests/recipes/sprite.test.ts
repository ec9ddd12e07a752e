import fc from "fast-check";
import { expect, test } from "vitest";
import type { GenerationPlan } from "../../service/generators/generation-plan.ts";
import type { GeneratorInfo } from "../../service/generators/generator.ts";
import { parseSpriteRequest } from "../../service/kinds/sprite/parse.ts";
import { createImage, type PixelImage } from "../../service/pixel/image.ts";
import { planSprite } from "../../service/recipes/sprite.ts";
import { STYLES } from "../../service/recipes/styles.ts";
import { ServiceError } from "../../shared/errors.ts";
import { DITHER_MODES, OUTLINES, VIEWS } from "../../shared/requests.ts";
import { modelOf } from "./model-of.ts";

interface Given {
  models?: GeneratorInfo[];
  inputImage?: PixelImage;
  palettePicture?: PixelImage;
  styleReference?: PixelImage;
  chooseSeed?: () => number;
}

function plan(raw: Record<string, unknown>, given: Given = {}): GenerationPlan {
  const { request, ignored } = parseSpriteRequest(raw);
  return planSprite(request, {
    models: given.models ?? [modelOf()],
    decoded: {
      inputImage: given.inputImage ?? null,
      palettePicture: given.palettePicture ?? null,
      styleReference: given.styleReference ?? null,
    },
    ignored,
    chooseSeed: given.chooseSeed ?? (() => 7),
  });
}

function errorOf(raw: Record<string, unknown>, given: Given = {}): ServiceError {
  try {
    plan(raw, given);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error("Expected a ServiceError but nothing was thrown.");
}

/** A plan without what a resolved request no longer holds: what was ignored, and the notes on it. */
function drawn({ ignored: _ignored, warnings: _warnings, ...rest }: GenerationPlan) {
  return rest;
}

const validRequest = fc
  .record(
    {
      prompt: fc.constantFrom("red dragon", "portrait of a king", "stone floor", "🗡 sword $& {prompt}"),
      prompt_style: fc.constantFrom(...STYLES.map((style) => style.id)),
      width: fc.integer({ min: 8, max: 128 }),
      height: fc.integer({ min: 8, max: 128 }),
      num_images: fc.integer({ min: 1, max: 16 }),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
      steps: fc.integer({ min: 1, max: 100 }),
      guidance_scale: fc.integer({ min: 0, max: 20 }),
      exemplars: fc.constantFrom("auto", "off"),
      input_palette: fc.constantFrom("pico-8", "game-boy", ["#FF0000", "#00ff00"], ["#000000"]),
      color_count: fc.integer({ min: 2, max: 64 }),
      dither_mode: fc.constantFrom(...DITHER_MODES),
      remove_bg: fc.boolean(),
      outline_color: fc.constantFrom("#000000", "#A1B2C3"),
      outline: fc.constantFrom(...OUTLINES),
      view: fc.constantFrom(...VIEWS),
      despeckle: fc.boolean(),
      tile_x: fc.boolean(),
      tile_y: fc.boolean(),
      upscale_output_factor: fc.constantFrom(null, 1, 2, 8),
    },
    { requiredKeys: ["prompt"] },
  )
  .filter((raw) => {
    const style = STYLES.find((one) => one.id === (raw.prompt_style ?? "default"));
    const edges = [raw.width, raw.height].filter((edge) => edge !== undefined);
    return edges.every((edge) => edge >= style!.minSize && edge <= style!.maxSize);
  });

test("a resolved request, planned again, gives the same pictures, passes and resolved request", () => {
  fc.assert(
    fc.property(validRequest, (raw) => {
      const first = plan(raw);
      const again = plan(first.resolved, { chooseSeed: () => 99 });
      expect(drawn(again)).toEqual(drawn(first));
    }),
    { numRuns: 400 },
  );
});

test("a plan without pictures is plain JSON, and its sizes and seeds are in range", () => {
  fc.assert(
    fc.property(validRequest, (raw) => {
      const made = plan(raw);
      expect(JSON.parse(JSON.stringify(made))).toEqual(made);
      const { composition, pictures } = made;
      expect(composition.width % composition.columns).toBe(0);
      expect(composition.height % composition.rows).toBe(0);
      expect(pictures).toHaveLength((raw.num_images ?? 1) * composition.columns * composition.rows);
      for (const { bounds, seed, width, height } of pictures) {
        expect(seed).toBe(seed >>> 0);
        expect([width, height]).toEqual([32, 32]);
        if (!bounds) continue;
        expect(Math.min(bounds.x, bounds.y, bounds.width - 1, bounds.height - 1)).toBeGreaterThanOrEqual(0);
        expect(bounds.x + bounds.width).toBeLessThanOrEqual(width);
        expect(bounds.y + bounds.height).toBeLessThanOrEqual(height);
      }
    }),
    { numRuns: 400 },
  );
});

test("the drawing with its enlargement never exceeds the asked cell", () => {
  fc.assert(
    fc.property(validRequest, (raw) => {
      const { composition, pictures } = plan(raw);
      const bounds = pictures[0]?.bounds;
      if (!bounds) return;
      expect(bounds.width * composition.enlarge).toBeLessThanOrEqual(composition.width / composition.columns);
      expect(bounds.height * composition.enlarge).toBeLessThanOrEqual(composition.height / composition.rows);
    }),
  );
});

test("every style plans its own example at its default, smallest and largest size", () => {
  for (const style of STYLES) {
    for (const edge of [undefined, style.minSize, style.maxSize]) {
      const size = edge === undefined ? {} : { width: edge, height: edge };
      const made = plan({ prompt: style.example, prompt_style: style.id, ...size });
      expect(made.style).toBe(style.id);
      expect(made.composition.width).toBe(edge ?? style.width);
      expect(made.pictures[0]!.prompt).toContain(style.example.split(" ").at(-1)!);
    }
  }
});

test("image i uses seed + i and wraps around at 2^32", () => {
  const seeds = plan({ prompt: "x", seed: 0xffff_fffe, num_images: 4 }).pictures.map(
    (picture) => picture.seed,
  );
  expect(seeds).toEqual([0xffff_fffe, 0xffff_ffff, 0, 1]);
});

test("a seed is chosen once when none is given, and returned", () => {
  let calls = 0;
  const made = plan({ prompt: "x", num_images: 2 }, { chooseSeed: () => 1000 + calls++ });
  expect(calls).toBe(1);
  expect(made.resolved.seed).toBe(1000);
});

test("style ids of Retro Diffusion are understood with and without their prefix", () => {
  expect(plan({ prompt: "x", prompt_style: "rd_fast__game_asset" }).style).toBe("game_asset");
  expect(plan({ prompt: "x", prompt_style: "rd_plus__ui_element" }).style).toBe("ui");
  expect(plan({ prompt: "x", prompt_style: "rd_fast__no_style" }).style).toBe("default");
});

test("unknown styles, models and palettes name the field and the valid names", () => {
  const style = errorOf({ prompt: "x", prompt_style: "watercolour" });
  expect(style.code).toBe("invalid-request");
  expect(style.errors).toEqual([
    { field: "prompt_style", got: '"watercolour"', expected: expect.stringContaining("1_bit") },
  ]);
  expect(errorOf({ prompt: "x", model: "sdxl" }).errors[0]).toMatchObject({
    field: "model",
    expected: "one of embedded-v1",
  });
  const palette = errorOf({ prompt: "x", input_palette: "pico9" });
  expect(palette.errors[0]).toMatchObject({ field: "input_palette", got: '"pico9"' });
  expect(palette.errors[0]!.expected).toContain("pico-8");
});

test("a size outside the style's range names the field and the range", () => {
  expect(errorOf({ prompt: "x", prompt_style: "mc_item", height: 128 }).errors).toEqual([
    { field: "height", got: "128", expected: "8 to 64 for style mc_item" },
  ]);
});

test("without a model the request fails as model-unavailable", () => {
  expect(errorOf({ prompt: "x" }, { models: [] }).code).toBe("model-unavailable");
});

test("fields the model has no control for are ignored with a reason, and refused in strict mode", () => {
  const raw = { prompt: "x", view: "side", shading: "flat shading", reference_images: ["QQ=="] };
  const { ignored } = plan(raw);
  expect(ignored.map(({ name }) => name)).toEqual(["view", "shading", "reference_images"]);
  expect(ignored[0]!.reason).toContain("embedded-v1");
  const strict = errorOf({ ...raw, strict: true });
  expect(strict.code).toBe("ignored-parameter");
  expect(strict.errors.map(({ field }) => field)).toEqual(["view", "shading", "reference_images"]);
});

test("a model with a view control is given the view, and nothing is ignored", () => {
  const models = [modelOf({ controls: [...modelOf().controls, "view"] })];
  const made = plan({ prompt: "x", view: "side" }, { models });
  expect(made.pictures[0]!.view).toBe("side");
  expect(made.ignored).toEqual([]);
});

test("a palette of the request counts alone; beside color_count colors are limited first", () => {
  const alone = plan({ prompt: "x", input_palette: "pico-8" }).passes.map(({ pass }) => pass);
  expect(alone).toEqual(["binarize-alpha", "remove-islands", "flatten", "snap-palette", "despeckle"]);
  const both = plan({ prompt: "x", input_palette: "pico-8", color_count: 4 }).passes;
  expect(both.slice(3, 5)).toMatchObject([{ pass: "limit-colors", colorCount: 4 }, { pass: "snap-palette" }]);
});

test("a picture that is to be kept is not redrawn in flat areas; a style that keeps every pixel never is", () => {
  const inputImage = createImage(32, 32);
  const has = (fields: Record<string, unknown>) =>
    plan({ prompt: "x", ...fields }, { inputImage }).passes.some(({ pass }) => pass === "flatten");
  expect(has({ input_image: "QUJD", strength: 0.8 })).toBe(true);
  expect(has({ input_image: "QUJD", strength: 0.2 })).toBe(false);
  expect(has({ prompt_style: "detailed" })).toBe(false);
});

test("dithered colors are not despeckled: what dithering scatters is meant", () => {
  const { passes } = plan({ prompt: "x", input_palette: "1-bit", dither_mode: "bayer_4x4" });
  expect(passes.map(({ pass }) => pass)).toEqual([
    "binarize-alpha",
    "remove-islands",
    "flatten",
    "snap-palette",
  ]);
});

test("an output larger than one answer may be names the factor", () => {
  const large = { prompt: "x", width: 128, height: 128, num_images: 16 };
  expect(plan({ ...large, upscale_output_factor: 8 }).passes).toContainEqual({
    pass: "upscale-nearest",
    factor: 8,
  });
  const error = errorOf({ ...large, upscale_output_factor: 9 });
  expect(error.errors).toMatchObject([{ field: "upscale_output_factor", got: "9" }]);
});

test("an outline takes one of the asked colors and stands on the palette", () => {
  const free = plan({ prompt: "x", color_count: 8, outline: "single color black outline" });
  expect(free.passes).toContainEqual({ pass: "outline", color: "#000000" });
  expect(free.passes).toContainEqual(expect.objectContaining({ pass: "limit-colors", colorCount: 7 }));
  const held = plan({ prompt: "x", input_palette: ["#101010", "#ffffff"], outline_color: "#000000" });
  expect(held.passes.at(-1)).toEqual({ pass: "outline", color: "#101010" });
  expect(held.warnings.join()).toContain("#101010");
});

test("the colors of a palette picture become the palette", () => {
  const palettePicture = createImage(2, 1);
  palettePicture.data.set([255, 0, 0, 255, 0, 0, 255, 255]);
  const made = plan({ prompt: "x", input_palette: "A".repeat(100) }, { palettePicture });
  expect(new Set(made.palette!.colors)).toEqual(new Set(["#ff0000", "#0000ff"]));
  expect(made.resolved.input_palette).toEqual(made.palette!.colors);
});

test("a texture is a tile that wraps on both axes unless the request says otherwise", () => {
  const both = plan({ prompt: "grass", prompt_style: "texture" });
  expect(both.pictures[0]).toMatchObject({ kind: "tile", wrapX: true, wrapY: true, bounds: null });
  expect(both.composition.fit).toBe("exact");
  const one = plan({ prompt: "grass", prompt_style: "texture", tile_x: false });
  expect(one.pictures[0]).toMatchObject({ kind: "tile", wrapX: false, wrapY: true });
});

test("edges that the model cannot join are repaired, one by one, and nothing is ignored", () => {
  const controls = modelOf().controls.filter((control) => control !== "wrapX");
  const models = [modelOf({ controls })];
  const made = plan({ prompt: "grass", prompt_style: "texture", strict: true }, { models });
  expect(made.pictures[0]).toMatchObject({ wrapX: false, wrapY: true });
  expect(made.passes).toContainEqual({ pass: "repair-seam", tileX: true, tileY: false, seamWidth: 8 });
  expect(made.resolved).toMatchObject({ tile_x: true, tile_y: true });
  expect(plan({ prompt: "grass", prompt_style: "texture" }).passes.map(({ pass }) => pass)).not.toContain(
    "repair-seam",
  );
});

test("a tile of another size is sampled from its torus and says so", () => {
  const small = plan({ prompt: "stone", prompt_style: "mc_texture" });
  expect(small.composition).toMatchObject({ width: 16, height: 16, fit: "sample", enlarge: 1, wrapX: true });
  expect(small.warnings.join()).toContain("sampled");
  const large = plan({ prompt: "stone", prompt_style: "texture", width: 64, height: 64 });
  expect(large.composition).toMatchObject({ fit: "exact", enlarge: 2 });
  const uneven = plan({ prompt: "stone", prompt_style: "texture", width: 37, height: 37 });
  expect(uneven.warnings.join()).toContain("uneven");
});

test("small sprites are asked for in a box, large ones are enlarged, both with a warning where pixels change", () => {
  const small = plan({ prompt: "x", width: 16, height: 24 });
  expect(small.composition).toMatchObject({ fit: "crop", enlarge: 1 });
  expect(small.pictures[0]!.bounds).toEqual({ x: 9, y: 5, width: 14, height: 22 });
  const large = plan({ prompt: "x", width: 96, height: 96 });
  expect(large.composition).toMatchObject({ fit: "exact", enlarge: 3 });
  expect(large.warnings.join()).toContain("3 times");
  const padded = plan({ prompt: "x", width: 48, height: 48 });
  expect(padded.composition).toMatchObject({ fit: "pad", enlarge: 1 });
  expect(padded.warnings).toHaveLength(1);
});

test("an item sheet draws several items with seeds of their own", () => {
  const made = plan({ prompt: "potion", prompt_style: "item_sheet", seed: 5, num_images: 2 });
  expect(made.composition).toMatchObject({ width: 64, height: 64, columns: 2, rows: 2, fit: "exact" });
  const seeds = made.pictures.map(({ seed }) => seed);
  expect(seeds[0]).toBe(5);
  expect(seeds[4]).toBe(6);
  expect(new Set(seeds).size).toBe(8);
});

test("a turnaround turns with a model that can, and says so with one that cannot", () => {
  const raw = { prompt: "knight", prompt_style: "character_turnaround", width: 64, height: 64 };
  const cannot = plan(raw);
  expect(cannot.pictures).toHaveLength(1);
  expect(cannot.warnings.join()).toContain("cannot turn");
  const can = plan(raw, { models: [modelOf({ controls: [...modelOf().controls, "direction"] })] });
  expect(can.pictures.map(({ direction }) => direction)).toEqual(["south", "east", "north", "west"]);
  expect(new Set(can.pictures.map(({ seed }) => seed)).size).toBe(1);
});

test("a start picture is put on the canvas by copying pixels, and its input is not written", () => {
  const inputImage = createImage(64, 64);
  inputImage.data.fill(200);
  const before = inputImage.data.slice();
  const made = plan({ prompt: "x", input_image: "QUJD", width: 16, height: 16 }, { inputImage });
  const start = made.pictures[0]!.start!;
  expect([start.width, start.height]).toEqual([32, 32]);
  expect(new Set(start.data)).toEqual(new Set([0, 200]));
  expect(made.warnings.join()).toContain("sampled from 64x64 to 14x14");
  expect(inputImage.data).toEqual(before);
  expect(made.passes.map(({ pass }) => pass)).toContain("remove-background");
});

test("words of a style are not added twice", () => {
  const made = plan({ prompt: "Portrait of a king", prompt_style: "portrait" });
  expect(made.pictures[0]!.prompt).toBe("Portrait of a king");
});

test("a style reference is matched once the colors are chosen, within the palette of the request", () => {
  const styleReference = createImage(16, 16);
  for (let p = 40; p < 80; p++) styleReference.data.set([200, 30, 30, 255], 4 * p);
  const request = { prompt: "gem", style_reference: "AAAA" };
  const { passes, resolved } = plan(request, { styleReference });
  expect(passes.map(({ pass }) => pass).slice(-4)).toEqual([
    "limit-colors",
    "match-style",
    "limit-colors",
    "despeckle",
  ]);
  expect(resolved.style_reference).toBe("AAAA");
  const held = plan({ ...request, input_palette: ["#0000ff"] }, { styleReference }).passes;
  const match = held.find((step) => step.pass === "match-style");
  expect(match && [...match.reference.data.subarray(160, 164)]).toEqual([0, 0, 255, 255]);
});

test("a style reference has no effect on a surface, which is reported", () => {
  const styleReference = createImage(16, 16);
  styleReference.data.fill(255);
  const { ignored, passes, resolved } = plan(
    { prompt: "stone", prompt_style: "texture", style_reference: "AAAA" },
    { styleReference },
  );
  expect(ignored.map(({ name }) => name)).toEqual(["style_reference"]);
  expect(passes.map(({ pass }) => pass)).not.toContain("match-style");
  expect(resolved).not.toHaveProperty("style_reference");
});

test.each([
  ["an empty picture", createImage(16, 16), "a picture of 0 colors"],
  ["a photo", createImage(600, 400), "a picture of 600x400 pixels"],
])("%s is no style reference", (_name, styleReference, got) => {
  const { errors } = errorOf({ prompt: "gem", style_reference: "AAAA" }, { styleReference });
  expect(errors).toMatchObject([{ field: "style_reference", got }]);
});
