import type { EffectDrawing } from "../effect.ts";
import { paint, settle } from "../ink.ts";
import { createNoise } from "../noise.ts";
import { disc, glint } from "../shapes.ts";
import { frac, lerp, wave } from "../timing.ts";

/** A standing gate: arms of light spiral into a dark middle, and its rim burns. */
export const portal: EffectDrawing = {
  frames: 14,
  ms: 80,
  loop: true,
  peak: 0,
  ramp: "arcane",
  plan(random, size) {
    const arms = size < 24 ? 2 : 3;
    const noise = createNoise(random, 8);
    const motes = Array.from({ length: size < 32 ? 3 : 7 }, () => ({ phase: random(), angle: random() }));
    return (ink, t) => {
      paint(ink, (x, y) => {
        const d = Math.hypot(x / 0.66, y / 0.88);
        const angle = Math.atan2(y / 0.88, x / 0.66) / (2 * Math.PI);
        const rim =
          0.9 + 0.1 * (noise(8 * angle + 8, 8 * t) - 0.2) + 0.03 * Math.sin(2 * Math.PI * (5 * angle - t));
        if (d > rim) return 0;
        if (d > rim - 0.13) return d > rim - 0.05 ? 4 : 6;
        if (d > rim - 0.2) return 5;
        const twist = frac(arms * angle - 1.1 * Math.log(d + 0.12) - t);
        const bright = Math.abs(twist - 0.5) * 2;
        const deep = d < 0.2 ? 1 : 0;
        if (bright > 0.74) return Math.max(1, (d > 0.5 ? 4 : 3) - deep);
        return bright > 0.42 ? (d > 0.34 ? 2 : 1) : d > 0.62 ? 2 : 1;
      });
      settle(ink);
      for (const { phase, angle } of motes) {
        const life = frac(t + phase);
        const r = lerp(1.0, 0.15, life);
        const turn = 2 * Math.PI * (angle + 0.4 * life);
        const at = { x: Math.min(0.95, r * 0.8 * Math.cos(turn)), y: 0.95 * r * Math.sin(turn) };
        if (size >= 48 && life < 0.3) glint(ink, { ...at, r: 0.08 }, { shade: 6, edge: 5 });
        else disc(ink, { ...at, r: 0.02 + 0.012 * wave(t) }, 6);
      }
    };
  },
};
