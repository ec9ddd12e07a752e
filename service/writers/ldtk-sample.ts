import type { PackageTileset } from "../asset/asset-package.ts";
import { intGridValues } from "./ldtk-rules.ts";
import { sampleTiles } from "./tileset-grid.ts";
import { isPureLower, jointMode, NEIGHBORS, neighborBit, paintsLower } from "./tileset-joints.ts";

/** The painted terrain of a sample map, from which LDtk's rules produce its tiles. */
export interface SampleTerrain {
  columns: number;
  rows: number;
  /** Row by row. */
  values: number[];
  /** What is around the map; null: rules that look there do not match. */
  outside: number | null;
}

const STEPS: Record<(typeof NEIGHBORS)[number], { x: number; y: number }> = {
  N: { x: 0, y: -1 },
  NE: { x: 1, y: -1 },
  E: { x: 1, y: 0 },
  SE: { x: 1, y: 1 },
  S: { x: 0, y: 1 },
  SW: { x: -1, y: 1 },
  W: { x: -1, y: 0 },
  NW: { x: -1, y: -1 },
};

/**
 * Finds the terrain that has to be painted to get the sample map. Null if there is none, as for a path that runs
 * alongside another without joining it: edges are free in a map, but not between painted cells.
 */
export function sampleTerrain(tileset: PackageTileset): SampleTerrain | null {
  return jointMode(tileset.info) === "corner" ? cornersOf(tileset) : cellsOf(tileset);
}

/** One cell per corner, so one column and one row more than the map. Null if two tiles disagree about a corner. */
function cornersOf(tileset: PackageTileset): SampleTerrain | null {
  const { info, sample } = tileset;
  const columns = sample.columns + 1;
  const rows = sample.rows + 1;
  const { lower, upper } = intGridValues(info);
  const values = new Array<number>(columns * rows).fill(lower);
  const seen = new Array<number | null>(columns * rows).fill(null);
  for (const [i, tile] of sampleTiles(tileset).entries()) {
    if (!tile && paintsLower(info)) return null;
    const place = Math.floor(i / sample.columns) * columns + (i % sample.columns);
    const corners = { NW: place, NE: place + 1, SW: place + columns, SE: place + columns + 1 };
    for (const neighbor of ["NW", "NE", "SW", "SE"] as const) {
      const isUpper = ((tile?.mask ?? 0) & (neighborBit("corner", neighbor) ?? 0)) !== 0;
      const value = isUpper ? upper : lower;
      if (seen[corners[neighbor]] !== null && seen[corners[neighbor]] !== value) return null;
      seen[corners[neighbor]] = value;
      values[corners[neighbor]] = value;
    }
  }
  return { columns, rows, values, outside: null };
}

/** One cell per tile. Whether the terrain continues beyond the map is found by trying both. */
function cellsOf(tileset: PackageTileset): SampleTerrain | null {
  const { info, sample } = tileset;
  const mode = jointMode(info);
  const { lower, upper } = intGridValues(info);
  const tiles = sampleTiles(tileset);
  const isUpper = tiles.map((tile) => tile !== null && !isPureLower(info, tile));
  const values = isUpper.map((value, i) => (value ? upper : tiles[i] ? lower : 0));
  for (const outside of [upper, lower]) {
    const upperAt = (x: number, y: number) => {
      const isInside = x >= 0 && y >= 0 && x < sample.columns && y < sample.rows;
      return isInside ? isUpper[y * sample.columns + x] === true : outside === upper;
    };
    const isSame = tiles.every((tile, i) => {
      if (!isUpper[i]) return true;
      return maskAt(mode, i % sample.columns, Math.floor(i / sample.columns), upperAt) === tile?.mask;
    });
    if (isSame) return { columns: sample.columns, rows: sample.rows, values, outside };
  }
  return null;
}

/** The mask of a cell of upper terrain; a corner of a blob counts only between two sides. */
function maskAt(
  mode: "edge" | "mixed" | "corner",
  x: number,
  y: number,
  upperAt: (x: number, y: number) => boolean,
): number {
  let mask = 0;
  for (const neighbor of NEIGHBORS) {
    const bit = neighborBit(mode, neighbor);
    const step = STEPS[neighbor];
    if (bit === null || !upperAt(x + step.x, y + step.y)) continue;
    const isBeside = step.x === 0 || step.y === 0 || (upperAt(x + step.x, y) && upperAt(x, y + step.y));
    if (isBeside) mask |= bit;
  }
  return mask;
}
