import { type Appendage, bend, findAppendages } from "./appendages.ts";
import { biped } from "./biped.ts";
import { findLegs } from "./legs.ts";
import { quadruped } from "./quadruped.ts";
import { type Rig, type RigAction, type RigMotion, sine, through } from "./rig.ts";
import { cut, type Mask, type Raster, remap, shiftColumns, stack, without } from "./raster.ts";
import type { Subject } from "./subject.ts";
import { fallAs, hurtAs } from "./whole.ts";

/**
 * Bats, birds, butterflies, dragons: wings beat at the shoulder. Spread wings of a front view swing up and down, or fold
 * (a butterfly's, which are higher than wide); those of a side view beat above the back. What stands with its wings
 * closed walks on its legs.
 */
export const flyer: Rig = (subject, action) => {
  if (action === "die") return fallAs(subject);
  const wings = subject.view === "front" ? spreadWings(subject) : raisedWings(subject);
  if (!wings) {
    const standing = findLegs(subject, 2).length >= 2 && action !== "hover";
    return standing ? (biped(subject, action) ?? quadruped(subject, action)) : null;
  }
  return actionOf(subject, wings, action);
};

/** Draws the wings at a beat: 1 = all the way up, -1 = down. */
type Wings = (beat: number, amount: number) => Raster;

function actionOf(subject: Subject, wings: Wings, action: RigAction): RigMotion | null {
  const { unit, facing } = subject;
  const fly = (beats: number, drift: number): RigMotion => {
    return (moment, amount) => {
      const beat = sine(beats * moment + 0.25);
      const up = unit * (0.8 + 0.8 * sine(beats * moment - 0.05));
      return {
        raster: wings(beat, amount),
        pose: { lift: Math.round(up), lean: Math.round(facing * drift * unit * sine(moment) * amount) },
      };
    };
  };
  if (action === "idle" || action === "hover" || action === "walk" || action === "jump") return fly(1, 0);
  if (action === "run") return fly(2, 0.6);
  if (action === "hurt") return hurtAs(subject, fly(2, 0));
  return action === "attack" ? dive(subject, wings) : null;
}

function dive({ unit, facing, view }: Subject, wings: Wings): RigMotion {
  return (moment, amount) => {
    const out = through([0, -1, -2, 3, 4, 2, 0], moment) * unit;
    return {
      raster: wings(through([0, 1, 1, -1, -0.6, 0.6, 0], moment), amount),
      pose: {
        dx: view === "side" ? Math.round(facing * out) : 0,
        lean: view === "side" ? Math.round(facing * 0.5 * out * amount) : 0,
        lift: Math.round(through([0, 2, 3, 0, 0, 1, 0], moment) * unit),
      },
    };
  };
}

/** Wings of a front view: all that is beside the body. */
function spreadWings({ raster, box, width, height, unit }: Subject): Wings | null {
  const axis = (box.left + box.right) / 2;
  const half = Math.max(1, 0.13 * width);
  if (width < 0.8 * height) return null;
  const folds = height >= 0.8 * width;
  const span = width / 2 - half;
  const side = (x: number) => (x < axis ? -1 : 1);
  const out = (x: number) => Math.max(0, Math.abs(x - axis) - half);
  if (folds) {
    return (beat) => {
      const open = 0.66 + 0.34 * beat;
      return remap(raster, (x, y) => {
        const far = out(x);
        return far === 0 ? [x, y] : [Math.round(axis + side(x) * (half + far / open)), y];
      });
    };
  }
  const far = Math.min(0.75 * span, Math.max(2 * unit, 0.34 * height));
  return (beat, amount) => {
    const open = beat < 0 ? 1 + 0.16 * beat : 1;
    const narrowed = remap(raster, (x, y) => {
      const away = out(x);
      return away === 0 ? [x, y] : [Math.round(axis + side(x) * (half + away / open)), y];
    });
    return shiftColumns(narrowed, (x) => -far * amount * beat * Math.min(1, out(x) / span) ** 0.9);
  };
}

/** A wing takes at least this share of a side view. */
const WING = 0.05;

/** Wings of a side view: large parts that rise above the back. */
function raisedWings(subject: Subject): Wings | null {
  const { raster, box, height, unit, facing, width } = subject;
  const area = raster.pixels.reduce((sum, pixel) => sum + (pixel === 0 ? 0 : 1), 0);
  const head = facing > 0 ? box.right - 0.22 * width : box.left + 0.22 * width;
  const wings = [0.5, 0.65, 0.8].map((thin) =>
    findAppendages(subject, thin).filter(
      ({ area: own, root, tip }) =>
        own >= WING * area &&
        tip.y < root.y + 0.05 * height &&
        tip.y < box.top + 0.45 * height &&
        facing * (tip.x - head) < 0,
    ),
  );
  const found = wings.reduce((most, one) => (sumOf(one) > sumOf(most) ? one : most));
  if (found.length === 0) return null;
  const masks: Mask[] = found.map(({ mask }) => mask);
  return (beat, amount) => {
    const bare = without(raster, masks);
    const moved = found.map((wing) => flap(raster, wing, { beat, far: Math.max(2 * unit, 0.2 * height) * amount }));
    return stack(...moved, bare);
  };
}

const sumOf = (wings: readonly Appendage[]): number => wings.reduce((sum, { area }) => sum + area, 0);

/** A raised wing at a beat: lower and lower as it goes down, and bent back. */
function flap(raster: Raster, wing: Appendage, { beat, far }: { beat: number; far: number }): Raster {
  const { root, tip, mask } = wing;
  const flat = Math.abs(tip.x - root.x) >= Math.abs(tip.y - root.y);
  if (flat) return bend(raster, wing, -far * beat);
  const high = 0.72 + 0.28 * beat;
  return remap(cut(raster, mask), (x, y) => [x, Math.round(root.y + (y - root.y) / high)]);
}
