import type { Random } from "../../pixel/random.ts";
import type { EffectDrawing } from "../effect.ts";
import type { Ink } from "../ink.ts";
import { disc, glint, loop, type Point, polygon, stamp } from "../shapes.ts";
import { arch, frac, lerp, span, wave } from "../timing.ts";

interface Riser {
  x: number;
  phase: number;
  size: number;
  sway: number;
}

function plant(random: Random, count: number): Riser[] {
  return Array.from({ length: count }, (_, i) => ({
    x: lerp(-0.72, 0.72, (i + 0.5 + 0.5 * (random() - 0.5)) / count),
    // Golden-ratio steps: neighbors never rise together.
    phase: frac(i * 0.618 + 0.15 * random()),
    size: 0.75 + 0.5 * random(),
    sway: (random() - 0.5) * 0.3,
  }));
}

/** A cross with a lit and a dark side. `r` is half of it, in units. */
function cross(ink: Ink, { x, y, r }: Point & { r: number }): void {
  const half = Math.max(1, Math.round(r * ink.unit));
  const arm = Math.max(0, Math.floor(half / 3));
  const put = (shift: number, shade: number, grow: number): void => {
    const [long, short] = [(half + grow + 0.5) * ink.px, (arm + grow + 0.5) * ink.px];
    const [cx, cy] = [snap(ink, x), snap(ink, y) + shift * ink.px];
    box(ink, { x: cx, y: cy, rx: long, ry: short }, shade);
    box(ink, { x: cx, y: cy, rx: short, ry: long }, shade);
  };
  if (half >= 2) put(0, 2, 1);
  put(0, half >= 2 ? 4 : 5, 0);
  if (half >= 3) {
    const [cx, cy] = [snap(ink, x), snap(ink, y)];
    box(ink, { x: cx, y: cy, rx: (half - 0.5) * ink.px, ry: Math.max(0.5, arm - 0.5) * ink.px }, 6);
    box(ink, { x: cx, y: cy, rx: Math.max(0.5, arm - 0.5) * ink.px, ry: (half - 0.5) * ink.px }, 6);
  }
}

function snap({ unit, px }: Ink, value: number): number {
  return (Math.floor(value * unit) + 0.5) * px;
}

function box(ink: Ink, { x, y, rx, ry }: Point & { rx: number; ry: number }, shade: number): void {
  const corners = [
    { x: x - rx, y: y - ry },
    { x: x + rx, y: y - ry },
    { x: x + rx, y: y + ry },
    { x: x - rx, y: y + ry },
  ];
  polygon(ink, corners, shade);
}

/** Crosses and motes rise from a ring of light. */
export const heal: EffectDrawing = {
  frames: 14,
  ms: 80,
  loop: false,
  peak: 0.5,
  ramp: "heal",
  origin: { x: 0, y: 0.72 },
  plan(random, size) {
    const crosses = plant(random, size < 24 ? 3 : 5);
    const motes = plant(random, size < 32 ? 4 : 9);
    return (ink, t) => {
      const glow = arch(span(t, -0.08, 1));
      const ring = { x: 0, y: 0.72, rx: 0.82 * Math.min(1, 1.5 * glow), ry: 0.22 * Math.min(1, 1.5 * glow) };
      if (glow > 0.1) {
        loop(ink, { ...ring, width: 0.05 }, glow > 0.6 ? 4 : 3);
        if (size >= 24) loop(ink, { ...ring, rx: ring.rx * 0.72, ry: ring.ry * 0.66, width: 0.03 }, 3);
      }
      for (const { x, phase, size: big, sway } of motes) {
        const age = span(t, phase * 0.5, phase * 0.5 + 0.45);
        if (age <= 0 || age >= 1) continue;
        disc(ink, { x: x + sway * age, y: lerp(0.7, -0.5, age) - 0.2 * phase, r: 0.03 * big * (1 - age) }, 5);
      }
      for (const { x, phase, size: big } of crosses) {
        const age = span(t, phase * 0.42, phase * 0.42 + 0.56);
        if (age <= 0 || age >= 1) continue;
        const r = 0.17 * big * Math.min(1, 4 * age) * (1 - span(age, 0.72, 1) * 0.9);
        cross(ink, { x: x * 0.85, y: lerp(0.52, -0.62, age ** 0.8), r });
      }
    };
  },
};

const chevron = (direction: 1 | -1): EffectDrawing => ({
  frames: 12,
  ms: 80,
  loop: false,
  peak: 0.5,
  ramp: direction < 0 ? "gold" : "dark",
  plan(random, size) {
    const motes = plant(random, size < 32 ? 4 : 8);
    const lag = 0.12 + 0.05 * random();
    return (ink, t) => {
      for (const { x, phase, sway } of motes) {
        const age = span(t, phase * 0.5, phase * 0.5 + 0.45);
        if (age <= 0 || age >= 1) continue;
        const y = direction * lerp(-0.85, 0.85, age);
        disc(ink, { x: x + sway * age, y, r: 0.03 * (1 - age) }, age < 0.6 ? 5 : 3);
      }
      for (let i = 0; i < 3; i++) {
        const age = span(t, i * lag, i * lag + 0.66);
        if (age <= 0 || age >= 1) continue;
        const y = direction * lerp(-0.75, 0.78, age ** 0.85);
        const grown = Math.min(1, 4 * age) * (1 - 0.9 * span(age, 0.75, 1));
        arrow(ink, { y, direction, wide: 0.56 * grown, thick: 0.3 * grown });
      }
    };
  },
});

function arrow(
  ink: Ink,
  { y, direction, wide, thick }: { y: number; direction: 1 | -1; wide: number; thick: number },
): void {
  const draw = (grow: number, shade: number): void => {
    const [w, h] = [wide + grow, thick + 2 * grow];
    const tip = y + direction * (0.2 + grow);
    const corners = [
      { x: 0, y: tip },
      { x: w, y: tip - direction * w * 0.85 },
      { x: w, y: tip - direction * (w * 0.85 + h) },
      { x: 0, y: tip - direction * h },
      { x: -w, y: tip - direction * (w * 0.85 + h) },
      { x: -w, y: tip - direction * w * 0.85 },
    ].map((point) => ({ x: point.x, y: Math.max(-0.99, Math.min(0.99, point.y)) }));
    polygon(ink, corners, shade);
  };
  if (wide < 2 * ink.px) return;
  draw(1.2 * ink.px, 2);
  draw(0, 4);
  if (thick > 3 * ink.px) draw(-1.3 * ink.px, 5);
}

/** Arrows that rise: something got stronger. */
export const buff: EffectDrawing = chevron(-1);
/** Arrows that sink: something got weaker. */
export const debuff: EffectDrawing = chevron(1);

/** Bubbles that rise, sway, and burst at the top. */
export const bubbles: EffectDrawing = {
  frames: 16,
  ms: 90,
  loop: true,
  peak: 0,
  ramp: "water",
  plan(random, size) {
    const all = plant(random, size < 24 ? 4 : size < 48 ? 6 : 8);
    return (ink, t) => {
      for (const { x, phase, size: big, sway } of all) {
        const life = frac(t + phase);
        const r = 0.15 * big * lerp(0.45, 1.15, Math.min(1, life * 1.5));
        const at = { x: x * 0.9 + 0.5 * sway * wave(life * 2), y: lerp(0.8, -0.74, life) };
        if (life > 0.9) {
          loop(ink, { ...at, rx: r * 1.4, ry: r * 1.4, width: 0 }, (angle) =>
            Math.sin(6 * angle) > 0.2 ? 5 : 0,
          );
          continue;
        }
        if (r < 1.4 * ink.px) {
          disc(ink, { ...at, r }, 5);
          continue;
        }
        loop(ink, { ...at, rx: r, ry: r, width: 0.03 }, (angle) =>
          angle > -2.9 && angle < -1 ? 5 : angle > 0.2 && angle < 1.6 ? 3 : 4,
        );
        if (r > 3 * ink.px) disc(ink, { x: at.x - r * 0.4, y: at.y - r * 0.42, r: r * 0.2 }, 6);
        if (r > 5 * ink.px)
          loop(ink, { ...at, rx: r * 0.74, ry: r * 0.74, width: 0 }, (angle) =>
            angle > 0.4 && angle < 1.2 ? 5 : 0,
          );
      }
    };
  },
};

const HEARTS: readonly (readonly string[])[] = [
  ["#.#", "###", ".#."],
  [".#.#.", "#####", "#####", ".###.", "..#.."],
  [".##.##.", "#oo####", "#o#####", "#######", ".#####.", "..###..", "...#..."],
  [
    "..##...##..",
    ".####.####.",
    "#oo########",
    "#o#########",
    "###########",
    ".#########.",
    "..#######..",
    "...#####...",
    "....###....",
    ".....#.....",
  ],
];

/** Hearts that rise and swing. */
export const hearts: EffectDrawing = {
  frames: 14,
  ms: 90,
  loop: true,
  peak: 0,
  ramp: "love",
  plan(random, size) {
    const all = plant(random, size < 24 ? 3 : size < 48 ? 4 : 5);
    const scale = size >= 96 ? 2 : 1;
    const most = size < 24 ? 1 : size < 32 ? 2 : size < 48 ? 3 : 4.4;
    return (ink, t) => {
      for (const { x, phase, size: big, sway } of all) {
        const life = frac(t + phase);
        const grown = Math.min(1, life * 5) * (1 - span(life, 0.8, 1));
        const index = Math.max(
          0,
          Math.min(HEARTS.length - 1, Math.round(grown * (most - 1) * (0.55 + 0.4 * big))),
        );
        const at = { x: x * 0.72 + sway * wave(life * 1.5) * 0.6, y: lerp(0.68, -0.66, life) };
        stamp(ink, { ...at, rows: HEARTS[index]!, scale }, { shade: index === 0 ? 4 : 3, edge: 5 });
      }
    };
  },
};

/** Small lights that rise and glow: embers, fireflies, magic in the air. */
export const motes: EffectDrawing = {
  frames: 16,
  ms: 90,
  loop: true,
  peak: 0,
  ramp: "gold",
  plan(random, size) {
    const all = plant(random, size < 24 ? 6 : size < 64 ? 12 : 18);
    return (ink, t) => {
      for (const { x, phase, size: big, sway } of all) {
        const life = frac(t + phase);
        const glow = arch(life);
        const at = { x: x * 1.15 + sway * wave(life), y: lerp(0.85, -0.85, life) };
        const r = 0.085 * big * glow;
        if (r > 1.5 * ink.px) disc(ink, { ...at, r }, 3);
        if (r > ink.px) disc(ink, { ...at, r: r * 0.68 }, 4);
        if (glow > 0.8 && big > 1.05) glint(ink, { ...at, r: 0.1 }, { shade: 6, edge: 5 });
        else disc(ink, { ...at, r: r * 0.36 }, glow > 0.55 ? 6 : 4);
      }
    };
  },
};
