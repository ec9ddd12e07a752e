import type { EffectDrawing } from "../effect.ts";
import type { Ink } from "../ink.ts";
import { type Circle, disc, glint, line, polygon, starCorners } from "../shapes.ts";
import { arch, easeOut, frac, lerp, span, wave } from "../timing.ts";

/** A five-pointed star with a dark rim and a bright heart. */
function star(ink: Ink, { x, y, r }: Circle, { turn, bright = 0 }: { turn: number; bright?: number }): void {
  if (r < 1.3 * ink.px) {
    disc(ink, { x, y, r }, 4);
    return;
  }
  if (r < 3.2 * ink.px) {
    glint(ink, { x, y, r }, { shade: 5, edge: 4 });
    return;
  }
  const draw = (size: number, shade: number): void =>
    polygon(ink, starCorners({ x, y, r: size }, { points: 5, dent: 0.46, turn }), shade);
  draw(r, 2);
  draw(r - 1.5 * ink.px, 4 + bright);
  draw((r - 1.5 * ink.px) * 0.55, 6);
}

/** Stars that a blow knocks out: they fly up, spin and shrink. */
export const hitStars: EffectDrawing = {
  frames: 10,
  ms: 70,
  loop: false,
  holds: [0.8, 0.8, 1],
  peak: 0.45,
  ramp: "gold",
  plan(random, size) {
    const count = size < 24 ? 3 : 5;
    const start = random();
    const all = Array.from({ length: count }, (_, i) => ({
      angle: 2 * Math.PI * ((i + 0.3 * random()) / count + start),
      far: 0.62 + 0.1 * random(),
      r: (size < 48 ? 0.28 : 0.2) + 0.06 * random(),
      spin: random() < 0.5 ? -1 : 1,
    }));
    return (ink, t) => {
      if (t < 0.3) {
        const burst = { points: 8, dent: 0.5, turn: start };
        const r = 0.62 * arch(span(t, -0.12, 0.36));
        polygon(ink, starCorners({ x: 0, y: 0, r }, burst), 5);
        polygon(ink, starCorners({ x: 0, y: 0, r: r * 0.62 }, burst), 6);
      }
      for (const { angle, far, r, spin } of all) {
        const age = span(t, 0.08, 1);
        if (age <= 0 || age >= 1) continue;
        const out = far * easeOut(age);
        const at = {
          x: out * Math.cos(angle),
          y: out * Math.sin(angle) - 0.12 * arch(age) + 0.12 * age * age,
        };
        if (age < 0.5) {
          const back = out - 0.3 * (1 - age);
          line(ink, { a: { x: back * Math.cos(angle), y: back * Math.sin(angle) }, b: at, from: 0.05 }, 3);
        }
        star(
          ink,
          { ...at, r: r * Math.min(1, 3 * age) * (1 - 0.85 * span(age, 0.6, 1)) },
          { turn: spin * 3 * age },
        );
      }
    };
  },
};

/** Stars that circle a dizzy head: the near ones pass in front, larger and brighter. */
export const stun: EffectDrawing = {
  frames: 12,
  ms: 80,
  loop: true,
  peak: 0,
  ramp: "gold",
  plan(random, size) {
    const count = size < 48 ? 3 : 4;
    const start = random();
    const large = size < 48 ? 1.35 : 1;
    return (ink, t) => {
      const around = Array.from({ length: count }, (_, i) => {
        const angle = 2 * Math.PI * ((i + t) / count + start);
        return { angle, near: Math.sin(angle) };
      }).sort((a, b) => a.near - b.near);
      for (const { angle, near } of around) {
        // A short trail, as in a cartoon.
        for (let k = 1; k <= 3; k++) {
          const back = angle - 0.17 * k - 0.1;
          disc(
            ink,
            { x: 0.7 * Math.cos(back), y: 0.3 * Math.sin(back), r: 0.05 - 0.012 * k },
            near > 0 ? 4 : 3,
          );
        }
      }
      for (const { angle, near } of around) {
        const at = {
          x: 0.7 * Math.cos(angle),
          y: 0.3 * Math.sin(angle),
          r: large * lerp(0.18, 0.27, (near + 1) / 2),
        };
        star(ink, at, { turn: 0.25 * wave(t), bright: near > 0 ? 1 : 0 });
      }
    };
  },
};

/** Glints that flare and die, each in its own time. */
export const sparkle: EffectDrawing = {
  frames: 12,
  ms: 80,
  loop: true,
  peak: 0.25,
  ramp: "gold",
  plan(random, size) {
    const count = size < 24 ? 3 : size < 48 ? 5 : 7;
    const spots = Array.from({ length: count }, (_, i) => {
      const angle = 2.4 * i + 0.5 * random();
      const far = i === 0 ? 0 : 0.36 + 0.3 * Math.sqrt(i / count) * (0.8 + 0.3 * random());
      return {
        x: far * Math.cos(angle) + 0.06,
        y: far * Math.sin(angle) - 0.04,
        r: (i === 0 ? 0.62 : 0.3 + 0.14 * random()) * (size < 24 ? 0.9 : 1),
        phase: frac(i * 0.382 + 0.25),
        long: 0.55 + 0.25 * random(),
      };
    });
    return (ink, t) => {
      for (const { x, y, r, phase, long } of spots) {
        const life = frac(t + phase) / long;
        if (life >= 1) continue;
        const reach = r * arch(life) ** 1.3;
        const limit = Math.min(reach, 0.94 - Math.max(Math.abs(x), Math.abs(y)));
        glint(ink, { x, y, r: limit }, twinkleAt(life));
        // A diagonal cross at the height of a large one.
        if (arch(life) > 0.9 && limit > 8 * ink.px) {
          const d = limit * 0.34;
          for (const [i, j] of [
            [-1, -1],
            [1, -1],
            [-1, 1],
            [1, 1],
          ] as const)
            disc(ink, { x: x + i * d, y: y + j * d, r: 0.6 * ink.px }, 4);
        }
      }
    };
  },
};

/** Shades of a glint over its life: it changes in each frame, even where its size cannot. */
function twinkleAt(life: number): { shade: number; edge: number } {
  if (life < 0.22) return { shade: 6, edge: 4 };
  if (life < 0.42) return { shade: 6, edge: 5 };
  return life < 0.62 ? { shade: 6, edge: 4 } : life < 0.8 ? { shade: 5, edge: 4 } : { shade: 5, edge: 3 };
}
