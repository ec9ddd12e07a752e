import type { EffectDrawing } from "../effect.ts";
import { paint, settle } from "../ink.ts";
import { createNoise } from "../noise.ts";
import { disc } from "../shapes.ts";
import { clamp01, frac, lerp, wave } from "../timing.ts";

/** Cells of the noise that a flame rises through in one loop. */
const PERIOD = 6;

/** A fire that burns in place. Its tongues rise through noise that repeats, so that the loop closes. */
export const flame: EffectDrawing = {
  frames: 12,
  ms: 80,
  loop: true,
  peak: 0,
  ramp: "fire",
  origin: { x: 0, y: 0.94 },
  plan(random, size) {
    const coarse = createNoise(random, PERIOD);
    const fine = createNoise(random, 2 * PERIOD);
    const embers = Array.from({ length: size < 32 ? 2 : 5 }, () => ({
      x: lerp(-0.4, 0.4, random()),
      phase: random(),
      sway: 0.1 + 0.1 * random(),
    }));
    return (ink, t) => {
      paint(ink, (x, y) => {
        const height = (0.94 - y) / 1.84;
        if (height < 0 || height > 1) return 0;
        const rise = y * 1.9 + PERIOD * t;
        const push = (coarse(x * 1.1 + 1.3, rise) - 0.5) * 1.1 * height ** 0.8;
        const body = 0.66 * Math.sqrt(clamp01(height / 0.16)) * (1 - height) ** 0.72;
        const off = Math.abs(x + push * 0.75 + 0.05 * wave(t) * height) / Math.max(0.02, body);
        const licks = (fine(x * 3.2 + 5, y * 3.8 + 2 * PERIOD * t) - 0.5) * (0.35 + 0.9 * height);
        const value = 1 - off ** 1.5 + licks - 0.5 * height;
        return value < 0 ? 0 : Math.min(6, 2 + Math.floor(value * 5.2));
      });
      settle(ink);
      for (const { x, phase, sway } of embers) {
        const life = frac(t + phase);
        if (life < 0.25 || life > 0.9) continue;
        const at = { x: x + sway * wave(life), y: lerp(0.4, -0.95, life) };
        disc(ink, { ...at, r: life < 0.6 ? 0.035 : 0.01 }, life < 0.6 ? 5 : 4);
      }
    };
  },
};

/** A ball of energy that flies east, with a tail that streams behind. */
export const energyBall: EffectDrawing = {
  frames: 10,
  ms: 70,
  loop: true,
  peak: 0,
  ramp: "electric",
  directed: true,
  plan(random, size) {
    const coarse = createNoise(random, PERIOD);
    const fine = createNoise(random, 2 * PERIOD);
    const sparks = Array.from({ length: size < 32 ? 3 : 6 }, (_, i) => ({
      y: lerp(-0.36, 0.36, (i + random()) / (size < 32 ? 3 : 6)),
      phase: random(),
    }));
    return (ink, t) => {
      const head = { x: 0.44, y: 0, r: 0.42 + 0.02 * wave(2 * t) };
      paint(ink, (x, y) => {
        const [dx, dy] = [x - head.x, y];
        const ball = 1 - Math.hypot(dx, dy) / head.r;
        const back = clamp01((head.x - x) / 1.36);
        const push = (coarse(x * 1.6 + PERIOD * t, y + 2.5) - 0.5) * 0.5 * back;
        const width = head.r * 0.98 * (1 - back) ** 0.8;
        const licks = (fine(x * 3 + 2 * PERIOD * t, y * 3.4 + 4) - 0.5) * 1.3 * back;
        const tail =
          dx > 0 ? -1 : 1 - (Math.abs(y + push) / Math.max(0.02, width)) ** 1.3 - 0.55 * back + licks;
        const value = Math.max(ball > 0 ? 0.12 + ball * 1.05 : -1, tail * 0.62);
        return value < 0.02 ? 0 : Math.min(6, 2 + Math.floor(value * 5.4));
      });
      settle(ink);
      for (const { y, phase } of sparks) {
        const life = frac(t + phase);
        disc(
          ink,
          { x: lerp(0.2, -0.95, life), y: y * (1 + 0.5 * life), r: life < 0.4 ? 0.045 : 0.01 },
          life < 0.5 ? 5 : 4,
        );
      }
    };
  },
};
