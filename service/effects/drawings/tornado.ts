import type { EffectDrawing } from "../effect.ts";
import { paint, settle } from "../ink.ts";
import { disc, loop } from "../shapes.ts";
import { frac, lerp, wave } from "../timing.ts";

/** A funnel that turns: bands wind around it, it sways, and it carries what it tore off. */
export const tornado: EffectDrawing = {
  frames: 12,
  ms: 70,
  loop: true,
  peak: 0,
  ramp: "smoke",
  origin: { x: 0, y: 0.84 },
  plan(random, size) {
    const lean = 0.16 * (random() - 0.5);
    const start = random();
    const debris = Array.from({ length: size < 32 ? 4 : 9 }, (_, i) => ({
      high: lerp(0.05, 0.95, (i + random()) / (size < 32 ? 4 : 9)),
      phase: random(),
      r: 0.03 + 0.02 * random(),
    }));
    const middleAt = (high: number, t: number): number =>
      lean * (high - 0.3) + 0.13 * high * wave(t + start - 0.5 * high) + 0.05 * wave(t + start + high);
    const halfAt = (high: number): number => 0.12 + 0.7 * high ** 1.45;
    return (ink, t) => {
      loop(ink, { x: middleAt(0, t), y: 0.84, rx: 0.42 + 0.03 * wave(t), ry: 0.1, width: 0.06 }, (angle) =>
        Math.sin(angle) > 0 ? 4 : 2,
      );
      paint(ink, (x, y) => {
        const high = (0.86 - y) / 1.7;
        if (high < 0 || high > 1) return 0;
        const half = halfAt(high);
        const ragged = 1 + 0.1 * Math.sin(2 * Math.PI * (high * 5 - 2 * t));
        const off = (x - middleAt(high, t)) / (half * ragged);
        if (Math.abs(off) > 1) return 0;
        // The bands slant: the surface runs past from left to right.
        const band = frac(high * 4.6 + 0.32 * Math.sin((off * Math.PI) / 2) + 0.12 * off - t * 2);
        const light = 1 - Math.abs(off + 0.3) * 0.9;
        const shade = band < 0.2 ? 1.6 : band < 0.55 ? 3.2 : 4.4;
        return Math.max(1, Math.min(6, Math.round(shade + 1.1 * light - 0.5)));
      });
      // Its mouth, seen from above the rim.
      const top = { x: middleAt(1, t), y: -0.82, rx: halfAt(1) * 0.98, ry: 0.13 };
      loop(ink, { ...top, width: 0.05 }, (angle) => (Math.sin(angle) < 0 ? 5 : 4));
      settle(ink);
      for (const { high, phase, r } of debris) {
        const angle = 2 * Math.PI * (t + phase);
        const isFront = Math.sin(angle) > -0.15;
        if (!isFront) continue;
        const x = middleAt(high, t) + (halfAt(high) + 0.12) * Math.cos(angle);
        disc(
          ink,
          { x: Math.max(-0.95, Math.min(0.95, x)), y: 0.84 - 1.62 * high + 0.1 * Math.sin(angle), r },
          1,
        );
      }
    };
  },
};
