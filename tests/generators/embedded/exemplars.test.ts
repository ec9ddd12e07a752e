import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ExemplarIndex,
  type ExemplarQuery,
  loadExemplars,
} from "../../../service/generators/embedded/exemplars.ts";
import { createImage, drawnBounds, type PixelImage, place } from "../../../service/pixel/image.ts";

// Vectors of 3 numbers stand for the texts: potions lie along x, swords along y.
const ROWS = [
  { caption: "red potion", kind: "sprite", colors: ["red"], vector: [120, 40, 0] },
  { caption: "blue potion", kind: "sprite", colors: ["blue"], vector: [120, 40, 5] },
  { caption: "long sword, weapon", kind: "sprite", colors: ["gray"], vector: [0, 127, 0] },
  { caption: "boots, armor", kind: "sprite", colors: ["brown"], vector: [0, 0, 127] },
  { caption: "potion shelf", kind: "sprite", colors: ["brown"], vector: [100, 77, 0] },
  { caption: "potion wall tile", kind: "tile", colors: ["gray"], vector: [120, 40, 0] },
  { caption: "potion floor tile", kind: "tile", colors: ["gray"], vector: [110, 40, 0], seamless: true },
  { caption: "toy sword", kind: "icon", vector: [0, 126, 9], license: "MIT", source: "fluent" },
  { caption: "torch", kind: "symbol", vector: [0, 60, 60], license: "CC-BY-3.0" },
  { caption: "sword", kind: "symbol", vector: [0, 127, 0], license: "CC-BY-3.0" },
  { caption: "astronaut", kind: "portrait", vector: [60, 60, 60] },
  { caption: "heart with arrow", kind: "sprite", vector: [90, 0, 90] },
  { caption: "barbed arrow", kind: "symbol", vector: [90, 0, 91] },
  { caption: "old potion", kind: "sprite", colors: ["red"], vector: [120, 41, 1] },
  { caption: "old potion", kind: "sprite", colors: ["red"], vector: [120, 41, 2] },
  { caption: "old potion", kind: "sprite", colors: ["red"], vector: [120, 41, 3] },
];
let folder: string;
let index: ExemplarIndex;
const paths = () => ({
  atlas: join(folder, "exemplars.png"),
  rows: join(folder, "exemplars.jsonl"),
  vectors: join(folder, "exemplars.i8"),
});

/** An atlas whose cell i holds a dot at column i: the picture tells which row was taken. */
function atlas(): PixelImage {
  const dot = { width: 1, height: 1, data: Uint8Array.of(255, 0, 0, 255) };
  return ROWS.reduce((image, _, i) => place(dot, image, 32 * i + i, 3), createImage(2048, 32));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "exemplars-"));
  const lines = ROWS.map(({ vector, ...row }, i) =>
    JSON.stringify({ id: `row${i}`, source: "dcss", license: "CC0-1.0", ...row }),
  );
  await writeFile(paths().rows, `${lines.join("\n")}\n`);
  await writeFile(paths().vectors, Int8Array.from(ROWS.flatMap(({ vector }) => vector)));
  await writeFile(paths().atlas, "png");
  index = await loadExemplars(
    paths(),
    { width: 3, credits: { fluent: "A Painter", dcss: "not asked for" } },
    async () => atlas(),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const query = (prompt: string, vector: number[], changes: Partial<ExemplarQuery> = {}): ExemplarQuery => {
  const norm = Math.hypot(...vector);
  return {
    prompt,
    vector: Float32Array.from(vector, (value) => value / norm),
    kind: "sprite",
    wraps: false,
    symbols: false,
    license: null,
    seed: 0,
    ...changes,
  };
};

test("the nearest sprite with the prompt's head noun is found, with its license and its picture", () => {
  const found = index.find(query("a sharp sword", [0, 1, 0]));
  expect(found?.used).toEqual({
    id: "row2",
    caption: "long sword, weapon",
    source: "dcss",
    license: "CC0-1.0",
    similarity: 1,
  });
  expect(drawnBounds(found!.image)).toEqual({ x: 2, y: 3, width: 1, height: 1 });
});

test("a near text without the head noun is no exemplar", () => {
  expect(index.find(query("axe", [0, 1, 0]))).toBeNull();
  expect(index.find(query("", [0, 1, 0]))).toBeNull();
});

test("the head noun far away in meaning is no exemplar", () => {
  expect(index.find(query("sword", [1, -1, 0]))).toBeNull();
});

test("CC0 alone can be asked for; others come with whom to name", () => {
  const sword = (changes: Partial<ExemplarQuery>) =>
    index.rank(query("sword", [0, 14, 1], changes)).map(({ id, credit }) => [id, credit]);
  expect(sword({})).toEqual(expect.arrayContaining([["row7", "A Painter"]]));
  expect(sword({ license: "CC0-1.0" })).toEqual([["row2", undefined]]);
});

test("a figure starts from a bust only where there is no whole one", () => {
  expect(index.find(query("astronaut", [1, 1, 1]))?.used.id).toBe("row10");
  expect(index.find(query("astronaut", [1, 1, 1], { kind: "tile" }))).toBeNull();
});

test("a symbol is the last resort, or the first where symbols are wanted", () => {
  expect(index.find(query("torch", [0, 1, 1]))?.used.id).toBe("row8");
  expect(index.rank(query("sword", [0, 1, 0])).map(({ id }) => id)).not.toContain("row9");
  expect(index.rank(query("sword", [0, 1, 0], { symbols: true })).map(({ id }) => id)).toEqual(["row9"]);
  expect(index.find(query("boots", [0, 0, 1], { symbols: true }))?.used.id).toBe("row3");
});

test("a symbol of the thing goes before a drawing of something else that only holds it", () => {
  const arrow = index.find(query("arrow", [1, 0, 1]));
  expect([arrow?.used.id, arrow?.isSymbol]).toEqual(["row12", true]);
  expect(index.find(query("heart", [1, 0, 1]))?.isSymbol).toBe(false);
});

test("many pictures of one caption do not hide the others", () => {
  const captions = index.rank(query("potion", [120, 41, 1])).map(({ caption }) => caption);
  expect(captions.filter((caption) => caption === "old potion")).toHaveLength(2);
  expect(captions).toEqual(expect.arrayContaining(["red potion", "blue potion"]));
});

test("singular and plural meet", () => {
  expect(index.find(query("boot", [0, 0, 1]))?.used.id).toBe("row3");
});

test("words of the prompt and the thing itself rank before things that only mention it", () => {
  const ranked = index.rank(query("blue potion", [3, 1, 0])).map(({ id }) => id);
  expect(ranked[0]).toBe("row1");
  expect(ranked).not.toContain("row4");
});

test("tiles start from tiles and sprites from sprites", () => {
  expect(index.rank(query("potion", [3, 1, 0], { kind: "tile" })).map(({ id }) => id)).toEqual([
    "row5",
    "row6",
  ]);
  expect(index.rank(query("potion", [3, 1, 0])).map(({ id }) => id)).not.toContain("row5");
  expect(index.find(query("potion", [3, 1, 0], { kind: "portrait" }))).toBeNull();
});

test("a picture that must wrap starts only from one that does", () => {
  const tiles = index.rank(query("potion", [3, 1, 0], { kind: "tile", wraps: true }));
  expect(tiles.map(({ id }) => id)).toEqual(["row6"]);
  expect(index.find(query("potion", [3, 1, 0], { wraps: true }))).toBeNull();
});

test("neighbouring seeds start from different sprites and the same seed from the same", () => {
  const id = (seed: number) => index.find(query("potion", [3, 1, 0], { seed }))?.used.id;
  expect(id(1)).not.toBe(id(2));
  expect(id(1)).toBe(id(1));
});

test("files that do not fit each other are refused", async () => {
  await expect(loadExemplars(paths(), { width: 4, credits: {} }, async () => atlas())).rejects.toThrow(
    "exemplars.i8",
  );
  await expect(
    loadExemplars(paths(), { width: 3, credits: {} }, async () => createImage(64, 32)),
  ).rejects.toThrow("exemplars.png");
});
