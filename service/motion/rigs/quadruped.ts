import type { Pose } from "../pose.ts";
import { type Appendage, bend, findAppendages } from "./appendages.ts";
import { drawLegs, findLegs, type Leg, type Step, stride } from "./legs.ts";
import { type Raster, shiftColumns, stack, without } from "./raster.ts";
import { type Rig, type RigAction, type RigMotion, sine, swell, through } from "./rig.ts";
import type { Subject } from "./subject.ts";
import { fallAs, hurtAs, jumpAs } from "./whole.ts";

/** Wolves, horses, cats: four legs seen from the side, in diagonal pairs at a walk, gathered and stretched at a run. */
export const quadruped: Rig = (subject, action, miss) => {
  if (action === "die") return fallAs(subject);
  const found = findLegs(subject);
  // Without legs to step with, the trunk rocks alone.
  const legs = found.length < 2 ? [] : found;
  if (legs.length === 0) miss("legs");
  const beast = { subject, legs, tail: findTail(subject) };
  const motion = actionOf(beast, action);
  return motion && action === "hurt" ? hurtAs(subject, motion) : motion;
};

/** A beast and its parts. */
interface Beast {
  subject: Subject;
  legs: readonly Leg[];
  tail: Appendage | null;
}

function actionOf(beast: Beast, action: RigAction): RigMotion | null {
  if (action === "walk") return walk(beast);
  if (action === "run") return run(beast);
  if (action === "idle" || action === "hover" || action === "hurt") return stand(beast);
  if (action === "attack") return bite(beast);
  return action === "jump" ? jumpAs(beast.subject, leap(beast)) : null;
}

function findTail(subject: Subject): Appendage | null {
  const { box, width, height, facing } = subject;
  const behind = (x: number) => (facing > 0 ? x - box.left : box.right - x) / width;
  const tails = findAppendages(subject, 0.55).filter(
    ({ tip, root, length }) =>
      behind(tip.x) < 0.3 &&
      behind(root.x) < 0.42 &&
      root.y < box.top + 0.75 * height &&
      length >= 0.14 * width,
  );
  return tails.reduce<Appendage | null>(
    (most, one) => (most && most.length >= one.length ? most : one),
    null,
  );
}

/** What a beast does at a moment. */
interface Moves {
  steps: Step[];
  /** How far the rump and the head are below where they were drawn, and the tail's tip from its place. */
  rump: number;
  head: number;
  tail: number;
  /** How far the head is stretched forward. */
  neck?: number;
}

function draw({ subject, legs, tail }: Beast, moves: Moves): Raster {
  const { raster, box, width, facing } = subject;
  const place = (x: number) => {
    const part = Math.max(0, Math.min(1, (x - box.left) / width));
    return facing > 0 ? part : 1 - part;
  };
  const tilt = (layer: Raster) =>
    shiftColumns(layer, (x) => moves.rump + (moves.head - moves.rump) * ease(place(x)));
  return drawLegs(raster, legs, {
    steps: moves.steps,
    move: (body) => {
      const bare = tail ? without(body, [tail.mask]) : body;
      const wagged = tail ? stack(bend(raster, tail, moves.tail), bare) : bare;
      return stretchNeck(tilt(wagged), subject, moves.neck ?? 0);
    },
  });
}

/** The head and the neck move, the rump moves, the trunk between them little by little. */
const ease = (part: number): number => Math.max(0, Math.min(1, (part - 0.3) / 0.4));

/** Moves the head forward; the column at the neck is repeated in the gap. */
function stretchNeck(layer: Raster, { box, width, facing }: Subject, by: number): Raster {
  const far = Math.round(by);
  if (far <= 0) return layer;
  const neck = Math.round(facing > 0 ? box.left + 0.66 * width : box.right - 0.66 * width);
  const source = (x: number) => {
    const past = facing * (x - neck);
    return past <= 0 ? x : x - facing * Math.min(far, past);
  };
  const { width: w, height: h, pixels } = layer;
  const moved = new Uint32Array(pixels.length);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) moved[y * w + x] = pixels[y * w + Math.max(0, Math.min(w - 1, source(x)))]!;
  return { ...layer, pixels: moved };
}

/** Phases of the legs: the front pair and the hind pair each alternate, diagonally opposite ones together. */
function phases({ subject, legs }: Beast): number[] {
  const middle = (subject.box.left + subject.box.right) / 2;
  const counts = { left: 0, right: 0 };
  return legs.map(({ x }) => {
    const side = x < middle ? "left" : "right";
    const nth = counts[side]++;
    return (side === "left" ? 0 : 0.5) + 0.5 * nth;
  });
}

function reachOf({ legs, subject }: Beast, share: number): number {
  const longest = Math.max(1, ...legs.map(({ hip, foot }) => foot - hip + 1));
  return Math.max(1, Math.min(share * subject.height, 0.75 * longest + 0.5));
}

function walk(beast: Beast): RigMotion {
  const { subject } = beast;
  const phase = phases(beast);
  const reach = reachOf(beast, 0.1);
  const lift = Math.max(1, reach * 0.7);
  return (moment, amount) => {
    const steps = phase.map((p) => {
      const step = stride(moment + p, { reach: amount * reach, lift });
      return { swing: subject.facing * step.swing, lift: step.lift };
    });
    const bob = -Math.round(0.9 * Math.max(0, sine(2 * moment + 0.1)));
    const raster = draw(beast, {
      steps,
      rump: bob,
      head: amount * subject.unit * sine(2 * moment + 0.25) * 0.8,
      tail: amount * 2 * subject.unit * sine(moment),
    });
    return { raster, pose: beast.legs.length > 0 ? {} : hopping(subject, moment) };
  };
}

/** What moves without visible legs goes in small hops. */
function hopping({ unit }: Subject, moment: number): Partial<Pose> {
  return { lift: Math.round(1.2 * unit * Math.abs(sine(moment))) };
}

function run(beast: Beast): RigMotion {
  const { subject, legs } = beast;
  const middle = (subject.box.left + subject.box.right) / 2;
  const reach = reachOf(beast, 0.17);
  return (moment, amount) => {
    const stretch = sine(moment);
    const steps = legs.map(({ x }, i) => {
      const isFront = subject.facing * (x - middle) > 0;
      const own = sine(moment + (i % 2) * 0.09);
      return {
        swing: subject.facing * (isFront ? 1 : -1) * reach * own * amount,
        lift: Math.max(0, -own) * reach * 0.4,
      };
    });
    const rock = amount * subject.unit * 1.1 * sine(moment + 0.25);
    const raster = draw(beast, {
      steps,
      rump: -rock,
      head: rock,
      tail: amount * 2.4 * subject.unit * sine(moment + 0.4),
    });
    return { raster, pose: { lift: Math.round(subject.unit * Math.max(0, 1.6 * stretch - 0.3)) } };
  };
}

function stand(beast: Beast): RigMotion {
  const { subject, legs } = beast;
  return (moment, amount) => ({
    raster: draw(beast, {
      steps: legs.map(() => ({ swing: 0, lift: 0 })),
      rump: 0,
      head: amount * subject.unit * swell(moment),
      tail: amount * 2.4 * subject.unit * sine(moment),
    }),
    pose: {},
  });
}

/** Crouches back, springs forward with its head out, and returns. */
function bite(beast: Beast): RigMotion {
  const { subject, legs } = beast;
  const { unit, facing } = subject;
  const middle = (subject.box.left + subject.box.right) / 2;
  return (moment, amount) => {
    const out = through([0, -0.6, -1, 1, 1, 0.5, 0], moment) * amount;
    const steps = legs.map(({ x }) => {
      const isFront = facing * (x - middle) > 0;
      return {
        swing: facing * out * unit * (isFront ? 2 : -1.5),
        lift: isFront ? Math.max(0, out) * 2 * unit * (moment < 0.6 ? 1 : 0) : 0,
      };
    });
    const raster = draw(beast, {
      steps,
      rump: through([0, 0, 1, 0, 0, 0, 0], moment) * unit * amount,
      head: through([0, 1, 2, -2, 0, 1, 0], moment) * unit * amount,
      neck: Math.max(0, out) * 2 * unit,
      tail: -out * 2 * unit,
    });
    const dx = facing * through([0, -1, -2, 2, 2.5, 1, 0], moment) * unit;
    return { raster, pose: { dx: Math.round(dx) } };
  };
}

/** Legs as in flight: the front ones ahead, the hind ones behind. */
function leap(beast: Beast): RigMotion {
  const { subject, legs } = beast;
  const middle = (subject.box.left + subject.box.right) / 2;
  const reach = reachOf(beast, 0.16);
  return (moment, amount) => {
    const rise = moment < 0.5 ? -1 : 1;
    const raster = draw(beast, {
      steps: legs.map(({ x }) => ({
        swing: (x - middle > 0 ? 1 : -1) * reach * amount,
        lift: 0.4 * reach,
      })),
      rump: (-rise * subject.unit * amount) / 2,
      head: rise * subject.unit * amount,
      tail: -2 * subject.unit * amount,
    });
    return { raster, pose: {} };
  };
}
