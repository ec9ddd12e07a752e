import type { TilesetType } from "../../shared/asset.ts";
import { ServiceError } from "../../shared/errors.ts";
import { seededRandom } from "../pixel/random.ts";
import { blobMask, joinOf, LOWER_ONLY, tileForms } from "./tile-forms.ts";

/** A map as masks of its cells, row by row. */
export interface MaskMap {
  columns: number;
  rows: number;
  masks: number[];
}

/** Size of the maps that are tried for corner sets, in cells. */
const CORNER_MAP = { columns: 12, rows: 9 } as const;
const MOST_TRIES = 500;
/** The eight neighbors of a cell in the order of their bits. */
const AROUND = [
  [0, -1],
  [1, -1],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
] as const;

/**
 * Returns the mask of each cell of a map, given what is upper terrain: the corners of the cells (columns + 1 by rows + 1
 * of them) for corner sets, the cells themselves for the others.
 */
export function maskMap(
  type: TilesetType,
  { columns, rows }: { columns: number; rows: number },
  isUpper: (x: number, y: number) => boolean,
): MaskMap {
  const masks = Array.from({ length: columns * rows }, (_, i) => {
    const x = i % columns;
    const y = Math.floor(i / columns);
    const bit = (dx: number, dy: number, value: number): number => (isUpper(x + dx, y + dy) ? value : 0);
    const join = joinOf(type);
    if (join === "corner") return bit(0, 0, 8) | bit(1, 0, 4) | bit(0, 1, 2) | bit(1, 1, 1);
    if (!isUpper(x, y)) return LOWER_ONLY;
    if (join === "edge") return bit(0, -1, 8) | bit(1, 0, 4) | bit(0, 1, 2) | bit(-1, 0, 1);
    return blobMask(AROUND.reduce((mask, [dx, dy], place) => mask | bit(dx, dy, 1 << place), 0));
  });
  return { columns, rows, masks };
}

/** Makes a map that contains every form of a type, always the same one. */
export function sampleMap(type: TilesetType): MaskMap {
  if (joinOf(type) !== "corner") return blockMap(type);
  for (let seed = 1; seed <= MOST_TRIES; seed++) {
    const map = maskMap(type, CORNER_MAP, randomPlaces(seed));
    if (new Set(map.masks).size === 16) return map;
  }
  throw new ServiceError("internal", "No sample map with all 16 tiles was found.");
}

/** Places of the upper terrain at random, in patches of two; the same for the same seed. */
export function randomPlaces(seed: number): (x: number, y: number) => boolean {
  const size = 64;
  const random = seededRandom(seed);
  const fine = Float64Array.from({ length: size * size }, random);
  const coarse = Float64Array.from({ length: size * size }, random);
  const at = (values: Float64Array, x: number, y: number): number =>
    values[(y & (size - 1)) * size + (x & (size - 1))]!;
  return (x, y) => 0.7 * at(coarse, x >> 1, y >> 1) + 0.3 * at(fine, x, y) > 0.5;
}

/** One block of 3 x 3 cells for each form, with the form in its center, and lower terrain between the blocks. */
function blockMap(type: TilesetType): MaskMap {
  const forms = tileForms(type).filter(({ mask }) => mask !== LOWER_ONLY);
  const across = joinOf(type) === "blob" ? 8 : 4;
  const size = { columns: 4 * across + 1, rows: 4 * Math.ceil(forms.length / across) + 1 };
  const upper = new Set<number>();
  for (const [i, form] of forms.entries()) {
    const x = 4 * (i % across) + 2;
    const y = 4 * Math.floor(i / across) + 2;
    const put = (dx: number, dy: number): void => void upper.add((y + dy) * size.columns + x + dx);
    put(0, 0);
    const sides = [form.edges.N, form.corners.NE, form.edges.E, form.corners.SE];
    sides.push(form.edges.S, form.corners.SW, form.edges.W, form.corners.NW);
    for (const [place, [dx, dy]] of AROUND.entries()) if (sides[place] === "upper") put(dx, dy);
  }
  return maskMap(
    type,
    size,
    (x, y) => x >= 0 && y >= 0 && x < size.columns && upper.has(y * size.columns + x),
  );
}
