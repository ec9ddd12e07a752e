import type { Random } from "../../pixel/random.ts";
import type { EffectDrawing } from "../effect.ts";
import type { Ink } from "../ink.ts";
import { frac, lerp, wave } from "../timing.ts";

/** Sets a cell of a frame that tiles: what leaves on one side comes in on the other. */
function wrapped({ size, cells }: Ink, x: number, y: number, shade: number): void {
  const [column, row] = [Math.floor(frac(x / size) * size), Math.floor(frac(y / size) * size)];
  cells[row * size + column] = shade;
}

/** Spreads things over a square: one in each cell of a grid, anywhere in it. */
function spread(random: Random, count: number): { x: number; y: number; pick: number }[] {
  const side = Math.ceil(Math.sqrt(count));
  return Array.from({ length: count }, (_, i) => ({
    x: ((i % side) + 0.85 * random()) / side,
    y: (Math.floor(i / side) + 0.85 * random()) / side,
    pick: random(),
  }));
}

/** Slanted streaks, the near ones long and bright, with drops that burst. It tiles in both directions. */
export const rain: EffectDrawing = {
  frames: 8,
  ms: 60,
  loop: true,
  peak: 0,
  ramp: "water",
  tiles: true,
  plan(random, size) {
    const drops = spread(random, Math.round(size * 0.3 + 6));
    return (ink, t) => {
      for (const { x, y, pick } of drops) {
        const isNear = pick > 0.55;
        const length = Math.max(2, Math.round(size * (isNear ? 0.17 : 0.1)));
        // Whole widths and heights in a loop, so that it closes.
        const [left, top] = [size * (x - t), size * (y + 2 * t)];
        for (let i = 0; i < length; i++) {
          const shade = isNear ? (i > length * 0.55 ? 6 : 4) : i > length * 0.5 ? 4 : 3;
          wrapped(ink, left - i / 2, top + i, shade);
          if (isNear && size >= 96) wrapped(ink, left - i / 2 + 1, top + i, shade - 1);
        }
      }
    };
  },
};

const FLAKES: readonly (readonly string[])[] = [
  ["#"],
  ["##", "##"],
  [".#.", "###", ".#."],
  ["#.#.#", ".###.", "##.##", ".###.", "#.#.#"],
];

/** Flakes that sink and sway, large ones in front. It tiles in both directions. */
export const snow: EffectDrawing = {
  frames: 16,
  ms: 110,
  loop: true,
  peak: 0,
  ramp: "ice",
  tiles: true,
  plan(random, size) {
    const flakes = spread(random, Math.round(size * 0.3 + 8));
    return (ink, t) => {
      for (const { x, y, pick } of [...flakes].sort((a, b) => a.pick - b.pick)) {
        const largest = size < 24 ? 2 : size < 48 ? 2.6 : 4;
        const flake = FLAKES[Math.floor(pick * pick * largest)] ?? FLAKES[0]!;
        const left = size * (x + 0.05 * wave(t + pick * 7));
        const top = size * (y + t);
        const shade = pick > 0.5 ? 6 : pick > 0.25 ? 5 : 4;
        const scale = size >= 96 && flake.length < 4 ? 2 : 1;
        for (const [j, row] of flake.entries()) {
          for (const [i, mark] of [...row].entries()) {
            if (mark !== "#") continue;
            for (let k = 0; k < scale * scale; k++)
              wrapped(ink, left + i * scale + (k % scale), top + j * scale + Math.floor(k / scale), shade);
          }
        }
      }
    };
  },
};

/** Leaves that sink, swing from side to side and turn as they do. It tiles in both directions. */
export const leaves: EffectDrawing = {
  frames: 16,
  ms: 110,
  loop: true,
  peak: 0,
  ramp: "autumn",
  tiles: true,
  plan(random, size) {
    const falling = spread(random, size < 24 ? 4 : size < 64 ? 7 : 9);
    return (ink, t) => {
      for (const [i, { x, y, pick }] of falling.entries()) {
        const swing = wave(t + pick);
        const length = Math.max(2, size * lerp(0.075, 0.11, frac(pick * 5)));
        drawLeaf(ink, {
          x: size * (x + 0.12 * swing),
          y: size * (y + t + 0.03 * wave(2 * t + 2 * pick)),
          length,
          angle: 0.9 * wave(t + pick + 0.2) + (i % 2 === 0 ? 0.3 : -0.5),
          // Seen from the side when it turns over.
          width: length * (0.3 + 0.26 * Math.abs(wave(t + pick * 3))),
          shade: 3 + (i % 3),
        });
      }
    };
  },
};

interface Leaf {
  x: number;
  y: number;
  /** Half of it, in pixels. */
  length: number;
  width: number;
  angle: number;
  shade: number;
}

function drawLeaf(ink: Ink, { x, y, length, width, angle, shade }: Leaf): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const reach = Math.ceil(length * 1.5);
  for (let j = -reach; j <= reach; j++) {
    for (let i = -reach; i <= reach; i++) {
      const along = (i * cos + j * sin) / length;
      const across = (j * cos - i * sin) / Math.max(0.9, width);
      const isStalk = along > 0.8 && along < 1.45 && Math.abs(j * cos - i * sin) < 0.6;
      // Pointed at both ends.
      const isBlade = Math.abs(along) <= 1 && Math.abs(across) <= 1 - along * along;
      if (!isBlade && !isStalk) continue;
      const isRib = Math.abs(j * cos - i * sin) < 0.55 && length > 3.2;
      const lit = across < 0 ? shade + 1 : shade;
      wrapped(ink, x + i, y + j, isBlade && !isRib ? lit : isBlade ? shade - 1 : 2);
    }
  }
}
