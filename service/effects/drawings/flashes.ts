import type { EffectDrawing } from "../effect.ts";
import { ERASE, paint, settle } from "../ink.ts";
import { drawPuffs } from "../puffs.ts";
import { disc, glint, loop, type Point, polygon, starCorners } from "../shapes.ts";
import { easeOut, lerp, span } from "../timing.ts";

/** The blast at the mouth of a gun that fires east: a white heart, long tongues, and a wisp of smoke. */
export const muzzleFlash: EffectDrawing = {
  frames: 6,
  ms: 45,
  loop: false,
  holds: [0.8, 1, 1, 1.2, 1.5, 1.5],
  peak: 0.22,
  ramp: "blast",
  origin: { x: -0.86, y: 0 },
  directed: true,
  plan(random) {
    const tongues = [0, 0.52, -0.52, 1.15, -1.15].map((angle, i) => ({
      angle: angle + 0.16 * (random() - 0.5),
      long: (i === 0 ? 1.75 : i < 3 ? 1.15 : 0.62) * (0.9 + 0.16 * random()),
      wide: i === 0 ? 0.52 : 0.34,
    }));
    const sparks = Array.from({ length: 6 }, () => ({ angle: 1.3 * (random() - 0.5), far: 0.6 + random() }));
    const mouth = { x: -0.86, y: 0 };
    return (ink, t) => {
      const power = t < 0.12 ? 0.55 : t < 0.42 ? 1 : t < 0.62 ? 0.72 : 0;
      for (const [wide, shade] of [
        [1, 3],
        [0.72, 4],
        [0.48, 5],
        [0.26, 6],
      ] as const) {
        if (power === 0 || (t > 0.42 && shade > 4)) continue;
        for (const tongue of tongues)
          polygon(ink, tongueOf(mouth, tongue, { power: power * lerp(0.6, 1, wide), wide }), shade);
        disc(ink, { x: mouth.x + 0.16, y: 0, r: 0.3 * wide * power }, shade);
      }
      if (t > 0.42 && power > 0)
        paint(ink, (x, y) => (Math.hypot((x + 0.5) / 0.5, y / 0.16) < 1 ? ERASE : 0));
      if (t >= 0.5) {
        const age = span(t, 0.5, 1);
        drawPuffs(
          ink,
          [0, 1, 2].map((i) => ({
            x: lerp(-0.62, 0.1, age) + i * 0.34 * (0.6 + age),
            y: 0.06 * (i % 2 === 0 ? 1 : -2) - 0.16 * age,
            r: (0.2 - 0.04 * i) * lerp(1, 0.7, age),
            hole: 0.85 * age,
          })),
          [1, 2, 2],
        );
      }
      settle(ink);
      for (const { angle, far } of sparks) {
        const age = span(t, 0.1, 0.95);
        if (age <= 0 || age >= 1) continue;
        const r = 0.25 + far * easeOut(age);
        const x = mouth.x + r * Math.cos(angle);
        disc(ink, { x: Math.min(0.95, x), y: r * Math.sin(angle), r: 0.04 * (1 - age) }, age < 0.5 ? 6 : 4);
      }
    };
  },
};

function tongueOf(
  mouth: Point,
  { angle, long, wide }: { angle: number; long: number; wide: number },
  { power, wide: share }: { power: number; wide: number },
): Point[] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const at = (along: number, across: number): Point => ({
    x: mouth.x + along * cos - across * sin,
    y: mouth.y + along * sin + across * cos,
  });
  const half = (wide * share * power) / 2;
  const reach = long * power;
  return [at(0, 0), at(reach * 0.3, half), at(reach, 0), at(reach * 0.3, -half)];
}

/** A blow lands: a star of long and short rays that empties from its middle and flies apart. */
export const hitSpark: EffectDrawing = {
  frames: 7,
  ms: 50,
  loop: false,
  holds: [0.8, 1, 1.4],
  peak: 0.3,
  ramp: "gold",
  plan(random, size) {
    const tilt = random() * 0.8;
    const rays = Array.from({ length: 8 }, (_, i) => ({
      angle: tilt + (Math.PI * i) / 4 + 0.14 * (random() - 0.5),
      long: (i % 2 === 0 ? 0.97 : 0.62) * (0.86 + 0.12 * random()),
    }));
    const sparks = Array.from({ length: size < 32 ? 3 : 6 }, () => ({
      angle: 6.3 * random(),
      far: 0.6 + 0.34 * random(),
    }));
    return (ink, t) => {
      const grown = easeOut(span(t, -0.12, 0.32));
      const gone = span(t, 0.4, 1);
      const spike = (
        angle: number,
        long: number,
        { from, wide }: { from: number; wide: number },
      ): Point[] => {
        const at = (r: number, across: number): Point => ({
          x: r * Math.cos(angle) - across * Math.sin(angle),
          y: r * Math.sin(angle) + across * Math.cos(angle),
        });
        const thick = lerp(from, long, 0.24);
        return [at(from, 0), at(thick, wide), at(long, 0), at(thick, -wide)];
      };
      const passes = [
        [1, 3],
        [0.8, 4],
        [0.58, 5],
        [0.4, 6],
      ] as const;
      for (const [share, shade] of passes) {
        if (gone > 0.45 && shade > 5) continue;
        for (const { angle, long } of rays) {
          const from = gone * 0.9 * long;
          const reach = lerp(from, long * grown, lerp(0.7, 1, share));
          polygon(ink, spike(angle, reach, { from, wide: 0.15 * share * (1 - 0.7 * gone) }), shade);
        }
        if (gone === 0) disc(ink, { x: 0, y: 0, r: 0.42 * share * grown }, shade);
      }
      if (gone > 0 && gone < 0.6)
        loop(ink, { x: 0, y: 0, rx: 0.4 + 0.4 * gone, ry: 0.4 + 0.4 * gone, width: 0.1 * (1 - gone) }, 4);
      settle(ink);
      if (t < 0.1) glint(ink, { x: 0, y: 0, r: 0.5 }, { shade: 6, edge: 5 });
      for (const { angle, far } of sparks) {
        const age = span(t, 0.25, 0.98);
        if (age <= 0 || age >= 1) continue;
        const r = far * easeOut(age);
        const at = { x: r * Math.cos(angle), y: r * Math.sin(angle) + 0.1 * age };
        if (size >= 48 && age < 0.6) glint(ink, { ...at, r: 0.08 }, { shade: 6, edge: 5 });
        else disc(ink, { ...at, r: 0.03 * (1 - age) }, age < 0.6 ? 6 : 4);
      }
    };
  },
};

/** A ring that runs outward from a blow, thick at first, and tears. */
export const shockwave: EffectDrawing = {
  frames: 9,
  ms: 60,
  loop: false,
  holds: [0.8, 0.8, 1],
  peak: 0.36,
  ramp: "electric",
  plan(random) {
    const tears = 5 + Math.floor(3 * random());
    const tilt = 6.3 * random();
    return (ink, t) => {
      const r = lerp(0.2, 0.97, easeOut(span(t, -0.05, 0.9)));
      const width = lerp(0.42, 0.03, easeOut(span(t, 0, 0.9)));
      const torn = span(t, 0.45, 1);
      const ringShade = (shade: number) => (angle: number) =>
        torn > 0 && Math.sin(tears * angle + tilt + 2 * torn) > 1 - 1.9 * torn ? 0 : shade;
      loop(ink, { x: 0, y: 0, rx: r, ry: r, width }, ringShade(3));
      loop(ink, { x: 0, y: 0, rx: r, ry: r, width: width * 0.66 }, ringShade(4));
      loop(
        ink,
        { x: 0, y: 0, rx: r - width * 0.12, ry: r - width * 0.12, width: width * 0.3 },
        ringShade(t < 0.6 ? 6 : 5),
      );
      if (t > 0.25) {
        const inner = lerp(0.1, 0.66, easeOut(span(t, 0.25, 1)));
        loop(ink, { x: 0, y: 0, rx: inner, ry: inner, width: 0.1 * (1 - torn) }, ringShade(t < 0.7 ? 3 : 2));
      }
      settle(ink);
      if (t < 0.16)
        polygon(ink, starCorners({ x: 0, y: 0, r: 0.5 }, { points: 8, dent: 0.5, turn: tilt }), 6);
    };
  },
};
