import { describe, expect, test } from "vitest";
import { composePicture } from "../../service/pixel/compose-picture.ts";
import { drawContactSheet } from "../../service/pixel/contact-sheet.ts";
import { enlargeScaleX } from "../../service/pixel/enlarge-scale-x.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { measureImages } from "../../service/pixel/measure.ts";
import type { PassStep } from "../../service/pixel/passes.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { runPasses } from "../../service/pixel/run-passes.ts";
import { COLORS, draw, GOBLIN, rowsOf } from "./ascii-image.ts";

const DEFAULT_PASSES: PassStep[] = [
  { pass: "binarize-alpha", threshold: 128 },
  { pass: "remove-background", tolerance: 0.08 },
  { pass: "remove-islands", pixels: 3 },
  { pass: "limit-colors", colorCount: 16, dither: "none", ditherStrength: 0 },
  { pass: "despeckle" },
];
const EVERY_PASS: PassStep[] = [
  { pass: "binarize-alpha", threshold: 200 },
  { pass: "remove-background", tolerance: 0.3 },
  { pass: "limit-colors", colorCount: 3, dither: "none", ditherStrength: 0 },
  { pass: "limit-colors", colorCount: 3, dither: "bayer_4x4", ditherStrength: 80 },
  { pass: "snap-palette", palette: ["#000000", "#ff8800"], dither: "none", ditherStrength: 50 },
  { pass: "snap-palette", palette: ["#000000", "#ff8800"], dither: "floyd_steinberg", ditherStrength: 50 },
  { pass: "snap-palette", palette: ["#000000", "#ff8800"], dither: "bayer_2x2", ditherStrength: 50 },
  { pass: "outline", color: "#123456" },
  { pass: "despeckle" },
  { pass: "remove-islands", pixels: 4 },
  { pass: "upscale-nearest", factor: 1 },
  { pass: "upscale-nearest", factor: 3 },
];

function noise(width: number, height: number, opaque: boolean): PixelImage {
  const random = seededRandom(9);
  const data = Uint8Array.from({ length: 4 * width * height }, (_, i) => {
    if (i % 4 === 3) return opaque ? 255 : random() < 0.5 ? 0 : 255;
    return Math.floor(40 * random());
  });
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 0) data.fill(0, i, i + 4);
  return { width, height, data };
}

const INPUTS = { goblin: draw(GOBLIN), opaque: noise(9, 7, true), holes: noise(7, 9, false) };

describe("passes never modify their input", () => {
  const work: [string, (image: PixelImage) => unknown][] = [
    ...EVERY_PASS.map((step): [string, (image: PixelImage) => unknown] => [
      JSON.stringify(step),
      (image) => runPasses(image, [step]),
    ]),
    ["all passes", (image) => runPasses(image, EVERY_PASS)],
    ["enlarge", (image) => enlargeScaleX(image, 6)],
    [
      "compose",
      (image) => composePicture(image, { width: 20, height: 4, enlarge: 2, fit: "crop", anchor: "bottom" }),
    ],
    ["measure", (image) => measureImages([image, image], ["#000000"], { tileX: true, tileY: true })],
    ["contact sheet", (image) => drawContactSheet([{ image, caption: "x" }], { scale: 2, columns: 1 })],
  ];
  for (const [name, run] of work) {
    test.each(Object.entries(INPUTS))(`${name} on %s`, (_, image) => {
      const before = image.data.slice();
      run(image);
      expect(image.data).toEqual(before);
    });
  }
});

describe("runPasses", () => {
  test("leaves true pixel art unchanged with the default passes", () => {
    const { image } = runPasses(draw(GOBLIN), DEFAULT_PASSES);
    expect(rowsOf(image)).toEqual(rowsOf(draw(GOBLIN)));
  });

  test("running the default passes twice changes nothing further", () => {
    const once = runPasses(noise(16, 16, false), DEFAULT_PASSES).image;
    expect(runPasses(once, DEFAULT_PASSES.slice(0, 3)).image.data).toEqual(once.data);
  });

  test("gives the same bytes for the same input", () => {
    const [one, other] = [1, 2].map(() => runPasses(noise(16, 16, true), EVERY_PASS).image);
    expect(one).toEqual(other);
  });

  test("keeps the picture before background removal and palette, at the final size", () => {
    const image = draw(["wwww", "wrsw", "wwww"]);
    const result = runPasses(image, [
      { pass: "remove-background", tolerance: 0.05 },
      { pass: "snap-palette", palette: [COLORS.k!], dither: "none", ditherStrength: 0 },
      { pass: "upscale-nearest", factor: 2 },
    ]);
    expect(rowsOf(result.image)).toEqual([
      "........",
      "........",
      "..kkkk..",
      "..kkkk..",
      "........",
      "........",
    ]);
    expect(rowsOf(result.beforePalette!).slice(2, 3)).toEqual(["..rrss.."]);
    expect(rowsOf(result.beforeBackground!).slice(1, 3)).toEqual(["wwwwwwww", "wwrrssww"]);
  });

  test("has nothing to keep when no step removes or limits anything", () => {
    const image = draw(["k"]);
    expect(runPasses(image, [])).toEqual({ image, beforeBackground: null, beforePalette: null });
  });

  test("dithers between the colors that it chose", () => {
    const result = runPasses(noise(16, 16, true), [
      { pass: "limit-colors", colorCount: 4, dither: "floyd_steinberg", ditherStrength: 100 },
    ]);
    expect(measureImages([result.image], null, { tileX: false, tileY: false }).colors).toBeLessThanOrEqual(4);
  });
});
