import { expect, test } from "vitest";
import { crop, drawnBounds, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import { REDUCED_SIZES, type ReducedSize, reduceFrames } from "../../service/wardrobe/reduce-frames.ts";
import { colorsOf, compose, KNIGHT, pixelsOf, wardrobe, wearing } from "./wardrobe.ts";

const WIZARD = wearing(
  "masculine",
  ["head/human-male-elderly", { eye: "blue" }],
  ["robe/long", { cloth: "blue" }],
  ["beard/long-straight", { hair: "white" }],
);
const FARMER = wearing(
  "masculine",
  ["head/human-male", { eye: "green" }],
  ["torso/longsleeve2", { cloth: "red" }],
);

/** How many pixels of a frame have one of these colors, and where. */
function find(frame: PixelImage, colors: readonly string[]): { x: number; y: number }[] {
  const found: { x: number; y: number }[] = [];
  for (let p = 0; p < frame.width * frame.height; p++) {
    const hex = `#${Buffer.from(frame.data.subarray(4 * p, 4 * p + 3)).toString("hex")}`;
    if (frame.data[4 * p + 3] && colors.includes(hex))
      found.push({ x: p % frame.width, y: Math.floor(p / frame.width) });
  }
  return found;
}

test("a cell of 64 pixels becomes one of 48, 32, 24 or 16, with the anchor between the feet", async () => {
  const composed = await compose(FARMER, "walk");
  for (const size of REDUCED_SIZES) {
    const { frames, canvas } = reduceFrames(composed, size);
    expect([frames.length, frames[0]?.width, frames[0]?.height]).toEqual([8, size, size]);
    expect(canvas.anchor.x).toBe(size / 2);
    for (const frame of frames) {
      const { x, y, width, height } = drawnBounds(frame)!;
      expect(Math.abs(y + height - canvas.anchor.y)).toBeLessThanOrEqual(1);
      expect(Math.abs(x + width / 2 - canvas.anchor.x)).toBeLessThanOrEqual(1.5);
    }
  }
});

test("a canvas that a weapon enlarged is reduced whole, for all frames alike", async () => {
  const composed = await compose(KNIGHT, "attack", "west");
  for (const size of REDUCED_SIZES) {
    const { frames, canvas } = reduceFrames(composed, size);
    expect(canvas.width).toBe((composed.canvas.width * size) / 64);
    expect(canvas.height).toBe((composed.canvas.height * size) / 64);
    expect(frames.every(({ width, height }) => width === canvas.width && height === canvas.height)).toBe(
      true,
    );
  }
});

test("no color is mixed: all are colors of what is worn", async () => {
  const composed = await compose(KNIGHT, "attack");
  const worn = new Set(
    composed.worn.flatMap(({ table }) =>
      [...table.slice(1)].map((c) => `#${c.toString(16).padStart(6, "0")}`),
    ),
  );
  for (const size of REDUCED_SIZES) {
    const { frames } = reduceFrames(composed, size);
    const unknown = [...colorsOf({ ...composed, frames })].filter((color) => !worn.has(color));
    expect(unknown, `${size}`).toEqual([]);
  }
});

test.each<ReducedSize>([48, 32, 24, 16])(
  "at %d pixels a face has both its eyes, level and apart",
  async (size) => {
    const eyes = wardrobe.ramps.eye!.green!;
    const { frames } = reduceFrames(await compose(FARMER, "walk"), size);
    for (const frame of frames) {
      const seen = find(frame, eyes);
      const columns = [...new Set(seen.map(({ x }) => x))].sort((a, b) => a - b);
      const left = seen.filter(({ x }) => x < size / 2);
      const right = seen.filter(({ x }) => x >= size / 2);
      expect(left.length).toBe(right.length);
      expect(left.length).toBeGreaterThan(0);
      expect(columns.at(-1)! - columns[0]!).toBeGreaterThanOrEqual(2);
      expect(Math.min(...left.map(({ y }) => y))).toBe(Math.min(...right.map(({ y }) => y)));
    }
  },
);

test.each<ReducedSize>([48, 32, 24, 16])(
  "at %d pixels the face is the same in every frame of a walk",
  async (size) => {
    const { frames } = reduceFrames(await compose(FARMER, "walk"), size);
    const faces = frames.map((frame) => {
      const { x, y } = drawnBounds(crop(frame, 0, 0, size, Math.round(size / 2)))!;
      return crop(frame, x, y, Math.round(size / 3), Math.round(size / 4));
    });
    expect(faces.every((face) => equalImages(face, faces[0]!))).toBe(true);
  },
);

test.each<ReducedSize>([48, 32, 24, 16])(
  "at %d pixels a white beard is there, as large as it was",
  async (size) => {
    const composed = await compose(WIZARD, "walk");
    const { frames } = reduceFrames(composed, size);
    const share = pixelsOf(composed, "beard/long-straight") / 64 ** 2;
    const white = find(frames[0]!, wardrobe.ramps.hair!.white!).length / size ** 2;
    expect(white / share).toBeGreaterThan(0.6);
    // Heads are larger at 16 pixels.
    expect(white / share).toBeLessThan(size === 16 ? 2.5 : 1.6);
  },
);

test.each<ReducedSize>([48, 32, 24, 16])(
  "at %d pixels no blade is lost in a frame that had it",
  async (size) => {
    const sword = "weapon/arming";
    for (const direction of ["south", "west", "north"]) {
      for (const action of ["walk", "attack"]) {
        const gold = wearing("masculine", "head/human-male", [sword, { metal: "metal/gold" }]);
        const composed = await compose(gold, action, direction);
        const { frames } = reduceFrames(composed, size);
        const colors = [...composed.worn.find(({ part }) => part.id === sword)!.table.slice(1)];
        const own = colors.map((color) => `#${color.toString(16).padStart(6, "0")}`);
        for (const [i, frame] of frames.entries()) {
          if (pixelsOf(composed, sword, i) < 24) continue;
          expect(find(frame, own).length, `${action} ${direction} ${i}`).toBeGreaterThan(0);
        }
      }
    }
  },
);

test("the silhouette keeps its outline: its edge is darker than what is inside", async () => {
  const { frames } = reduceFrames(await compose(FARMER, "walk"), 32);
  const [frame] = frames;
  const light = { edge: [] as number[], inside: [] as number[] };
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x > 31 || y > 31 ? 0 : frame!.data[4 * (32 * y + x) + 3]!;
  for (let y = 0; y < 32; y++) {
    for (let x = 0; x < 32; x++) {
      if (!at(x, y)) continue;
      const edge = !at(x - 1, y) || !at(x + 1, y) || !at(x, y - 1) || !at(x, y + 1);
      const [r = 0, g = 0, b = 0] = frame!.data.subarray(4 * (32 * y + x));
      light[edge ? "edge" : "inside"].push((r + g + b) / 765);
    }
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(light.edge)).toBeLessThan(mean(light.inside) / 1.5);
});
