import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { drawnBounds, type PixelImage } from "../../../service/pixel/image.ts";

const FOLDER = join(import.meta.dirname, "../../../models/embedded-v1/exemplars");
const SIZES = [16, 24, 32, 48, 64];
const KINDS = ["sprite", "character", "portrait", "icon", "symbol", "tile", "ui"];
const MEGABYTE = 1_000_000;
/** What a game may ship without sharing its own art alike. */
const LICENSES = [
  ...["CC0-1.0", "public-domain", "CC-BY-3.0", "CC-BY-4.0", "OGA-BY-3.0", "CC-BY-3.0 OR OGA-BY-3.0"],
  ...["BSD-2-Clause", "BSD-3-Clause", "MIT", "Apache-2.0"],
];

interface Row {
  id: string;
  name: string;
  caption: string;
  category: string;
  kind: string;
  figure: string | null;
  size: number;
  at: [number, number];
  box: [number, number, number, number];
  colors: string[];
  ncolors: number;
  quality: number;
  seamless?: boolean;
  insets?: [number, number, number, number];
  source: string;
  license: string;
  credit: number;
  path: string;
}

const readLines = (file: string) =>
  readFileSync(join(FOLDER, file), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const rows: Row[] = readLines("index.jsonl");
const pictures = new Map<string, PixelImage>();

beforeAll(async () => {
  const pack = readFileSync(join(FOLDER, "pictures.pack"));
  for (const { id, at } of rows) {
    const png = sharp(pack.subarray(at[0], at[0] + at[1]));
    const { data, info } = await png.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    pictures.set(id, { width: info.width, height: info.height, data: new Uint8Array(data) });
  }
}, 120_000);

test("a library of thousands of pictures, in every size, stays within 14 MB", () => {
  const files = ["index.jsonl", "pictures.pack", "ATTRIBUTION.jsonl"];
  const bytes = files.reduce((sum, file) => sum + statSync(join(FOLDER, file)).size, 0);
  expect(rows.length).toBeGreaterThan(8000);
  expect(bytes).toBeLessThan(14 * MEGABYTE);
  for (const size of SIZES) expect(rows.filter((row) => row.size === size).length).toBeGreaterThan(500);
});

test("every row has its picture: the box is what is drawn, alpha is hard, nothing hides under it", () => {
  const wrong: string[] = [];
  for (const row of rows) {
    const image = pictures.get(row.id)!;
    const box = drawnBounds(image);
    const soft = image.data.some((value, i) => i % 4 === 3 && value !== 0 && value !== 255);
    const hidden = image.data.some((value, i) => i % 4 !== 3 && value !== 0 && image.data[i | 3] === 0);
    const [, , width, height] = row.box;
    const sameBox = box && [box.x, box.y, box.width, box.height].join() === [0, 0, width, height].join();
    const fits = width <= row.size && height <= row.size;
    if (!fits || soft || hidden || !sameBox) wrong.push(row.id);
  }
  expect(wrong).toEqual([]);
});

test("no two rows have one id, one place, or one picture", () => {
  const drawn = rows.map(({ id, size, box }) => {
    const { data } = pictures.get(id)!;
    return `${size}:${box.join()}:${Buffer.from(data).toString("base64")}`;
  });
  expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  expect(new Set(rows.map((row) => row.at[0])).size).toBe(rows.length);
  expect(new Set(drawn).size).toBe(rows.length);
});

test("every row says what it shows, in plain words", () => {
  const wrong = rows.filter(
    (row) =>
      !/^[a-z0-9][a-z0-9 -]{1,59}$/.test(row.name) ||
      !row.caption.includes(row.name) ||
      row.category === "" ||
      !KINDS.includes(row.kind) ||
      ![null, "whole", "bust", "face"].includes(row.figure) ||
      ![0, 1, 2, 3].includes(row.quality) ||
      row.ncolors < 1,
  );
  expect(wrong.map((row) => `${row.id} ${row.name}`)).toEqual([]);
});

test("every row may be shipped with a game, and its author is named", () => {
  const credits = readLines("ATTRIBUTION.jsonl");
  for (const credit of credits) {
    expect(credit.author).not.toBe("");
    expect(credit.url).toMatch(/^https?:|^github\.com/);
    expect(LICENSES).toContain(credit.license);
  }
  const unnamed = rows.filter(({ credit, source, license }) => {
    return credits[credit]?.source !== source || credits[credit].license !== license;
  });
  expect(unnamed.map((row) => row.id)).toEqual([]);
});
