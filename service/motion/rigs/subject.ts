import type { Still } from "../still.ts";
import type { BodyPlan } from "./body-plan.ts";
import { headSide, pinchedEnd } from "./facing.ts";
import { lightOf } from "./light.ts";
import { partsOf } from "./parts.ts";
import { type Box, boundsOf, type Mask, type Raster, toRaster, without } from "./raster.ts";

/** A drawing as rigs see it. */
export interface Subject {
  raster: Raster;
  /** Pixels around the canvas in the raster. */
  room: number;
  /** Box of the drawing without its shadow. */
  box: Box;
  width: number;
  height: number;
  /** A flat shadow on the ground below what hovers over it; empty if there is none. */
  shadow: Mask | null;
  /** "front": its two halves are alike. */
  view: "side" | "front";
  /** Where its head is in a side view: 1 = right, -1 = left. */
  facing: 1 | -1;
  /** One step of movement: a pixel per 16 of the longer edge. */
  unit: number;
}

/** Silhouettes that are at least this much their own mirror image are seen from the front or from above. */
const SYMMETRIC = 0.84;
/** The same for the brightness inside. */
const ALIKE = 0.72;
/** A part below the rest that is at most this high, as a share of the whole, is a shadow. */
const SHADOW = 0.2;

/** Looks at a still the way a rig needs it. */
export function asSubject({ image, box: drawn }: Still, plan: BodyPlan | null = null): Subject {
  const room = Math.min(32, Math.ceil(Math.max(drawn.width, drawn.height) / 2));
  const raster = toRaster(image, room);
  const shadow = findShadow(raster);
  const bare = shadow ? without(raster, [shadow]) : raster;
  const box = boundsOf(bare) ?? boundsOf(raster)!;
  const width = box.right - box.left + 1;
  const height = box.bottom - box.top + 1;
  const unit = Math.max(1, Math.round(Math.max(width, height) / 16));
  const view = isSymmetric(bare, box) ? "front" : "side";
  const facing =
    view === "front"
      ? 1
      : plan === "swimmer"
        ? (pinchedEnd(bare, box) ?? headSide(bare, box))
        : headSide(bare, box);
  return { raster: bare, room, box, width, height, shadow, view, facing, unit };
}

function findShadow(raster: Raster): Mask | null {
  return separateShadow(raster) ?? groundLine(raster);
}

/** Rows at the bottom that may be a shadow under the feet, as a share of the height. */
const LINE = 0.14;
/** Darker than this is shadow. */
const BLACK = 0.22;

/** A flat black patch that the feet touch: the lowest rows, if they are black and wider than what stands on them. */
function groundLine(raster: Raster): Mask | null {
  const box = boundsOf(raster)!;
  const { width, pixels } = raster;
  const most = Math.max(1, Math.round(LINE * (box.bottom - box.top + 1)));
  const rows = Array.from({ length: most + 2 }, (_, k) => {
    let drawn = 0;
    let black = 0;
    for (let x = box.left; x <= box.right; x++) {
      const pixel = pixels[(box.bottom - k) * width + x]!;
      if (pixel !== 0) drawn++;
      if (pixel !== 0 && lightOf(pixel) < BLACK) black++;
    }
    return { drawn, black };
  });
  let count = 0;
  while (count < most && (rows[count]?.black ?? 0) >= 0.55 * (rows[count]?.drawn ?? 1)) count++;
  const widest = Math.max(...rows.slice(0, Math.max(1, count)).map(({ black }) => black));
  if (count === 0 || widest < 0.45 * (box.right - box.left + 1)) return null;
  const inside = rows[count]?.drawn ?? 0;
  if (widest < 1.15 * inside) return null;
  const mask = new Uint8Array(pixels.length);
  for (let i = (box.bottom - count + 1) * width; i < pixels.length; i++)
    if (pixels[i] !== 0 && lightOf(pixels[i]!) < BLACK) mask[i] = 1;
  return mask;
}

/** A flat patch below the drawing, apart from it. */
function separateShadow(raster: Raster): Mask | null {
  const parts = partsOf(raster, raster.pixels);
  if (parts.length < 2) return null;
  const all = boundsOf(raster)!;
  const height = all.bottom - all.top + 1;
  const main = parts.reduce((most, part) => (part.area > most.area ? part : most));
  const below = parts.filter(
    (part) =>
      part !== main &&
      part.box.top > main.box.bottom - 0.1 * height &&
      part.box.bottom - part.box.top + 1 <= SHADOW * height &&
      part.pixels.every((i) => lightOf(raster.pixels[i]!) < 0.35),
  );
  if (below.length === 0 || below.reduce((sum, { area }) => sum + area, 0) > 0.25 * main.area) return null;
  const mask = new Uint8Array(raster.pixels.length);
  for (const part of below) for (const i of part.pixels) mask[i] = 1;
  return mask;
}

function isSymmetric({ width, pixels }: Raster, box: Box): boolean {
  let both = 0;
  let any = 0;
  let alike = 0;
  for (let y = box.top; y <= box.bottom; y++) {
    for (let x = box.left; x <= (box.left + box.right) / 2; x++) {
      const one = pixels[y * width + x]!;
      const other = pixels[y * width + box.left + box.right - x]!;
      if (one === 0 && other === 0) continue;
      any++;
      if (one === 0 || other === 0) continue;
      both++;
      if (Math.abs(lightOf(one) - lightOf(other)) < 0.12) alike++;
    }
  }
  return both >= SYMMETRIC * any && alike >= ALIKE * both;
}
