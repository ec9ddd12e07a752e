import type { EffectDrawing } from "../effect.ts";
import { paint, settle } from "../ink.ts";
import { glint, loop } from "../shapes.ts";
import { frac, wave } from "../timing.ts";

/** Cells of the comb across the shield, and its edge in units. */
const COMB = 0.34;
const R = 0.94;

/** A dome of energy: a bright rim, a comb that lights up where a gleam passes, and air inside. */
export const shield: EffectDrawing = {
  frames: 12,
  ms: 90,
  loop: true,
  peak: 0.25,
  ramp: "electric",
  plan(random, size) {
    const slope = 0.5 + 0.6 * random();
    const comb = size < 32 ? 0 : size < 64 ? COMB * 1.25 : COMB;
    return (ink, t) => {
      const sweep = -1.5 + 3 * frac(t);
      paint(ink, (x, y) => {
        const d = Math.hypot(x, y) / R;
        if (d > 1) return 0;
        const gleam = Math.abs((x + slope * y) / Math.hypot(1, slope) - sweep * 0.75);
        if (comb > 0 && d < 0.93) {
          // The comb bends away toward the rim, as on a ball.
          const bulge = Math.asin(d) / Math.max(0.01, d) / 1.25;
          const isWall =
            hexEdge((x * bulge) / comb, (y * bulge) / comb) < Math.max(0.09, (0.8 * ink.px) / comb);
          if (isWall && gleam < 0.26) return gleam < 0.13 ? 6 : 5;
          if (isWall && d > 0.56) return d > 0.8 ? 3 : 2;
        } else if (gleam < 0.12 && d < 0.84) return 5;
        return 0;
      });
      settle(ink);
      loop(ink, { x: 0, y: 0, rx: R, ry: R, width: 0.12 }, 3);
      loop(ink, { x: 0, y: 0, rx: R, ry: R, width: 0.07 }, (angle) => rimShade(angle, t));
      loop(ink, { x: 0, y: 0, rx: R * 0.8, ry: R * 0.8, width: 0.06 }, (angle) =>
        angle < -1.9 && angle > -2.7 ? 6 : 0,
      );
      glint(ink, { x: R * 0.66, y: -R * 0.6, r: 0.13 + 0.05 * wave(t) }, { shade: 6, edge: 5 });
    };
  },
};

function rimShade(angle: number, t: number): number {
  const lit = Math.cos(angle + 2.2) + 0.35 * wave(t + angle / (2 * Math.PI));
  return lit > 0.55 ? 6 : lit > -0.35 ? 5 : 4;
}

/** Distance to the nearest wall of a honeycomb with cells 1 wide. */
function hexEdge(x: number, y: number): number {
  const tall = Math.sqrt(3);
  const [ax, ay] = [frac(x) - 0.5, (frac(y / tall) - 0.5) * tall];
  const [bx, by] = [frac(x + 0.5) - 0.5, (frac(y / tall + 0.5) - 0.5) * tall];
  const [cx, cy] = ax * ax + ay * ay < bx * bx + by * by ? [ax, ay] : [bx, by];
  return 0.5 - Math.max(Math.abs(cx), Math.abs(cx) * 0.5 + Math.abs(cy) * (tall / 2));
}
