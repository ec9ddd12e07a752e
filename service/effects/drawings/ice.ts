import type { EffectDrawing } from "../effect.ts";
import { type Ink, settle } from "../ink.ts";
import { disc, glint, line, oval, type Point, polygon } from "../shapes.ts";
import { easeOut, lerp, span } from "../timing.ts";

const GROUND = 0.84;

interface Shard {
  /** Radians from upright. */
  lean: number;
  foot: number;
  long: number;
  wide: number;
  late: number;
}

/** Crystals shoot out of the ground, gleam, crack and fall to pieces. */
export const iceShards: EffectDrawing = {
  frames: 13,
  ms: 70,
  loop: false,
  holds: [1, 0.7, 0.7, 1, 1.4, 1.4, 1.4],
  peak: 0.42,
  ramp: "ice",
  origin: { x: 0, y: GROUND },
  plan(random, size) {
    const count = size < 24 ? 3 : size < 48 ? 5 : 7;
    const shards: Shard[] = Array.from({ length: count }, (_, i) => {
      const side = lerp(-1, 1, i / (count - 1));
      return {
        lean: side * (0.62 + 0.12 * random()),
        foot: side * 0.34,
        long: lerp(1.62, 0.85, Math.abs(side) ** 0.8) * (0.86 + 0.16 * random()),
        wide: lerp(0.19, 0.13, Math.abs(side)) * (size < 24 ? 1.25 : 1),
        late: 0.08 * Math.abs(side) + 0.05 * random(),
      };
    }).sort((a, b) => b.long - a.long);
    const bits = Array.from({ length: size < 32 ? 6 : 12 }, () => ({
      x: (random() - 0.5) * 1.1,
      high: random() ** 0.7,
      push: 0.4 * (random() - 0.5),
      turn: random(),
    }));
    return (ink, t) => {
      const frost = Math.min(easeOut(span(t, -0.05, 0.25)), 1 - span(t, 0.82, 1));
      if (frost > 0) {
        oval(ink, { x: 0, y: GROUND, rx: 0.78 * frost, ry: 0.12 * frost }, 2);
        oval(ink, { x: 0, y: GROUND - 0.02, rx: 0.6 * frost, ry: 0.07 * frost }, 4);
      }
      if (t < 0.64) {
        for (const shard of shards) {
          // A little too far at first, then back.
          const up = easeOut(span(t, 0.08 + shard.late, 0.3 + shard.late));
          const over = 1 + 0.06 * Math.sin(Math.PI * span(t, 0.26 + shard.late, 0.42 + shard.late));
          if (up > 0.02) drawShard(ink, shard, { up: up * over, cracked: t > 0.56 });
        }
        settle(ink);
        if (t > 0.36 && t < 0.58) {
          const at = tipOf(shards[0]!, 0.72);
          glint(ink, { ...at, r: 0.2 * Math.sin(Math.PI * span(t, 0.34, 0.6)) }, { shade: 6, edge: 6 });
        }
      }
      for (const { x, high, push, turn } of bits) {
        const age = span(t, 0.62, 0.98);
        if (age <= 0 || age >= 1) continue;
        const y = GROUND - high * 1.3 * (1 - age * age) - 0.12 * age;
        const at = { x: Math.max(-0.92, Math.min(0.92, x + push * age)), y };
        splinter(ink, at, { r: 0.13 * (1 - 0.7 * age) * (0.6 + 0.6 * turn), turn: turn * 6 + 4 * age });
      }
    };
  },
};

function tipOf({ lean, foot, long }: Shard, up: number): Point {
  return { x: foot + Math.sin(lean) * long * up, y: GROUND - Math.cos(lean) * long * up };
}

function drawShard(ink: Ink, shard: Shard, { up, cracked }: { up: number; cracked: boolean }): void {
  const { lean, foot, wide } = shard;
  const tip = tipOf(shard, up);
  const shoulder = tipOf(shard, up * 0.66);
  const out = { x: Math.cos(lean), y: Math.sin(lean) };
  const beside = (point: Point, by: number): Point => ({ x: point.x + out.x * by, y: point.y + out.y * by });
  const root = { x: foot, y: GROUND };
  const rim = Math.max(0.03, ink.px);
  polygon(
    ink,
    [
      tip,
      beside(shoulder, wide + rim),
      beside(root, wide * 0.6 + rim),
      beside(root, -wide * 0.6 - rim),
      beside(shoulder, -wide - rim),
    ],
    1,
  );
  polygon(ink, [tip, beside(shoulder, wide), beside(root, wide * 0.6), root, shoulder], 3);
  polygon(ink, [tip, shoulder, root, beside(root, -wide * 0.6), beside(shoulder, -wide)], 5);
  line(ink, { a: tip, b: beside(shoulder, -wide * 0.9), from: ink.px }, 6);
  line(ink, { a: shoulder, b: root, from: ink.px }, 4);
  if (!cracked) return;
  const middle = tipOf(shard, up * 0.4);
  line(ink, { a: beside(middle, -wide), b: beside(tipOf(shard, up * 0.5), 0), from: ink.px }, 1);
  line(ink, { a: beside(tipOf(shard, up * 0.5), 0), b: beside(middle, wide), from: ink.px }, 1);
}

function splinter(ink: Ink, { x, y }: Point, { r, turn }: { r: number; turn: number }): void {
  if (r < 1.2 * ink.px) {
    disc(ink, { x, y, r }, 5);
    return;
  }
  const corner = (angle: number, far: number): Point => ({
    x: x + Math.cos(turn + angle) * r * far,
    y: y + Math.sin(turn + angle) * r * far,
  });
  polygon(ink, [corner(0, 1.3), corner(2.2, 0.8), corner(4, 0.8)], 3);
  polygon(ink, [corner(0, 1.1), corner(2.2, 0.6), corner(3.1, 0.2)], 5);
}
