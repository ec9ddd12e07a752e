import type { EffectDrawing } from "../effect.ts";
import { paint, settle } from "../ink.ts";
import { disc, glint } from "../shapes.ts";
import { clamp01, easeOut, lerp, span } from "../timing.ts";

/** How far the blade swings, in radians. */
const SWING = 2.75;
/** Where the arc turns around, and its outer radius, in units. */
const MIDDLE = -0.52;
const REACH = 1.3;

/** A blade's crescent: it sweeps from above to below, is widest behind its tip and breaks up from its tail. */
export const slash: EffectDrawing = {
  frames: 8,
  ms: 50,
  loop: false,
  holds: [1, 0.8, 0.8, 1.4, 1.2],
  peak: 0.42,
  ramp: "steel",
  directed: true,
  plan(random, size) {
    const squash = 0.74 + 0.06 * random();
    const tilt = 0.16 * (random() - 0.5);
    const streaks = Array.from({ length: 4 }, (_, i) => ({
      at: (i + random()) / 4,
      gap: 0.06 + 0.06 * random(),
    }));
    const sparks = Array.from({ length: size < 32 ? 3 : 6 }, () => ({
      angle: lerp(0.1, 0.5, random()) * SWING,
      far: random(),
    }));
    return (ink, t) => {
      const head = lerp(-0.3, 0.5, easeOut(span(t, 0, 0.42))) * SWING;
      const tail = lerp(-0.5, 0.1, span(t, 0.45, 1)) * SWING;
      const wide = 0.56 * lerp(0.5, 1, span(t, 0, 0.3)) * (1 - 0.82 * span(t, 0.36, 0.9));
      paint(ink, (x, y) => {
        const [dx, dy] = [x - MIDDLE, y / squash];
        const angle = Math.atan2(dy, dx) - tilt;
        if (angle < tail || angle > head) return 0;
        const along = (angle - tail) / Math.max(0.2, head - tail);
        // Widest behind the tip, pointed at both ends.
        const body = wide * Math.sin(Math.PI * clamp01(along) ** 1.35) ** 0.8;
        const depth = (REACH - Math.hypot(dx, dy)) / Math.max(ink.px, body);
        if (depth < 0 || depth > 1) return 0;
        if (t > 0.5 && streaks.some(({ at, gap }) => Math.abs(along - at) < gap * span(t, 0.45, 1))) return 0;
        const value = 1 - depth * 0.95 - 0.25 * (1 - along);
        return Math.max(2, Math.min(6, 2 + Math.floor(5 * value - 0.8 * span(t, 0.6, 1))));
      });
      settle(ink);
      if (t < 0.5) {
        const tip = { x: MIDDLE + REACH * Math.cos(head + tilt), y: REACH * squash * Math.sin(head + tilt) };
        glint(ink, { ...tip, r: 0.16 }, { shade: 6, edge: 5 });
      }
      for (const { angle, far } of sparks) {
        const age = span(t, 0.4, 0.95);
        if (age <= 0 || age >= 1) continue;
        const r = REACH - 0.1 + 0.3 * far * easeOut(age);
        disc(
          ink,
          {
            x: Math.min(0.95, MIDDLE + r * Math.cos(angle + tilt)),
            y: Math.min(0.95, r * squash * Math.sin(angle + tilt)),
            r: 0.035 * (1 - age),
          },
          age < 0.6 ? 6 : 4,
        );
      }
    };
  },
};
