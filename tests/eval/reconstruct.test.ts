import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reconstructFolder } from "../../scripts/eval/reconstruct.ts";
import { countPicture, type Redrawn, sumUp } from "../../scripts/eval/reconstruction.ts";
import { readRealSprites } from "../../scripts/eval/reference.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { createImage } from "../../service/pixel/image.ts";
import { draw } from "../pixel/ascii-image.ts";

const models = fileURLToPath(new URL("../../models", import.meta.url));
const SLOW = 60_000;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pixelkiln-reconstruct-"));
  const sprites = (await readRealSprites(join(models, "evaluator-v1"))).slice(0, 12);
  for (const { id, image } of sprites) writeFileSync(join(folder, `${id}.png`), await encodePng(image));
  writeFileSync(join(folder, "small.png"), await encodePng(draw(["rg", "br"])));
  writeFileSync(join(folder, "empty.png"), await encodePng(createImage(32, 32)));
  writeFileSync(join(folder, "notes.txt"), "not a picture");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A coder's answer that is right everywhere. */
function perfect(rows: readonly string[], palette: readonly number[]): Redrawn {
  const { data, width, height } = draw([...rows]);
  const at = (p: number) => (data[4 * p]! << 16) | (data[4 * p + 1]! << 8) | data[4 * p + 2]!;
  const pixels = Array.from({ length: width * height }, (_, p) => p);
  return {
    color: Int32Array.from(pixels, (p) => Math.max(0, palette.indexOf(at(p)))),
    opaque: Uint8Array.from(pixels, (p) => Number(data[4 * p + 3] === 255)),
  };
}

function paletteOf(rows: readonly string[]): number[] {
  const { data } = draw([...rows]);
  const colors = new Set<number>();
  for (let i = 0; i < data.length; i += 4)
    if (data[i + 3] === 255) colors.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
  return [...colors];
}

const ROWS = ["rrr.", "rbr.", "rrr.", "...."];

test("a coder that returns every pixel loses nothing", () => {
  const palette = paletteOf(ROWS);
  const count = countPicture(draw(ROWS), palette, perfect(ROWS, palette));
  expect(count).toMatchObject({ drawn: 9, wrongColor: 0, details: 1, wrongDetails: 0, wrongAlpha: 0 });
  expect(sumUp([count])).toMatchObject({ wrong_color_share: 0, exact_pictures: 1, mean_colors: 2 });
});

test("a lost eye is one wrong pixel of nine and the whole of the details", () => {
  const palette = paletteOf(ROWS);
  const redrawn = perfect(ROWS, palette);
  redrawn.color[5] = redrawn.color[0]!;
  redrawn.opaque[15] = 1;
  const figures = sumUp([countPicture(draw(ROWS), palette, redrawn)]);
  expect(figures.wrong_color_share).toBeCloseTo(1 / 9);
  expect(figures.wrong_detail_share).toBe(1);
  expect(figures.wrong_alpha_share).toBeCloseTo(1 / 16);
  expect(figures.exact_pictures).toBe(0);
});

test("the shipped coder sends real sprites through and keeps all but a few of their pixels", {
  timeout: SLOW,
}, async () => {
  const figures = await reconstructFolder(folder, join(models, "embedded-v1"));
  expect(figures.pictures).toBe(12);
  expect(figures.skipped).toBe(2);
  expect(figures.decoder).toBe("pixel-decoder.onnx");
  expect(figures.wrong_color_share).toBeLessThan(0.01);
  expect(figures.wrong_color_share_noisy).toBeGreaterThan(figures.wrong_color_share);
  expect(figures.wrong_alpha_share).toBeLessThan(0.001);
});

test("a folder without a picture of 32x32 is refused", { timeout: SLOW }, async () => {
  const bare = mkdtempSync(join(tmpdir(), "pixelkiln-bare-"));
  await expect(reconstructFolder(bare, join(models, "embedded-v1"))).rejects.toThrow(/32x32/);
  rmSync(bare, { recursive: true });
});
