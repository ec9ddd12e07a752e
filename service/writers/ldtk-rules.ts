import type { TileInfo, TilesetInfo } from "../../shared/asset.ts";
import { tilesInOrder } from "./tileset-grid.ts";
import {
  isPureLower,
  jointMode,
  NEIGHBORS,
  type Neighbor,
  neighborBit,
  paintsLower,
} from "./tileset-joints.ts";

/** Values of the terrains in the IntGrid layer; 0 is an empty cell. */
export interface IntGridValues {
  /** 0 if the lower terrain is not painted. */
  lower: number;
  upper: number;
}

/** When LDtk places a tile: a pattern of 3 x 3 IntGrid cells, row by row, and a chance of 0 to 1. */
export interface LdtkRule {
  tile: TileInfo;
  /** 0 = any value; n = must be n; -n = must not be n. */
  pattern: number[];
  chance: number;
}

/** Where the neighbors lie in a pattern; the cell itself is 4. */
const PATTERN_PLACES: Record<Neighbor, number> = { NW: 0, N: 1, NE: 2, W: 3, E: 5, SW: 6, S: 7, SE: 8 };
const CENTER = 4;

/** The four cells of a pattern whose centers are the corners of a tile that is drawn half a cell up and left. */
const CORNER_PLACES: Partial<Record<Neighbor, number>> = { NW: 0, NE: 1, SW: 3, SE: CENTER };

/** Returns the IntGrid values of a set. */
export function intGridValues(info: Pick<TilesetInfo, "type" | "tiles">): IntGridValues {
  return paintsLower(info) ? { lower: 1, upper: 2 } : { lower: 0, upper: 1 };
}

/**
 * Makes the auto-layer rules of a set. A cell matches the rules of one mask only, so their order only decides which
 * variant is used. Corner sets are a dual grid: IntGrid cells are the corners of tiles that lie half a cell up
 * and left, so that every painted cell is visible. Edge and blob sets look at the neighbors of the cell itself.
 */
export function ldtkRules(info: TilesetInfo): LdtkRule[] {
  const masks = [...new Set(tilesInOrder(info).map(({ mask }) => mask))];
  return masks.flatMap((mask) => {
    const variants = tilesInOrder(info).filter((tile) => tile.mask === mask);
    return shareChance(variants, patternOf(info, mask));
  });
}

/**
 * The first rule that matches and passes its chance wins, so each takes its share of what the ones before it left,
 * and the last one takes everything.
 */
function shareChance(variants: readonly TileInfo[], pattern: number[]): LdtkRule[] {
  // The rarest come first, so that the usual tile is what remains.
  const ordered = variants.toSorted((a, b) => a.probability - b.probability || b.index - a.index);
  return ordered.map((tile, i) => {
    const left = ordered.slice(i).reduce((sum, { probability }) => sum + probability, 0);
    const isLast = i === ordered.length - 1;
    return { tile, pattern, chance: isLast ? 1 : Math.round((1e6 * tile.probability) / left) / 1e6 };
  });
}

function patternOf(info: TilesetInfo, mask: number): number[] {
  const mode = jointMode(info);
  if (mode === "corner") return cornerPattern(info, mask);
  const { lower, upper } = intGridValues(info);
  const pattern = new Array<number>(9).fill(0);
  if (isPureLower(info, { mask })) {
    pattern[CENTER] = lower;
    return pattern;
  }
  pattern[CENTER] = upper;
  for (const [i, neighbor] of NEIGHBORS.entries()) {
    const bit = neighborBit(mode, neighbor);
    if (bit === null || !isLookedAt(mask, i)) continue;
    pattern[PATTERN_PLACES[neighbor]] = (mask & bit) === 0 ? -upper : upper;
  }
  return pattern;
}

function cornerPattern(info: TilesetInfo, mask: number): number[] {
  const { lower, upper } = intGridValues(info);
  const pattern = new Array<number>(9).fill(0);
  for (const neighbor of NEIGHBORS) {
    const place = CORNER_PLACES[neighbor];
    const bit = neighborBit("corner", neighbor);
    if (place === undefined || bit === null) continue;
    if ((mask & bit) !== 0) pattern[place] = upper;
    else pattern[place] = lower === 0 ? -upper : lower;
  }
  return pattern;
}

/** A corner of a blob counts only between two sides: that leaves 47 of 256 masks, each with its own pattern. */
function isLookedAt(mask: number, neighbor: number): boolean {
  const isCorner = neighbor % 2 === 1;
  const beside = (1 << ((neighbor + 7) % 8)) | (1 << ((neighbor + 1) % 8));
  return !isCorner || (mask & beside) === beside;
}
