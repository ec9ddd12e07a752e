import type { Random } from "../../pixel/random.ts";
import type { EffectDrawing } from "../effect.ts";
import type { Ink } from "../ink.ts";
import { disc, glint, line, oval, type Point, polygon, starCorners } from "../shapes.ts";
import { easeOut, lerp, span } from "../timing.ts";

/** Bends a line at its middle, again and again: midpoint displacement. */
function bend(
  random: Random,
  ends: readonly Point[],
  { sway, times }: { sway: number; times: number },
): Point[] {
  let path = [...ends];
  for (let i = 0; i < times; i++) {
    path = path.flatMap((point, j) => {
      const next = path[j + 1];
      if (!next) return [point];
      const off = (random() - 0.5) * sway * 0.62 ** i;
      const sign = j % 2 === 0 ? 1 : -1;
      return [
        point,
        {
          x: (point.x + next.x) / 2 + off + sign * 0.14 * sway * 0.6 ** i,
          y: (point.y + next.y) / 2 + off * 0.2,
        },
      ];
    });
  }
  return path;
}

function stroke(ink: Ink, path: readonly Point[], { wide, shade }: { wide: number; shade: number }): void {
  for (const [i, a] of path.entries()) {
    const b = path[i + 1];
    if (!b) continue;
    const thin = (share: number) => wide * lerp(1, 0.6, share);
    line(ink, { a, b, from: thin(i / path.length), to: thin((i + 1) / path.length) }, shade);
  }
}

interface Strike {
  trunk: Point[];
  branches: Point[][];
}

function planStrike(random: Random, size: number): Strike {
  const steps = size < 24 ? 4 : size < 64 ? 6 : 8;
  const side = random() < 0.5 ? 1 : -1;
  const reach = size < 24 ? 0.2 : 0.17;
  const trunk = Array.from({ length: steps + 1 }, (_, i): Point => {
    const down = i / steps;
    const off = (i % 2 === 0 ? 1 : -1) * side * reach * (0.7 + 0.7 * random());
    const shift = 0.25 * side * Math.sin(5 * down);
    const y = lerp(-0.96, 0.84, down) + (i % 2 === 0 ? 0.05 : -0.05);
    return i === steps ? { x: 0, y: 0.84 } : { x: off + shift * (1 - down), y: Math.max(-0.96, y) };
  });
  const branches = [0.35, 0.5, 0.75].slice(0, size < 24 ? 1 : 3).map((share) => {
    const i = Math.round(share * (steps - 1));
    const from = trunk[i]!;
    const out = from.x >= (trunk[i + 1]?.x ?? 0) ? 1 : -1;
    const far = 0.26 + 0.2 * random();
    const joint = { x: from.x + out * far * 0.7, y: from.y + 0.12 };
    return [
      from,
      joint,
      { x: joint.x - out * 0.04, y: joint.y + 0.2 },
      { x: joint.x + out * far * 0.5, y: Math.min(0.76, joint.y + 0.34) },
    ];
  });
  return { trunk, branches };
}

/** A bolt: a thin leader feels its way down, the stroke flashes twice, and the ground throws sparks. */
export const lightning: EffectDrawing = {
  frames: 9,
  ms: 60,
  loop: false,
  holds: [1, 0.7, 1.3, 0.7, 1.2],
  peak: 0.25,
  ramp: "lightning",
  origin: { x: 0, y: 0.84 },
  plan(random, size) {
    const strikes = [planStrike(random, size), planStrike(random, size)];
    const sparks = Array.from({ length: size < 32 ? 4 : 8 }, (_, i) => ({
      angle: Math.PI * (1 + (i + random()) / (size < 32 ? 4 : 8)),
      far: 0.45 + 0.4 * random(),
    }));
    return (ink, t) => {
      const strike = strikes[t < 0.45 ? 0 : 1]!;
      const { trunk, branches } = strike;
      if (t < 0.2) {
        const shown = trunk.slice(0, Math.max(2, Math.ceil(trunk.length * lerp(0.35, 0.9, t / 0.2))));
        stroke(ink, shown, { wide: 0.04, shade: 5 });
        return glint(ink, { ...shown.at(-1)!, r: 0.1 }, { shade: 6, edge: 5 });
      }
      const power = t < 0.3 ? 1 : t < 0.45 ? 0.55 : t < 0.58 ? 0.9 : 1 - span(t, 0.55, 0.95);
      if (power > 0.3) {
        oval(ink, { x: 0, y: 0.84, rx: 0.5 * power, ry: 0.12 * power }, 3);
        for (const path of branches) stroke(ink, path, { wide: 0.12 * power, shade: 3 });
        stroke(ink, trunk, { wide: 0.24 * power, shade: 3 });
        for (const path of branches) stroke(ink, path, { wide: 0.05 * power, shade: 5 });
        stroke(ink, trunk, { wide: 0.17 * power, shade: 5 });
        stroke(ink, trunk, { wide: 0.09 * power, shade: 6 });
        if (power > 0.8)
          polygon(ink, starCorners({ x: 0, y: 0.8, r: 0.26 * power }, { points: 7, dent: 0.45, turn: t }), 6);
      } else if (power > 0) {
        // What is left glows in pieces.
        for (let i = 0; i < trunk.length - 1; i += 2)
          stroke(ink, trunk.slice(i, i + 2), { wide: 0.03, shade: power > 0.15 ? 4 : 2 });
      }
      for (const { angle, far } of sparks) {
        const age = span(t, 0.25, 0.95);
        if (age <= 0 || age >= 1) continue;
        const r = far * easeOut(age);
        const y = 0.82 + r * Math.sin(angle) * 0.9 + 0.4 * age * age;
        disc(ink, { x: r * Math.cos(angle), y: Math.min(0.95, y), r: 0.03 * (1 - age) }, age < 0.5 ? 6 : 4);
      }
    };
  },
};

/** Arcs that jump around nothing: static, a charge, a stunned machine. */
export const electricity: EffectDrawing = {
  frames: 8,
  ms: 70,
  loop: true,
  peak: 0,
  ramp: "electric",
  plan(random, size) {
    const moments = Array.from({ length: 8 }, (_, k) =>
      Array.from({ length: size < 32 ? 2 : 4 }, (_unused, i) => {
        const angle = 2 * Math.PI * (i / (size < 32 ? 2 : 4) + 0.13 * k + 0.1 * random());
        const wide = 0.9 + 0.8 * random();
        const at = (share: number, r: number): Point => ({
          x: r * Math.cos(angle + share * wide),
          y: r * Math.sin(angle + share * wide),
        });
        const r = 0.6 + 0.22 * random();
        return bend(random, [at(0, r), at(0.5, r * 1.08), at(1, r * 0.9)], { sway: 0.34, times: 2 });
      }),
    );
    return (ink, t) => {
      const arcs = moments[Math.floor(t * moments.length + 1e-6) % moments.length]!;
      for (const path of arcs) stroke(ink, path, { wide: 0.15, shade: 2 });
      for (const path of arcs) stroke(ink, path, { wide: 0.1, shade: 4 });
      for (const path of arcs) stroke(ink, path, { wide: 0.03, shade: 6 });
      for (const path of arcs)
        glint(ink, { x: path[0]!.x * 0.95, y: path[0]!.y * 0.95, r: 0.1 }, { shade: 6, edge: 5 });
    };
  },
};
