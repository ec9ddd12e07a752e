import { crop, equalImages, type PixelImage, place } from "../pixel/image.ts";
import type { MotionSet, Person, PersonAction } from "./people.ts";
import { type FramePick, pickFrames } from "./pick-frames.ts";

/** Rows between the line under the feet and the waist of a character, in pixels of a cell. */
const WAIST_ABOVE_FEET = 17;

/** Which row of the file shows a direction, and whether it is mirrored. Diagonals show the side view. */
export function rowOf(person: Person, direction: string): { row: number; mirrored: boolean } {
  const side = direction.endsWith("west") ? "west" : direction.endsWith("east") ? "east" : direction;
  const rows: readonly string[] = person.rows;
  const own = rows.indexOf(side);
  if (own >= 0) return { row: own, mirrored: false };
  return { row: rows.indexOf("east"), mirrored: true };
}

/**
 * Returns all frames the set has for an action in a direction, without those that equal the one before; none if
 * the character does not have the action.
 */
export function personCells(
  sheet: PixelImage,
  { set, person }: { set: MotionSet; person: Person },
  { action, direction }: { action: PersonAction; direction: string },
): PixelImage[] {
  const run = person.actions[action];
  if (!run) return [];
  const { row, mirrored } = rowOf(person, direction);
  const cells = Array.from({ length: run.frames }, (_, i) =>
    crop(sheet, (run.first + i) * set.cell, row * set.cell, set.cell, set.cell),
  );
  // Breathing goes in and back out: 0 1 2 1.
  const distinct = cells.filter((cell, i) => i === 0 || !equalImages(cell, cells[i - 1]!));
  const whole = action === "idle" ? [...distinct, ...distinct.slice(1, -1).reverse()] : distinct;
  return mirrored ? whole.map(mirror) : whole;
}

/** Makes exactly `count` frames from the cells of an action. `held` counts frames identical to the one before them. */
export function resampleCells(
  cells: readonly PixelImage[],
  { count, cycle, feet }: { count: number; cycle: boolean; feet: number },
): { frames: PixelImage[]; held: number } {
  const { picks, held } = pickFrames(cells.length, count, cycle);
  const waist = feet - WAIST_ABOVE_FEET;
  const make = (pick: FramePick): PixelImage => {
    if (pick.upper === pick.lower) return cells[pick.upper]!;
    // In a blow or a jump, arms reach below the waist: these settle instead.
    return cycle ? joinParts(cells, pick, waist) : settle(cells[pick.upper]!, waist);
  };
  return { frames: picks.map(make), held };
}

/** Lowers everything above the waist by a pixel. */
function settle(image: PixelImage, waist: number): PixelImage {
  const upper = crop(image, 0, 0, image.width, waist - 1);
  return place(upper, clearAbove(image, waist), 0, 1);
}

function joinParts(cells: readonly PixelImage[], { upper, lower }: FramePick, waist: number): PixelImage {
  const top = cells[upper]!;
  return place(crop(top, 0, 0, top.width, waist), clearAbove(cells[lower]!, waist), 0, 0);
}

function clearAbove(image: PixelImage, row: number): PixelImage {
  const data = image.data.slice();
  data.fill(0, 0, 4 * image.width * row);
  return { width: image.width, height: image.height, data };
}

/** Mirrors an image from left to right. */
export function mirror({ width, height, data }: PixelImage): PixelImage {
  const mirrored = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * (y * width + x);
      mirrored.set(data.subarray(from, from + 4), 4 * (y * width + width - 1 - x));
    }
  }
  return { width, height, data: mirrored };
}
