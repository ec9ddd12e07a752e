import type { Random } from "../../pixel/random.ts";
import type { EffectDrawing } from "../effect.ts";
import { type Ink, settle } from "../ink.ts";
import { drawPuffs, type Lump, type Puff } from "../puffs.ts";
import { disc, loop, stamp } from "../shapes.ts";
import { arch, easeOut, frac, lerp, span, wave } from "../timing.ts";

function ringOfLumps(random: Random, count: number, far: number): Lump[] {
  const start = random();
  return Array.from({ length: count }, (_, i) => {
    const angle = 2 * Math.PI * ((i + 0.4 * random()) / count + start);
    return {
      dx: Math.cos(angle) * far * (0.8 + 0.4 * random()),
      dy: Math.sin(angle) * far * (0.8 + 0.4 * random()),
      r: 0.28 + 0.12 * random(),
      late: 0.12 * random(),
      turn: 6 * random(),
    };
  });
}

/** A ball of smoke that swells, thins out from the inside and rises in rags. */
export const smokePuff: EffectDrawing = {
  frames: 11,
  ms: 80,
  loop: false,
  holds: [0.8, 0.8, 1, 1.2],
  peak: 0.36,
  ramp: "smoke",
  plan(random, size) {
    const lumps = ringOfLumps(random, size < 24 ? 4 : 7, 0.42);
    return (ink, t) => {
      const out = easeOut(span(t, 0, 0.7));
      const puffs: Puff[] = lumps.map(({ dx, dy, r, late, turn }) => ({
        x: dx * lerp(0.3, 1.18, out),
        y: dy * lerp(0.3, 1.0, out) + lerp(0.3, -0.22, easeOut(span(t, 0, 1))),
        r: r * lerp(0.75, 1.08, out) * lerp(1, 0.55, span(t, 0.72, 1)),
        hole: 1.15 * span(t - late, 0.4, 0.98),
        turn: turn + 2 * t,
      }));
      const middle = 1 - span(t, 0.3, 0.62);
      puffs.push({ x: 0, y: lerp(0.25, -0.05, out), r: 0.46 * middle, hole: span(t, 0.36, 0.6) });
      drawPuffs(ink, puffs, t < 0.12 ? [4, 5, 6] : t < 0.7 ? [3, 4, 5] : [3, 3, 4]);
      settle(ink);
    };
  },
};

/** What feet kick up on landing: low puffs that roll away to both sides. */
export const dust: EffectDrawing = {
  frames: 9,
  ms: 70,
  loop: false,
  peak: 0.3,
  ramp: "dust",
  origin: { x: 0, y: 0.92 },
  plan(random, size) {
    const count = size < 24 ? 2 : 4;
    const lumps = [-1, 1].flatMap((side) =>
      Array.from({ length: count }, (_, i) => ({
        side,
        far: lerp(0.3, 0.84, (i + 0.5 * random()) / count),
        r: lerp(0.26, 0.15, i / count) * (0.9 + 0.3 * random()),
        rise: 0.1 + 0.22 * random(),
        late: 0.06 * i * random(),
        turn: 6 * random(),
      })),
    );
    return (ink, t) => {
      const puffs = lumps.map(({ side, far, r, rise, late, turn }): Puff => {
        const age = span(t - late, 0, 0.9);
        const size = r * lerp(0.55, 1.1, easeOut(span(age, 0, 0.5))) * lerp(1, 0.5, span(age, 0.6, 1));
        return {
          x: side * far * lerp(0.4, 1, easeOut(age)),
          y: 0.92 - size - rise * easeOut(age),
          r: size,
          hole: 1.05 * span(age, 0.36, 1),
          turn: turn + side * 3 * t,
        };
      });
      drawPuffs(ink, puffs, [3, 4, 5]);
      settle(ink);
      for (const { side, far, rise, late } of lumps) {
        const age = span(t - late, 0.05, 0.6);
        if (age <= 0 || age >= 1) continue;
        const y = 0.9 - (0.5 + rise) * arch(age * 0.9);
        disc(ink, { x: side * Math.min(0.94, far * lerp(0.4, 1.3, age)), y, r: 0.02 }, 2);
      }
    };
  },
};

const SMALL_SKULL = [".###.", "#o#o#", "#####", ".#.#."];
const SKULL = [
  "..#####..",
  ".#######.",
  "#########",
  "#oo###oo#",
  "#oo###oo#",
  "####o####",
  ".#######.",
  "..#.#.#..",
  "..#.#.#..",
];

/** The sign of what kills, in the middle of the cloud. */
function skull(ink: Ink, { y, large, huge }: { y: number; large: boolean; huge: boolean }): void {
  stamp(ink, { x: 0, y, rows: large ? SKULL : SMALL_SKULL, scale: huge ? 2 : 1 }, { shade: 6, edge: 1 });
}

/** A cloud of gas that seethes in place; bubbles rise in it and burst. */
export const poisonCloud: EffectDrawing = {
  frames: 12,
  ms: 110,
  loop: true,
  peak: 0,
  ramp: "poison",
  plan(random, size) {
    const count = size < 24 ? 5 : 8;
    const lumps = Array.from({ length: count }, (_, i) => ({
      x: lerp(-0.62, 0.62, i / (count - 1)),
      y: 0.18 + 0.22 * random() - 0.28 * Math.sin((Math.PI * i) / (count - 1)),
      r: 0.26 + 0.1 * Math.sin((Math.PI * i) / (count - 1)) + 0.04 * random(),
      phase: random(),
      turn: 6 * random(),
    }));
    const bubbles = Array.from({ length: size < 32 ? 3 : 6 }, (_, i) => ({
      x: lerp(-0.6, 0.6, (i + random()) / (size < 32 ? 3 : 6)),
      phase: random(),
      r: 0.05 + 0.05 * random(),
      top: 0.45 + 0.3 * random(),
    }));
    return (ink, t) => {
      drawPuffs(
        ink,
        [
          { x: 0, y: 0.16, r: 0.44 + 0.03 * wave(t), turn: 2 },
          ...lumps.map(({ x, y, r, phase, turn }) => ({
            x: x + 0.04 * wave(t + phase),
            y: y + 0.07 * wave(t + phase + 0.25),
            r: r * (1 + 0.12 * wave(t + phase + 0.6)),
            turn,
          })),
        ],
        [2, 3, 4],
      );
      settle(ink);
      if (size >= 24) skull(ink, { y: 0.1 + 0.04 * wave(t), large: size >= 64, huge: size >= 96 });
      for (const { x, phase, r, top } of bubbles) {
        const life = frac(t + phase);
        const at = { x: x + 0.05 * wave(2 * life), y: lerp(0.5, -top - 0.05, life) };
        if (life < 0.86) {
          const grown = Math.max(r * lerp(0.6, 1.3, life), 1.2 * ink.px);
          disc(ink, { ...at, r: grown }, 5);
          disc(ink, { x: at.x - grown * 0.3, y: at.y - grown * 0.3, r: grown * 0.35 }, 6);
        } else {
          loop(ink, { ...at, rx: r * 1.9, ry: r * 1.9, width: 0 }, (angle) =>
            Math.sin(4 * angle) > 0 ? 5 : 0,
          );
        }
      }
    };
  },
};
