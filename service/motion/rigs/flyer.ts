import { toOklab } from "../../pixel/oklab.ts";
import { type Appendage, bend, findAppendages } from "./appendages.ts";
import { biped } from "./biped.ts";
import { findLegs } from "./legs.ts";
import { around, maskOf, partsOf } from "./parts.ts";
import { quadruped } from "./quadruped.ts";
import { cut, mapColumns, type Raster, rgbOf, scaleRows, shiftColumns, stack, without } from "./raster.ts";
import { type Rig, type RigAction, type RigMotion, sine, through } from "./rig.ts";
import type { Subject } from "./subject.ts";
import { fallAs, hurtAs } from "./whole.ts";

/**
 * Bats, birds, butterflies, dragons: wings beat at the shoulder. Spread wings of a front view swing up and down, or fold
 * (a butterfly's, which are higher than wide); those of a side view beat above the back. What stands with its wings
 * closed walks on its legs.
 */
export const flyer: Rig = (subject, action, miss) => {
  if (action === "die") return fallAs(subject);
  const wings = subject.view === "front" ? spreadWings(subject) : raisedWings(subject);
  if (!wings) {
    const standing = findLegs(subject, 2).length >= 2 && action !== "hover";
    return standing ? (biped(subject, action, miss) ?? quadruped(subject, action, miss)) : null;
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

/** Wings of a front view: all that is beside the body, which is as wide as what hangs below the wings. */
function spreadWings({ raster, box, width, height, unit }: Subject): Wings | null {
  const axis = (box.left + box.right) / 2;
  const low = halfWidth(raster, box, box.top + 0.86 * height);
  const half = Math.max(1, low < 0.34 * width ? Math.max(0.13 * width, low) : 0.13 * width);
  if (width < 0.8 * height) return null;
  const span = width / 2 - half;
  const side = (x: number) => (x < axis ? -1 : 1);
  const out = (x: number) => Math.max(0, Math.abs(x - axis) - half);
  const narrow = (open: number) =>
    mapColumns(raster, (x) => (out(x) === 0 ? x : axis + side(x) * (half + out(x) / open)));
  if (height >= 0.8 * width && half < 0.2 * width)
    return (beat, amount) => narrow(1 - 0.34 * (1 - beat) * amount);
  const far = Math.min(0.75 * span, Math.max(2 * unit, 0.34 * height));
  return (beat, amount) =>
    shiftColumns(narrow(beat < 0 ? 1 + 0.16 * beat : 1), (x) => {
      return -far * amount * beat * Math.min(1, out(x) / span) ** 0.9;
    });
}

function halfWidth({ width, pixels }: Raster, box: Subject["box"], y: number): number {
  const row = Math.round(y);
  const drawn: number[] = [];
  for (let x = box.left; x <= box.right; x++) if (pixels[row * width + x] !== 0) drawn.push(x);
  return drawn.length === 0 ? 0 : ((drawn.at(-1) ?? 0) - (drawn[0] ?? 0) + 1) / 2;
}

/** A wing takes at least this share of a side view. */
const WING = 0.05;

/** Wings of a side view: large parts that rise above the back, else a part of another color at the top. */
function raisedWings(subject: Subject): Wings | null {
  const { raster, height, unit } = subject;
  const patch = wingPatch(subject);
  const found = patch ? [patch] : raisedParts(subject);
  if (found.length === 0) return null;
  const bare = without(
    raster,
    found.map(({ mask }) => mask),
  );
  return (beat, amount) => {
    const far = Math.max(2 * unit, 0.2 * height) * amount;
    return stack(...found.map((wing) => flap(raster, wing, { beat, far, amount })), bare);
  };
}

function raisedParts(subject: Subject): Appendage[] {
  const { raster, box, height, facing, width } = subject;
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
  const largest = Math.max(0, ...found.map(({ area: own }) => own));
  return found.filter(({ area: own }) => own >= 0.4 * largest);
}

/** A patch of one lightness at the top of the drawing, apart from the head: the wing of a bee. */
function wingPatch(subject: Subject): Appendage | null {
  const { raster, box, height, width, facing } = subject;
  const { pixels } = raster;
  const drawn = pixels.reduce((sum, pixel) => sum + (pixel === 0 ? 0 : 1), 0);
  const patches = PALE.flatMap((pale) =>
    partsOf(
      raster,
      pixels.map((pixel) => (pixel !== 0 && pale(pixel) ? 1 : 0)),
    ).filter(
      ({ area, box: own }) =>
        area >= WING * drawn &&
        area <= 0.4 * drawn &&
        own.top <= box.top + 0.18 * height &&
        own.bottom <= box.top + 0.66 * height &&
        facing *
          ((own.left + own.right) / 2 - (facing > 0 ? box.right - 0.25 * width : box.left + 0.25 * width)) <
          0,
    ),
  );
  const [patch] = patches.sort((one, other) => other.area - one.area);
  if (!patch) return null;
  const mask = maskOf(patch.pixels, raster);
  // Its outline goes with it: dark pixels around it at the edge of the drawing.
  for (const i of patch.pixels)
    for (const j of around(i, raster))
      if (pixels[j] !== 0 && around(j, raster).some((k) => pixels[k] === 0)) mask[j] = 1;
  const { left, right, top, bottom } = patch.box;
  const root = { x: (left + right) / 2, y: bottom };
  return { mask, area: patch.area, root, tip: { x: root.x, y: top }, length: bottom - top };
}

/** What thin wings look like: bluish or nearly white. */
const PALE: readonly ((pixel: number) => boolean)[] = [
  (pixel) => {
    const { l, b } = toOklab(rgbOf(pixel));
    return l > 0.55 && b < -0.01;
  },
];

const sumOf = (wings: readonly Appendage[]): number => wings.reduce((sum, { area }) => sum + area, 0);

/** A raised wing at a beat: lower and lower as it goes down, and bent back. */
function flap(
  raster: Raster,
  wing: Appendage,
  { beat, far, amount }: { beat: number; far: number; amount: number },
): Raster {
  const { root, tip, mask } = wing;
  const flat = Math.abs(tip.x - root.x) >= Math.abs(tip.y - root.y);
  if (flat) return bend(raster, wing, -far * beat);
  return scaleRows(cut(raster, mask), root.y, 1 - 0.3 * (1 - beat) * amount);
}
