import type { EffectDrawing } from "../effect.ts";
import { type Ink, settle } from "../ink.ts";
import { disc, line, loop, oval, type Point, polygon } from "../shapes.ts";
import { arch, easeOut, lerp, span } from "../timing.ts";

/** Height of the surface, in units. */
const SURFACE = 0.72;

/** Something falls into water: a crown of jets rises, breaks into drops, and rings run outward. */
export const splash: EffectDrawing = {
  frames: 12,
  ms: 70,
  loop: false,
  holds: [0.8, 0.8, 1, 1.2, 1.2],
  peak: 0.36,
  ramp: "water",
  origin: { x: 0, y: SURFACE },
  plan(random, size) {
    const count = size < 48 ? 3 : 5;
    const jets = Array.from({ length: count }, (_, i) => {
      const side = lerp(-1, 1, i / (count - 1));
      return {
        side,
        high: lerp(1.25, 0.8, Math.abs(side)) * (0.85 + 0.25 * random()),
        far: side * (0.72 + 0.12 * random()),
      };
    });
    const drops = Array.from({ length: 2 * count + 1 }, (_, i) => {
      const side = lerp(-1, 1, i / (2 * count));
      return {
        far: side * (0.66 + 0.2 * random()),
        high: lerp(1.45, 0.75, Math.abs(side)) * (0.75 + 0.3 * random()),
        late: 0.08 * random(),
        r: 0.05 + 0.05 * random(),
      };
    });
    return (ink, t) => {
      const ring = easeOut(span(t, 0.02, 1));
      ripple(ink, lerp(0.15, 0.94, ring), t < 0.6 ? 4 : 3, t > 0.7);
      if (t > 0.3) ripple(ink, lerp(0.1, 0.62, easeOut(span(t, 0.3, 1))), t < 0.8 ? 5 : 3, t > 0.85);
      drawCrown(ink, jets, t);
      settle(ink);
      for (const { far, high, late, r } of drops) {
        const age = span(t - late, 0.22, 0.86);
        if (age <= 0 || age >= 1) continue;
        const x = far * lerp(0.5, 1.12, age);
        const y = SURFACE - high * arch(0.25 + age * 0.75) * 1.02;
        const round = r * lerp(1, 0.6, age);
        disc(ink, { x, y, r: round }, 4);
        disc(ink, { x: x - round * 0.25, y: y - round * 0.3, r: round * 0.5 }, 6);
      }
    };
  },
};

function ripple(ink: Ink, rx: number, shade: number, broken: boolean): void {
  loop(ink, { x: 0, y: SURFACE, rx, ry: rx * 0.26, width: 0.045 }, (angle) =>
    broken && Math.sin(5 * angle) > 0.1 ? 0 : Math.sin(angle) < -0.2 ? shade + 1 : shade,
  );
}

interface Jet {
  side: number;
  high: number;
  far: number;
}

/** Draws the crown: a wall of water that opens upward and ends in tips, the far side of it darker. */
function drawCrown(ink: Ink, jets: readonly Jet[], t: number): void {
  const up = arch(span(t, -0.04, 0.66));
  if (up < 0.08 || t > 0.64) return;
  const wall = (grow: { wide: number; high: number }): Point[] => {
    const rim = jets.flatMap(({ side, far, high }, i): Point[] => {
      const tip = { x: far * lerp(0.62, 0.98, up) * grow.wide, y: SURFACE - high * up * grow.high };
      const next = jets[i + 1];
      if (!next) return [tip];
      const x = ((side + next.side) / 2) * lerp(0.4, 0.6, up) * grow.wide;
      return [tip, { x, y: SURFACE - lerp(0.42, 0.3, Math.abs(side + next.side) / 2) * up * grow.high }];
    });
    return [{ x: -0.4 * grow.wide, y: SURFACE + 0.02 }, ...rim, { x: 0.4 * grow.wide, y: SURFACE + 0.02 }];
  };
  oval(ink, { x: 0, y: SURFACE, rx: 0.5, ry: 0.16 * up + 0.02 }, 2);
  polygon(ink, wall({ wide: 1.06, high: 1.08 }), 2);
  polygon(ink, wall({ wide: 0.98, high: 1 }), 4);
  polygon(ink, wall({ wide: 0.8, high: 0.72 }), 3);
  oval(ink, { x: 0, y: SURFACE, rx: 0.4, ry: 0.1 * up + 0.02 }, 3);
  for (const { far, high, side } of jets) {
    const tip = { x: far * lerp(0.62, 0.98, up), y: SURFACE - high * up };
    const foot = { x: lerp(tip.x, side * 0.36, 0.45) - 0.02, y: lerp(tip.y, SURFACE, 0.42) };
    line(ink, { a: { x: tip.x, y: tip.y + 0.06 }, b: foot, from: 0.05 }, 6);
  }
}
