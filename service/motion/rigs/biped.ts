import { type Appendage, bend, findAppendages } from "./appendages.ts";
import { drawLegs, findLegs, type Leg, type Step, stride } from "./legs.ts";
import { type Raster, shift, shiftRows, stack, without } from "./raster.ts";
import { type Rig, type RigAction, type RigMotion, sine, swell, through } from "./rig.ts";
import type { Subject } from "./subject.ts";
import { fallAs, hurtAs, jumpAs } from "./whole.ts";

/** Golems, robots, chickens, dinosaurs: two legs that step in turn, arms that swing against them. */
export const biped: Rig = (subject, action) => {
  if (action === "die") return fallAs(subject);
  const legs = findLegs(subject, 2);
  if (legs.length < 2) return null;
  const body = { subject, legs, arms: findArms(subject, legs) };
  const motion = actionOf(body, action);
  return motion && action === "hurt" ? hurtAs(subject, motion) : motion;
};

interface Body {
  subject: Subject;
  legs: readonly Leg[];
  arms: readonly Appendage[];
}

function actionOf(body: Body, action: RigAction): RigMotion | null {
  if (action === "walk") return step(body, 1);
  if (action === "run") return step(body, 1.7);
  if (action === "idle" || action === "hover" || action === "hurt") return stand(body);
  if (action === "attack") return strike(body);
  return action === "jump" ? jumpAs(body.subject, tuck(body)) : null;
}

/** What sticks out of the body at the sides, above the legs: arms, wings, a tail. */
function findArms(subject: Subject, legs: readonly Leg[]): Appendage[] {
  const { box, width, height } = subject;
  const hip = Math.min(...legs.map((leg) => leg.hip));
  return findAppendages(subject, 0.55).filter(
    ({ root, tip, length }) =>
      root.y > box.top + 0.18 * height &&
      root.y < hip &&
      length >= 0.15 * Math.min(width, height) &&
      Math.abs(tip.x - (box.left + box.right) / 2) > 0.25 * width,
  );
}

interface Moves {
  steps: Step[];
  /** How far the body is below where it was drawn, and its top to the right. */
  down: number;
  lean: number;
  /** How far each arm's end is from its place. */
  arm: (arm: Appendage) => number;
}

function draw({ subject, legs, arms }: Body, moves: Moves): Raster {
  const { raster, box, height } = subject;
  const hip = Math.min(...legs.map((leg) => leg.hip));
  return drawLegs(raster, legs, {
    steps: moves.steps,
    move: (whole) => {
      const bare = without(
        whole,
        arms.map(({ mask }) => mask),
      );
      const swung = stack(bare, ...arms.map((arm) => bend(whole, arm, moves.arm(arm))));
      const leaning = shiftRows(
        swung,
        (y) => (moves.lean * Math.max(0, hip - y)) / Math.max(1, hip - box.top),
      );
      return shift(leaning, 0, Math.min(moves.down, 0.2 * height));
    },
  });
}

const sideOf = ({ box }: Subject, x: number): 1 | -1 => (x < (box.left + box.right) / 2 ? -1 : 1);

function step(body: Body, pace: number): RigMotion {
  const { subject, legs } = body;
  const { unit, view, facing } = subject;
  const longest = Math.max(...legs.map(({ hip, foot }) => foot - hip + 1));
  const reach = view === "front" ? 0 : Math.min(0.75 * longest, 0.09 * subject.height * pace);
  const lift = Math.max(1, Math.min(0.7 * longest, (view === "front" ? 2 : 1.4) * unit * pace));
  return (moment, amount) => {
    const steps = legs.map((_, i) => {
      const own = stride(moment + 0.5 * (i % 2), { reach: reach * amount, lift });
      return { swing: facing * own.swing, lift: own.lift };
    });
    const sway = sine(moment) * unit * (view === "front" ? 1 : 0.4);
    const raster = draw(body, {
      steps,
      down: -Math.max(0, Math.round(0.9 * unit * sine(2 * moment))),
      lean:
        amount *
        ((view === "front" ? 1 : 0) * sway +
          (view === "side" ? facing * unit * (swell(2 * moment) + pace - 1) : 0)),
      arm: ({ tip }) => amount * 1.6 * unit * pace * sideOf(subject, tip.x) * sine(moment),
    });
    return {
      raster,
      pose: { lift: pace > 1 ? Math.round(unit * Math.max(0, Math.abs(sine(moment)) - 0.5)) : 0 },
    };
  };
}

function stand(body: Body): RigMotion {
  const { subject, legs } = body;
  return (moment, amount) => ({
    raster: draw(body, {
      steps: legs.map(() => ({ swing: 0, lift: 0 })),
      down: Math.round(subject.unit * swell(moment)),
      lean: 0,
      arm: () => amount * 1.3 * subject.unit * sine(moment + 0.15),
    }),
    pose: {},
  });
}

/** Raises its arms, slams them down with its body, and returns. */
function strike(body: Body): RigMotion {
  const { subject, legs } = body;
  const { unit, facing } = subject;
  return (moment, amount) => {
    const raised = through([0, -3, -4, 4, 4, 2, 0], moment) * unit * amount;
    const raster = draw(body, {
      steps: legs.map(({ x }) => ({
        swing: facing * Math.max(0, raised) * (sideOf(subject, x) === facing ? 0.5 : 0),
        lift: 0,
      })),
      down: through([0, -1, -1, 2, 2, 1, 0], moment) * unit,
      lean: facing * through([0, -1.5, -2, 3, 3, 1, 0], moment) * unit * amount,
      arm: ({ tip, root }) =>
        Math.abs(tip.x - root.x) >= Math.abs(tip.y - root.y)
          ? raised
          : -sideOf(subject, tip.x) * raised * 0.6,
    });
    return { raster, pose: { dx: Math.round(facing * through([0, -1, -1, 2, 2, 1, 0], moment) * unit) } };
  };
}

function tuck(body: Body): RigMotion {
  const { subject, legs } = body;
  return (_moment, amount) => ({
    raster: draw(body, {
      steps: legs.map(() => ({ swing: 0, lift: subject.unit })),
      down: 0,
      lean: 0,
      arm: () => -2.5 * subject.unit * amount,
    }),
    pose: {},
  });
}
