import { expect, test } from "vitest";
import type { CellColors } from "../../../service/pixel/pixelate/cell-colors.ts";
import { chooseColors } from "../../../service/pixel/pixelate/choose-colors.ts";
import { gaussian, seededRandom } from "../../../service/pixel/random.ts";

const SIZE = 30;

/** Patches of three by three cells of these colors in turn, with noise that all channels share, as a codec leaves. */
function noisyCells(colors: readonly number[], noise: number): CellColors {
  const random = seededRandom(5);
  const rgb = new Float32Array(3 * SIZE * SIZE);
  for (let cell = 0; cell < SIZE * SIZE; cell++) {
    const color = colors[placeOf(cell) % colors.length]!;
    const level = noise * gaussian(random);
    for (const [c, shift] of [16, 8, 0].entries())
      rgb[3 * cell + c] = Math.max(0, Math.min(255, ((color >> shift) & 255) + level));
  }
  return { width: SIZE, height: SIZE, rgb, drawn: new Uint8Array(SIZE * SIZE).fill(1) };
}

function placeOf(cell: number): number {
  return Math.floor((cell % SIZE) / 3) + Math.floor(cell / SIZE / 3);
}

test.each([
  ["browns", 0x443924, 0x52392a],
  ["grays", 0xa69386, 0x9a9f91],
  ["greens", 0x3f6b3a, 0x4f6b30],
])("two alike %s stay two where noise hides their lightness but not their hue", (_, one, other) => {
  const { palette, places } = chooseColors([noisyCells([one, other], 2.5)]);
  expect(palette).toHaveLength(2);
  const same = [...places[0]!].filter((place, cell) => place === placeOf(cell) % 2).length;
  const right = Math.max(same, SIZE * SIZE - same);
  expect(right / SIZE ** 2).toBeGreaterThan(0.97);
});

test.each([0x101010, 0x443924, 0x808080, 0xe6fff1, 0xc02020])(
  "one color (%i) with the same noise stays one color",
  (color) => {
    for (const noise of [0, 1, 2, 4])
      expect(chooseColors([noisyCells([color], noise)]).palette).toHaveLength(1);
  },
);

test("colors that alternate from cell to cell are not mistaken for noise", () => {
  const cells = noisyCells([0x001818, 0x001010, 0x202020, 0x003030], 0.4);
  expect(chooseColors([cells]).palette).toHaveLength(4);
});
