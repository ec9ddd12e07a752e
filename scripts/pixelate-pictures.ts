/**
 * Draws the pictures of docs/pixelate.md, before on the left and after on the right, from maps of letters:
 *
 *   node --import tsx scripts/pixelate-pictures.ts
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePng } from "../service/codecs/encode-png.ts";
import { createImage, type PixelImage, place } from "../service/pixel/image.ts";
import { cleanUp } from "../service/pixel/pixelate/clean-up.ts";
import { pixelate } from "../service/pixel/pixelate/pixelate.ts";
import { gaussian, seededRandom } from "../service/pixel/random.ts";
import { upscaleNearest } from "../service/pixel/upscale-nearest.ts";
import type { CleanupPass } from "../shared/requests.ts";

const OUT = "docs/images";
const GAP = 12;
const COLORS: Readonly<Record<string, number>> = {
  k: 0x1b1b2f,
  r: 0xc8323c,
  p: 0xe86a6a,
  w: 0xf4f0e0,
  g: 0x9a9484,
  b: 0x52392a,
  d: 0x443924,
  y: 0xf2c94c,
  s: 0x5a9bd5,
};

const MUSHROOM = [
  "................",
  "......kkkk......",
  "....kkrrrrkk....",
  "...krrwwrrprk...",
  "..krrrwwrrrprk..",
  "..krrrrrrrwwrk..",
  ".krrwwrrrrwwprk.",
  ".krrwwrrrrrrprk.",
  ".krrrrrrwrrrrrk.",
  "..kkkkkkkkkkkk..",
  "....kwwgwwgk....",
  "....kwwwwwgk....",
  "....kwkwkwgk....",
  "....kwwwwggk....",
  ".....kkkkkk.....",
  "................",
];
const CHEST = [
  "................",
  "..kkkkkkkkkkkk..",
  ".kbbbbbbbbbbbbk.",
  ".kbddbddbddbdbk.",
  ".kbbbbbbbbbbbbk.",
  ".kdbddbddbddbdk.",
  ".kyyyyykkyyyyyk.",
  ".kkkkkkyykkkkkk.",
  ".kbdbdkyykbdbdk.",
  ".kdbdbbkkbdbdbk.",
  ".kbdbdbdbdbdbdk.",
  ".kdbdbdbdbdbdbk.",
  ".kyyyyyyyyyyyyk.",
  "..kkkkkkkkkkkk..",
  "................",
];
const ORPHANS = [
  "r.......",
  "..kkkk..",
  ".kbbbbk.",
  ".kbdbbk.",
  ".kbb.bk.",
  ".kbbbbk.",
  "..kkkk..",
  "k.......",
];
const JAGGIES = [
  "wwwwwwww",
  "kkwwwwww",
  "wkkwwwww",
  "wwkkwwww",
  "wwwkkwww",
  "wwwwkkww",
  "wwwwwkkw",
  "wwwwwwkk",
];
const HALFTONES = [
  "wwwwwwww",
  "wwgkkgww",
  "wgkrrkgw",
  "wkrrrrkw",
  "wkrrrrkw",
  "wgkrrkgw",
  "wwgkkgww",
  "wwwwwwww",
];

function drawMap(rows: readonly string[]): PixelImage {
  const image = createImage(rows[0]!.length, rows.length);
  for (const [i, letter] of [...rows.join("")].entries()) {
    const color = COLORS[letter];
    if (color !== undefined) image.data.set([color >> 16, (color >> 8) & 255, color & 255, 255], 4 * i);
  }
  return image;
}

/** Draws a native picture as generators do: cells of no whole size that sway, soft edges, noise. */
function fake(native: PixelImage, pitch: number): PixelImage {
  const random = seededRandom(3);
  const image = createImage(Math.round(native.width * pitch), Math.round(native.height * pitch));
  const cell = (at: number, other: number, count: number): number =>
    Math.max(0, Math.min(count - 1, Math.floor((at + Math.sin(other / 19) + Math.sin(at / 23)) / pitch)));
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const sum = [0, 0, 0, 0];
      for (let k = 0; k < 16; k++) {
        const [u, v] = [x + 0.6 * (k % 4) - 0.4, y + 0.6 * Math.floor(k / 4) - 0.4];
        const from = 4 * (cell(v, u, native.height) * native.width + cell(u, v, native.width));
        const alpha = native.data[from + 3]!;
        for (let c = 0; c < 3; c++) sum[c] = sum[c]! + native.data[from + c]! * alpha;
        sum[3] = sum[3]! + alpha;
      }
      const noise = 3 * gaussian(random);
      const color = sum
        .slice(0, 3)
        .map((value) => Math.max(0, Math.min(255, value / (sum[3]! || 1) + noise)));
      if (sum[3]! > 0) image.data.set([...color, sum[3]! / 16], 4 * (y * image.width + x));
    }
  }
  return image;
}

async function write(name: string, before: PixelImage, after: PixelImage): Promise<void> {
  const sheet = createImage(before.width + GAP + after.width, Math.max(before.height, after.height));
  const picture = place(after, place(before, sheet, 0, 0), before.width + GAP, 0);
  writeFileSync(join(OUT, `pixelate-${name}.png`), await encodePng(picture));
}

mkdirSync(OUT, { recursive: true });
for (const [name, rows, pitch] of [
  ["mushroom", MUSHROOM, 9.3],
  ["chest", CHEST, 10.6],
] as const) {
  const before = fake(drawMap(rows), pitch);
  const { image } = pixelate(before);
  await write(name, before, upscaleNearest(image, Math.floor(pitch)));
  process.stdout.write(`${name}: ${image.width}x${image.height}\n`);
}
const passes: [CleanupPass, string[]][] = [
  ["orphans", ORPHANS],
  ["jaggies", JAGGIES],
  ["halftones", HALFTONES],
];
for (const [pass, rows] of passes) {
  const before = drawMap(rows);
  await write(pass, upscaleNearest(before, 16), upscaleNearest(cleanUp(before, [pass]), 16));
}
