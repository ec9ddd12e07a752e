import type { EffectDrawing } from "../effect.ts";
import type { Ink } from "../ink.ts";
import { disc, glint, line, loop, type Point } from "../shapes.ts";
import { wave } from "../timing.ts";

/** Runes as strokes in a box of -1 to 1. */
const RUNES: readonly (readonly (readonly [number, number, number, number])[])[] = [
  [
    [0, -1, 0, 1],
    [0, -1, 0.8, -0.2],
    [0, 0, 0.8, 0.8],
  ],
  [
    [-0.7, -1, -0.7, 1],
    [-0.7, -1, 0.7, -0.3],
    [0.7, -0.3, -0.7, 0.3],
  ],
  [
    [0, -1, 0, 1],
    [-0.8, -0.3, 0.8, 0.3],
  ],
  [
    [-0.7, 1, 0, -1],
    [0, -1, 0.7, 1],
    [-0.4, 0.3, 0.4, 0.3],
  ],
  [
    [0.7, -1, -0.7, 0],
    [-0.7, 0, 0.7, 1],
  ],
  [
    [-0.7, -1, 0.7, 1],
    [0.7, -1, -0.7, 1],
  ],
];

/** A circle of runes that turns one way while the star in it turns the other. */
export const magicCircle: EffectDrawing = {
  frames: 16,
  ms: 90,
  loop: true,
  peak: 0,
  ramp: "arcane",
  plan(random, size) {
    const points = size < 24 ? 4 : [5, 6, 8][Math.floor(3 * random())]!;
    const pick = [Math.floor(6 * random()), Math.floor(6 * random())];
    if (pick[0] === pick[1]) pick[1] = (pick[0]! + 1) % RUNES.length;
    const runes = size < 48 ? 6 : size < 96 ? 8 : 12;
    return (ink, t) => {
      const pulse = wave(t);
      const outer = pulse > 0.3 ? 5 : 4;
      loop(ink, { x: 0, y: 0, rx: 0.97, ry: 0.97, width: 0.05 }, outer);
      const inner = size < 32 ? 0.6 : 0.66;
      loop(ink, { x: 0, y: 0, rx: inner, ry: inner, width: 0.02 }, 3);
      // Two runes take turns, so after two places the ring looks the same.
      for (let i = 0; i < runes; i++) {
        const angle = (2 * Math.PI * (i + 2 * t)) / runes;
        drawRune(
          ink,
          { angle, at: (0.92 + inner) / 2, r: size < 32 ? 0.08 : 0.105 },
          i % 2 === 0 ? pick[0]! : pick[1]!,
        );
      }
      drawStar(ink, { points, r: inner * 0.94, turn: (-2 * Math.PI * t) / points });
      const heart = size < 32 ? 0.1 : 0.13;
      disc(ink, { x: 0, y: 0, r: heart * (1.15 + 0.25 * pulse) }, 5);
      disc(ink, { x: 0, y: 0, r: heart * 0.75 }, 6);
      for (let i = 0; i < 4; i++) {
        const angle = (2 * Math.PI * (i + t)) / 4;
        const [x, y] = [0.945 * Math.cos(angle), 0.945 * Math.sin(angle)];
        if (size < 32) disc(ink, { x, y, r: 0 }, 6);
        else glint(ink, { x: x * 0.96, y: y * 0.96, r: 0.07 }, { shade: 6, edge: 5 });
      }
    };
  },
};

function drawRune(ink: Ink, { angle, at, r }: { angle: number; at: number; r: number }, rune: number): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // Its top points outward.
  const place = (x: number, y: number): Point => {
    const out = at - y * r;
    return { x: cos * out - sin * x * r, y: sin * out + cos * x * r };
  };
  if (r < 1.6 * ink.px) {
    disc(ink, { ...place(0, 0), r: 0.8 * ink.px }, 4);
    return;
  }
  for (const [ax, ay, bx, by] of RUNES[rune]!) {
    line(ink, { a: place(ax, ay), b: place(bx, by), from: Math.max(ink.px, 0.022) }, 5);
  }
}

/** A star drawn in one line, corner by corner past the next; six corners make two triangles. */
function drawStar(ink: Ink, { points, r, turn }: { points: number; r: number; turn: number }): void {
  const skip = points === 8 ? 3 : points === 4 ? 1 : 2;
  const corner = (i: number): Point => {
    const angle = turn - Math.PI / 2 + (2 * Math.PI * i) / points;
    return { x: r * Math.cos(angle), y: r * Math.sin(angle) };
  };
  for (let i = 0; i < points; i++) {
    line(ink, { a: corner(i), b: corner(i + skip), from: Math.max(ink.px, 0.03) }, 4);
  }
  for (let i = 0; i < points; i++) disc(ink, { ...corner(i), r: 0.045 }, 6);
}
