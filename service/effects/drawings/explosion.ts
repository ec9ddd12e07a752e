import type { Random } from "../../pixel/random.ts";
import type { EffectDrawing } from "../effect.ts";
import { type Ink, settle } from "../ink.ts";
import { drawPuffs, type Lump, type Puff } from "../puffs.ts";
import { disc, glint, line, polygon, starCorners } from "../shapes.ts";
import { arch, easeOut, lerp, span } from "../timing.ts";

/** A flash, a fireball that breaks into puffs of smoke, and sparks that outrun it. */
export const explosion: EffectDrawing = {
  frames: 13,
  ms: 70,
  loop: false,
  holds: [0.7, 0.7, 1, 1, 1, 1.2],
  peak: 0.34,
  ramp: "blast",
  plan(random, size) {
    const lumps = planLumps(random, size < 24 ? 5 : size < 48 ? 7 : 9);
    const sparks = planSparks(random, size < 32 ? 5 : 9);
    const shape = { points: 6 + Math.floor(3 * random()), dent: 0.5, turn: random() };
    return (ink, t) => {
      if (t > 0.13) drawPuffs(ink, puffsAt(lumps, t), t < 0.8 ? [1, 2, 3] : [1, 2, 2]);
      settle(ink);
      const flash = arch(span(t, -0.06, 0.24));
      if (t < 0.22) {
        polygon(ink, starCorners({ x: 0, y: 0, r: 0.92 * flash }, shape), 4);
        polygon(ink, starCorners({ x: 0, y: 0, r: 0.74 * flash }, shape), 5);
        disc(ink, { x: 0, y: 0, r: 0.45 * flash }, 6);
        if (t < 0.05) glint(ink, { x: 0, y: 0, r: 0.5 }, { shade: 6, edge: 5 });
      }
      for (const spark of sparks) drawSpark(ink, spark, t);
    };
  },
};

function planLumps(random: Random, count: number): Lump[] {
  const start = random();
  return Array.from({ length: count }, (_, i) => {
    const angle = 2 * Math.PI * ((i + 0.5 * random()) / count + start);
    const far = i % 2 === 0 ? 0.5 : 0.34;
    return {
      dx: Math.cos(angle) * (far + 0.1 * random()),
      dy: Math.sin(angle) * (far + 0.08 * random()),
      r: 0.27 + 0.1 * random(),
      late: 0.1 * random(),
      turn: 6 * random(),
    };
  });
}

/** The fireball: its middle and its lumps, which cool down, drift apart, rise and thin out. */
function puffsAt(lumps: readonly Lump[], t: number): Puff[] {
  const grown = easeOut(span(t, 0.1, 0.6));
  const middle = 1 - span(t, 0.36, 0.62);
  const heart = {
    x: 0,
    y: 0,
    r: 0.5 * easeOut(span(t, 0.08, 0.3)) * middle,
    heat: 1.3 * (1 - span(t, 0.2, 0.56)),
  };
  const around = lumps.map(({ dx, dy, r, late, turn }) => {
    const age = span(t - late * 0.6, 0.12, 0.95);
    return {
      x: dx * lerp(0.35, 1.12, grown),
      y: dy * lerp(0.35, 1.12, grown) - 0.14 * span(t, 0.45, 1),
      r: r * lerp(0.7, 1, easeOut(span(t, 0.1, 0.4))) * lerp(1, 0.62, span(t, 0.7, 1)),
      hole: 1.1 * span(t - late, 0.5, 0.98),
      heat: 1.15 * (1 - span(age, 0, 0.54)),
      turn: turn + 2 * t,
    };
  });
  return [heart, ...around];
}

interface Spark {
  angle: number;
  far: number;
  late: number;
}

function planSparks(random: Random, count: number): Spark[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = 2 * Math.PI * ((i + 0.7 * random()) / count);
    return { angle, far: 0.72 + 0.24 * random(), late: 0.08 * random() };
  });
}

function drawSpark(ink: Ink, { angle, far, late }: Spark, t: number): void {
  const age = span(t - late, 0.14, 0.62);
  if (age <= 0 || age >= 1) return;
  const head = far * easeOut(age);
  const tail = Math.max(0.2, head - 0.22 * (1 - age));
  const drop = 0.12 * age * age;
  const at = (r: number) => ({ x: Math.cos(angle) * r, y: Math.min(0.97, Math.sin(angle) * r + drop) });
  line(ink, { a: at(tail), b: at(head), from: ink.px }, age < 0.5 ? 6 : age < 0.8 ? 5 : 4);
}
