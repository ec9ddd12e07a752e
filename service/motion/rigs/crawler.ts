import { type Appendage, bend, findAppendages } from "./appendages.ts";
import { type Raster, shift, stack, without } from "./raster.ts";
import { type Rig, type RigMotion, sine, swell, through } from "./rig.ts";
import type { Subject } from "./subject.ts";
import { fallAs, hurtAs, jumpAs } from "./whole.ts";

/** Spiders, crabs, insects: many legs around a body, every other one of which steps at a time. */
export const crawler: Rig = (subject, action) => {
  if (action === "die") return fallAs(subject);
  const limbs = findLimbs(subject);
  if (limbs.length < 3) return null;
  const bug = { subject, limbs };
  if (action === "walk" || action === "run") return scuttle(bug, action === "run" ? 1.5 : 1);
  if (action === "attack") return pounce(bug);
  if (action === "hurt") return hurtAs(subject, twitch(bug));
  if (action === "jump") return jumpAs(subject, twitch(bug));
  return action === "idle" || action === "hover" ? twitch(bug) : null;
};

interface Bug {
  subject: Subject;
  /** Left and right, each from the top, one after the other. */
  limbs: readonly (Appendage & { group: 0 | 1; side: 1 | -1; isClaw: boolean })[];
}

/** A limb above this share of the height, and larger than most, is a claw. */
const CLAW = 0.35;

function findLimbs(subject: Subject): Bug["limbs"] {
  const { box, width, height } = subject;
  const middle = (box.left + box.right) / 2;
  const found = [0.5, 0.65, 0.8]
    .map((thin) =>
      findAppendages(subject, thin).filter(({ length }) => length >= 0.1 * Math.min(width, height)),
    )
    .reduce((most, one) => (one.length > most.length ? one : most));
  const areas = found.map(({ area }) => area).sort((one, other) => one - other);
  const usual = areas[Math.floor(areas.length / 2)] ?? 0;
  return ([-1, 1] as const).flatMap((side) =>
    found
      .filter(({ tip }) => (tip.x < middle ? -1 : 1) === side)
      .sort((one, other) => one.root.y - other.root.y)
      .map((limb, i) => ({
        ...limb,
        side,
        group: ((i + (side > 0 ? 1 : 0)) % 2) as 0 | 1,
        isClaw: limb.tip.y < box.top + CLAW * height && limb.area > 1.3 * usual,
      })),
  );
}

function draw({ subject, limbs }: Bug, by: (limb: Bug["limbs"][number]) => number, down: number): Raster {
  const { raster } = subject;
  const bare = without(
    raster,
    limbs.map(({ mask }) => mask),
  );
  return stack(
    ...limbs.map((limb) => shift(bend(raster, limb, by(limb)), 0, isHigh(subject, limb) ? down : 0)),
    shift(bare, 0, down),
  );
}

/** Grows from the upper half of the body, and so moves up and down with it. */
const isHigh = ({ box }: Subject, { root }: Appendage) => root.y < (box.top + box.bottom) / 2;

const isFlat = ({ tip, root }: Appendage) => Math.abs(tip.x - root.x) >= Math.abs(tip.y - root.y);

function scuttle(bug: Bug, pace: number): RigMotion {
  const { unit } = bug.subject;
  return (moment, amount) => {
    const far = 1.8 * unit * pace * amount;
    const raster = draw(
      bug,
      (limb) => {
        if (limb.isClaw) return 0.7 * far * sine(moment);
        const own = sine(moment + 0.5 * limb.group);
        return isFlat(limb) ? far * own : far * own * (limb.side > 0 ? 1 : -1);
      },
      Math.round(amount * 0.8 * unit * (sine(2 * moment) < -0.3 ? -1 : 0)),
    );
    return { raster, pose: {} };
  };
}

function twitch(bug: Bug): RigMotion {
  const { unit } = bug.subject;
  return (moment, amount) => ({
    raster: draw(
      bug,
      (limb) =>
        amount *
        1.3 *
        unit *
        (limb.isClaw ? -1 : 0.8) *
        sine(moment + 0.25 * limb.group) *
        (isFlat(limb) ? 1 : limb.side),
      Math.round(amount * unit * swell(moment)),
    ),
    pose: {},
  });
}

/** Rears up with its claws or front legs, strikes and returns. */
function pounce(bug: Bug): RigMotion {
  const { subject } = bug;
  const { unit, box, height, facing, view } = subject;
  return (moment, amount) => {
    const raised = through([0, -2.5, -3, 3, 3, 1, 0], moment) * unit * amount;
    const raster = draw(
      bug,
      (limb) => {
        const isFront = limb.isClaw || limb.root.y < box.top + 0.45 * height;
        return (isFront ? raised : -0.4 * raised) * (isFlat(limb) ? 1 : -limb.side);
      },
      Math.round(amount * through([0, 1, 1, -1, -1, 0, 0], moment) * unit),
    );
    const lunge = Math.round(through([0, -1, -2, 3, 3, 1, 0], moment) * unit);
    return { raster, pose: view === "side" ? { dx: facing * lunge } : { lift: Math.max(0, lunge) } };
  };
}
