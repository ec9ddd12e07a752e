import type { EffectDrawing } from "../effect.ts";
import { disc, glint, line, polygon } from "../shapes.ts";
import { easeOut, frac, lerp, span, wave } from "../timing.ts";

/** Paper that is shot up, turns over and over and floats down. Each of the six colors is one of paper. */
export const confetti: EffectDrawing = {
  frames: 16,
  ms: 80,
  loop: false,
  peak: 0.4,
  ramp: "party",
  origin: { x: 0, y: 0.9 },
  plan(random, size) {
    const count = size < 24 ? 10 : size < 48 ? 20 : 32;
    const papers = Array.from({ length: count }, (_, i) => ({
      x: lerp(-1, 1, (i + random()) / count),
      high: lerp(0.6, 1.85, frac(i * 0.618 + 0.2 * random())),
      sway: 0.08 * (random() - 0.5),
      spin: 1 + 2 * random(),
      phase: random(),
      shade: 1 + Math.floor(6 * random()),
      fall: lerp(0.5, 1, random()),
    }));
    return (ink, t) => {
      for (const { x, high, sway, spin, phase, shade, fall } of papers) {
        const up = easeOut(span(t, -0.04, 0.4));
        const down = span(t, 0.3, 1) ** 1.5;
        const gone = 1 - span(t, 0.82 + 0.1 * phase, 0.9 + 0.1 * phase);
        if (gone <= 0) continue;
        const at = {
          x: Math.max(-0.93, Math.min(0.93, x * up * 0.95 + sway * wave(2 * t + phase))),
          y: Math.min(0.92, 0.9 - high * up + fall * 1.3 * down),
        };
        const flat = Math.abs(wave(spin * t + phase));
        const r = Math.max(0.075, 0.9 * ink.px) * gone;
        const turn = phase * 6 + 2 * t;
        const corner = (i: number, j: number) => ({
          x: at.x + r * (i * Math.cos(turn) - j * (0.25 + 0.55 * flat) * Math.sin(turn)),
          y: at.y + r * (i * Math.sin(turn) + j * (0.25 + 0.55 * flat) * Math.cos(turn)),
        });
        if (size < 32) disc(ink, { ...at, r: flat > 0.5 ? 0.9 * ink.px : 0 }, shade);
        else polygon(ink, [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)], shade);
      }
      if (t < 0.14) glint(ink, { x: 0, y: 0.8, r: 0.24 * (1 - t / 0.16) }, { shade: 6, edge: 5 });
    };
  },
};

/** A rocket climbs, bursts into a ball of trails, and they droop and twinkle out. */
export const firework: EffectDrawing = {
  frames: 16,
  ms: 70,
  loop: false,
  holds: [1, 1, 1, 1, 0.8, 0.8],
  peak: 0.5,
  ramp: "love",
  plan(random, size) {
    const count = size < 24 ? 8 : size < 48 ? 12 : 16;
    const start = random();
    const trails = Array.from({ length: count }, (_, i) => ({
      angle: 2 * Math.PI * ((i + 0.2 * random()) / count + start),
      far: (i % 2 === 0 ? 0.78 : 0.52) * (0.94 + 0.1 * random()),
      phase: random(),
    }));
    const center = { x: 0, y: -0.16 };
    return (ink, t) => {
      if (t < 0.26) {
        const y = lerp(0.9, center.y, easeOut(t / 0.26));
        line(ink, { a: { x: 0.02, y: Math.min(0.95, y + 0.34) }, b: { x: 0, y }, from: ink.px, to: 0.07 }, 4);
        disc(ink, { x: 0, y, r: 0.06 }, 6);
        return;
      }
      if (t < 0.36) glint(ink, { ...center, r: 0.5 * (1 - span(t, 0.26, 0.4)) }, { shade: 6, edge: 5 });
      const out = easeOut(span(t, 0.22, 0.66));
      const droop = 0.34 * span(t, 0.4, 1) ** 2;
      for (const { angle, far, phase } of trails) {
        const at = (r: number, sink: number) => ({
          x: center.x + far * r * Math.cos(angle),
          y: Math.min(0.95, center.y + far * r * Math.sin(angle) + sink),
        });
        const tip = at(out, droop);
        const age = span(t, 0.3, 1);
        const tail = at(out * lerp(0.35, 0.9, age), droop * 0.72);
        if (age < 0.72) {
          line(ink, { a: tail, b: tip, from: ink.px, to: 0.06 }, age < 0.35 ? 4 : 3);
          disc(ink, { ...tip, r: 0.05 * (1 - 0.4 * age) }, age < 0.4 ? 6 : 5);
        } else if (wave(4 * t + phase) > -0.2) {
          if (size >= 48) glint(ink, { ...tip, r: 0.07 * (1 - age) + 0.02 }, { shade: 6, edge: 4 });
          else disc(ink, { ...tip, r: 0 }, 5);
        }
      }
    };
  },
};
