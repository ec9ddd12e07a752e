import type { EffectDrawing } from "../effect.ts";
import { type Ink, paint, settle } from "../ink.ts";
import { disc, glint, line, loop, oval, polygon, starCorners } from "../shapes.ts";
import { arch, easeIn, easeOut, frac, lerp, span, wave } from "../timing.ts";

const GROUND = 0.78;

/** A pillar of light: from edge to middle in shades, with streaks that run upward. */
function pillar(ink: Ink, { wide, top, rise }: { wide: number; top: number; rise: number }): void {
  paint(ink, (x, y) => {
    if (y < top || wide <= 0) return 0;
    const foot = GROUND + 0.14 * Math.sqrt(Math.max(0, 1 - (x / wide) ** 2));
    const off = Math.abs(x) / wide;
    if (off > 1 || y > foot) return 0;
    const streak = frac(y * 1.1 + rise + frac(Math.floor(x * 7) * 0.37)) < 0.3 ? 1 : 0;
    // The top frays.
    if (y - top < 0.34 * frac(Math.floor((x + 2) * 9) * 0.618)) return 0;
    return Math.min(6, (off > 0.78 ? 3 : off > 0.46 ? 4 : off > 0.2 ? 5 : 6) + (off > 0.2 ? streak : 0));
  });
}

/** A level gained: a ring flares, a pillar of light shoots up, rings climb it, and stars stay. */
export const levelUp: EffectDrawing = {
  frames: 14,
  ms: 80,
  loop: false,
  holds: [1, 0.8, 0.8, 1, 1.2, 1.2],
  peak: 0.4,
  ramp: "holy",
  origin: { x: 0, y: GROUND },
  plan(random, size) {
    const stars = Array.from({ length: size < 24 ? 3 : 7 }, (_, i) => ({
      x: lerp(-0.78, 0.78, (i + 0.6 * random()) / (size < 24 ? 3 : 7)),
      phase: random(),
      r: 0.12 + 0.08 * random(),
    }));
    return (ink, t) => {
      const flare = easeOut(span(t, -0.06, 0.3));
      const fade = 1 - span(t, 0.75, 1);
      const ring = { x: 0, y: GROUND, rx: 0.86 * flare, ry: 0.18 * flare };
      if (fade > 0.1) loop(ink, { ...ring, width: 0.07 * fade }, t < 0.5 ? 5 : 3);
      const wide =
        0.5 * Math.sin(Math.PI * span(t, 0.08, 0.86)) ** 0.5 * (t > 0.6 ? 1 - easeIn(span(t, 0.6, 0.88)) : 1);
      const top = lerp(0.7, -0.98, easeOut(span(t, 0.08, 0.3)));
      if (t > 0.09 && t < 0.88) pillar(ink, { wide, top, rise: 3 * t });
      settle(ink);
      for (let i = 0; i < 3; i++) {
        const age = span(t, 0.2 + 0.14 * i, 0.62 + 0.14 * i);
        if (age <= 0 || age >= 1) continue;
        const rx = lerp(0.72, 0.5, age);
        loop(ink, { x: 0, y: lerp(GROUND, -0.66, age), rx, ry: rx * 0.24, width: 0.05 }, (angle) =>
          Math.sin(angle) < -0.1 ? 3 : age < 0.75 ? 6 : 4,
        );
      }
      for (const { x, phase, r } of stars) {
        const age = span(t, 0.22 + 0.3 * phase, 0.72 + 0.28 * phase);
        if (age <= 0 || age >= 1) continue;
        glint(ink, { x, y: lerp(0.5, -0.72, easeOut(age)), r: r * arch(age) }, { shade: 6, edge: 5 });
      }
    };
  },
};

/** Somebody is gone: light closes around a shape, snaps to a line, and the line bursts into motes. */
export const teleport: EffectDrawing = {
  frames: 13,
  ms: 70,
  loop: false,
  holds: [1, 1, 1, 1, 0.8, 0.8],
  peak: 0.3,
  ramp: "electric",
  origin: { x: 0, y: GROUND },
  plan(random, size) {
    const count = size < 32 ? 7 : 14;
    const motes = Array.from({ length: count }, (_, i) => ({
      x: (random() - 0.5) * 0.9,
      y: lerp(-0.8, 0.7, (i + random()) / count),
      push: (random() - 0.5) * 0.9,
      long: 0.08 + 0.2 * random(),
    }));
    return (ink, t) => {
      const squeeze =
        t < 0.42 ? lerp(0.3, 0.58, easeOut(span(t, 0, 0.32))) : 0.58 * (1 - easeOut(span(t, 0.4, 0.56)));
      const high = lerp(0.4, 0.92, easeOut(span(t, 0, 0.3)));
      if (t < 0.56) {
        paint(ink, (x, y) => {
          const d = Math.hypot(x / Math.max(squeeze, 1.2 * ink.px), y / high);
          if (d > 1) return 0;
          // Bands run upward through it.
          const band = frac(y * (size < 32 ? 2 : 3) + 4 * t);
          return d > 0.82 ? 4 : band < 0.34 ? 6 : band < 0.6 ? 5 : t < 0.15 ? 4 : d > 0.6 ? 3 : 4;
        });
        settle(ink);
      }
      if (t > 0.44 && t < 0.66) {
        const bright = 1 - span(t, 0.46, 0.66);
        line(ink, { a: { x: 0, y: -0.95 }, b: { x: 0, y: 0.95 }, from: 0.16 * bright, to: 0.16 * bright }, 6);
        oval(ink, { x: 0, y: 0, rx: 0.9 * bright, ry: 0.07 }, 6);
        oval(ink, { x: 0, y: 0, rx: 0.2, ry: 0.24 * bright }, 6);
      }
      const ring = span(t, 0.5, 0.95);
      if (ring > 0 && ring < 1)
        loop(
          ink,
          { x: 0, y: 0.78, rx: 0.9 * easeOut(ring), ry: 0.18 * easeOut(ring), width: 0.06 * (1 - ring) },
          ring < 0.5 ? 5 : 3,
        );
      for (const { x, y, push, long } of motes) {
        const age = span(t, 0.5, 1);
        if (age <= 0 || age >= 1) continue;
        const at = { x: x * 0.3 + (x + push) * 0.75 * easeOut(age), y: y - 0.35 * age };
        const half = long * (1 - age);
        const shade = age < 0.45 ? 6 : age < 0.75 ? 5 : 3;
        line(
          ink,
          { a: { x: at.x, y: Math.max(-0.94, at.y - half) }, b: { x: at.x, y: at.y + half }, from: ink.px },
          shade,
        );
      }
    };
  },
};

/** A beam that fires east: light gathers, a thin line aims, the beam stands and throbs, and thins out. */
export const laser: EffectDrawing = {
  frames: 12,
  ms: 60,
  loop: false,
  holds: [1, 1, 1, 0.8, 1, 1, 1],
  peak: 0.5,
  ramp: "love",
  origin: { x: -0.74, y: 0 },
  directed: true,
  plan(random, size) {
    const gather = Array.from({ length: size < 32 ? 4 : 8 }, () => ({
      angle: 2 + 4 * random(),
      late: 0.4 * random(),
    }));
    const sparks = Array.from({ length: size < 32 ? 3 : 7 }, () => ({
      angle: 2.2 * (random() - 0.5) + Math.PI,
      phase: random(),
    }));
    const source = { x: -0.74, y: 0 };
    const end = { x: 0.8, y: 0 };
    return (ink, t) => {
      const charge = easeOut(span(t, 0, 0.28));
      const fade = span(t, 0.74, 1);
      const fire = span(t, 0.28, 0.36) * (1 - fade);
      for (const { angle, late } of gather) {
        const age = span(t, late * 0.25, 0.26);
        if (age <= 0 || age >= 1) continue;
        const r = lerp(0.7, 0.12, easeIn(age));
        disc(
          ink,
          { x: Math.max(-0.95, source.x + r * Math.cos(angle - 3)), y: r * Math.sin(angle - 3), r: 0.02 },
          5,
        );
      }
      if (fire > 0) {
        const throb = 1 + 0.12 * wave(t * 9);
        const wide = 0.46 * fire * throb;
        for (const [share, shade] of [
          [1, 2],
          [0.78, 3],
          [0.56, 4],
          [0.34, 6],
        ] as const)
          line(ink, { a: source, b: { x: end.x - 0.1 * (1 - share), y: 0 }, from: wide * share }, shade);
        paint(ink, (x, y) => {
          const isStreak = Math.abs(Math.abs(y) - wide * 0.33) < 0.7 * ink.px && frac(x * 1.3 - 5 * t) < 0.4;
          return isStreak && x > source.x && x < end.x - 0.1 && fire > 0.6 ? 5 : 0;
        });
        const burst = { points: 8, dent: 0.5, turn: 9 * t };
        polygon(ink, starCorners({ ...end, x: end.x - 0.14, r: 0.34 * fire * throb }, burst), 4);
        polygon(ink, starCorners({ ...end, x: end.x - 0.14, r: 0.22 * fire * throb }, burst), 6);
      } else if (t > 0.2 && t < 0.3) line(ink, { a: source, b: end, from: ink.px }, 5);
      else if (fade >= 0.99) return;
      const ball = 0.22 * charge * (1 - fade);
      disc(ink, { ...source, r: ball }, 3);
      disc(ink, { ...source, r: ball * 0.8 }, 4);
      disc(ink, { ...source, r: ball * 0.55 }, 6);
      settle(ink);
      if (fire > 0.3)
        for (const { angle, phase } of sparks) {
          const life = frac(3 * t + phase);
          const at = { x: end.x - 0.14 + 0.6 * life * Math.cos(angle), y: 0.6 * life * Math.sin(angle) };
          disc(ink, { ...at, r: 0.03 * (1 - life) }, life < 0.5 ? 6 : 4);
        }
    };
  },
};
