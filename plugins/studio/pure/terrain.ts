import type { TileInfo, TilesetInfo } from "../../../shared/asset.ts";
import { seededRandom } from "./seeded-random.ts";

/**
 * Which ground lies where: 1 is the upper terrain. Sets that join at corners hold one value a corner point, so a map
 * of n x m tiles has (n + 1) x (m + 1) of them; the others hold one a cell.
 */
export interface TerrainGrid {
  columns: number;
  rows: number;
  upper: Uint8Array;
}

type SetType = TilesetInfo["type"];

const LOWER_ONLY = -1;

/** A value of a grid. */
export interface Place {
  x: number;
  y: number;
}

/** Whether the grid of a set of this type holds corner points. */
export function hasPoints(type: SetType): boolean {
  return type === "wang16" || type === "dual_grid" || type === "sidescroller";
}

/** Makes a grid for a map of so many tiles, all lower. */
export function emptyTerrain(type: SetType, tiles: { columns: number; rows: number }): TerrainGrid {
  const more = hasPoints(type) ? 1 : 0;
  const [columns, rows] = [tiles.columns + more, tiles.rows + more];
  return { columns, rows, upper: new Uint8Array(columns * rows) };
}

/** Size in tiles of the map that a grid describes. */
export function mapSize(type: SetType, { columns, rows }: TerrainGrid): { columns: number; rows: number } {
  const less = hasPoints(type) ? 1 : 0;
  return { columns: columns - less, rows: rows - less };
}

/** Sets the values within `radius` of a value (0 = itself alone) and returns a new grid. */
export function paintTerrain(
  grid: TerrainGrid,
  { x, y }: { x: number; y: number },
  { value, radius = 0 }: { value: 0 | 1; radius?: number },
): TerrainGrid {
  const upper = grid.upper.slice();
  for (let row = y - radius; row <= y + radius; row++) {
    for (let column = x - radius; column <= x + radius; column++) {
      const inside = column >= 0 && row >= 0 && column < grid.columns && row < grid.rows;
      if (inside) upper[row * grid.columns + column] = value;
    }
  }
  return { ...grid, upper };
}

/** Paints all places on the straight way between two: a fast pointer skips some. */
export function paintLine(
  grid: TerrainGrid,
  [from, to]: readonly [Place, Place],
  brush: { value: 0 | 1; radius?: number },
): TerrainGrid {
  const steps = Math.max(1, Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  let painted = grid;
  for (let step = 0; step <= steps; step++) {
    const share = step / steps;
    const x = Math.round(from.x + (to.x - from.x) * share);
    const y = Math.round(from.y + (to.y - from.y) * share);
    painted = paintTerrain(painted, { x, y }, brush);
  }
  return painted;
}

/**
 * Makes ground that shows what a set can do: round patches of upper ground by a cellular automaton (noise, then each
 * value follows the majority of its eight neighbors, twice), winding paths for sets of edges, hills with air above for
 * a sidescroller.
 */
export function randomTerrain(type: SetType, grid: TerrainGrid, seed: number): TerrainGrid {
  const random = seededRandom(seed);
  if (type === "sidescroller") return hills(grid, random);
  if (type === "edge16") return paths(grid, random);
  let upper = grid.upper.map(() => (random() < 0.48 ? 1 : 0));
  for (let round = 0; round < 2; round++) {
    const before = { ...grid, upper };
    upper = upper.map((own, i) => {
      const count = neighborCount(before, i % grid.columns, Math.floor(i / grid.columns));
      return count > 4 ? 1 : count < 4 ? 0 : own;
    });
  }
  return { ...grid, upper };
}

/** One cell to every so many of the map's border is where a path comes in. */
const CELLS_A_PATH = 14;

function paths({ columns, rows }: TerrainGrid, random: () => number): TerrainGrid {
  const upper = new Uint8Array(columns * rows);
  const count = Math.max(2, Math.round((columns + rows) / CELLS_A_PATH) + 1);
  for (let i = 0; i < count; i++) {
    const isAcross = i % 2 === 0;
    const [length, width] = isAcross ? [columns, rows] : [rows, columns];
    let side = 1 + Math.floor(random() * (width - 2));
    const mark = (along: number): void => {
      upper[isAcross ? side * columns + along : along * columns + side] = 1;
    };
    for (let along = 0; along < length; along++) {
      mark(along);
      // A bend every four cells or so, two cells wide: paths that touch all along would be no paths.
      if (along % 4 !== 3) continue;
      const bend = Math.floor(random() * 3) - 1;
      for (let step = 0; step < 2; step++) {
        side = Math.max(0, Math.min(width - 1, side + bend));
        mark(along);
      }
    }
  }
  return { columns, rows, upper };
}

function hills({ columns, rows }: TerrainGrid, random: () => number): TerrainGrid {
  const upper = new Uint8Array(columns * rows);
  let height = Math.floor(rows / 2);
  for (let x = 0; x < columns; x++) {
    if (x % 2 === 0 && x > 0) height += Math.floor(random() * 3) - 1;
    height = Math.max(1, Math.min(rows - 2, height));
    for (let y = height; y < rows; y++) upper[y * columns + x] = 1;
  }
  return { columns, rows, upper };
}

function neighborCount(grid: TerrainGrid, x: number, y: number): number {
  let count = -valueAt(grid, x, y);
  for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) count += valueAt(grid, x + dx, y + dy);
  return count;
}

/** The ground goes on beyond the border as it is at the border. */
function valueAt({ columns, rows, upper }: TerrainGrid, x: number, y: number): number {
  const column = Math.max(0, Math.min(columns - 1, x));
  const row = Math.max(0, Math.min(rows - 1, y));
  return upper[row * columns + column] ?? 0;
}

/** The mask that the tile at (x, y) must have, as TileInfo.mask counts it; -1 is the pure lower tile of sets of cells. */
export function maskAt(type: SetType, grid: TerrainGrid, { x, y }: { x: number; y: number }): number {
  const at = (dx: number, dy: number): number => valueAt(grid, x + dx, y + dy);
  if (hasPoints(type)) return at(0, 0) * 8 + at(1, 0) * 4 + at(0, 1) * 2 + at(1, 1);
  if (at(0, 0) === 0) return LOWER_ONLY;
  if (type === "edge16") return at(0, -1) * 8 + at(1, 0) * 4 + at(0, 1) * 2 + at(-1, 0);
  const [n, e, s, w] = [at(0, -1), at(1, 0), at(0, 1), at(-1, 0)];
  // A corner only counts where both of its sides do: that leaves 47 of 256.
  const corners =
    at(1, -1) * n * e * 2 + at(1, 1) * s * e * 8 + at(-1, 1) * s * w * 32 + at(-1, -1) * n * w * 128;
  return n * 1 + e * 4 + s * 16 + w * 64 + corners;
}

/**
 * Chooses the tile of every cell of a map, row by row; null where the set has none. Variants of a tile are chosen by
 * their probabilities and the place alone: painting elsewhere never changes them.
 */
export function solveMap(
  tileset: Pick<TilesetInfo, "type" | "tiles">,
  grid: TerrainGrid,
): (TileInfo | null)[] {
  const byMask = new Map<number, TileInfo[]>();
  for (const tile of tileset.tiles) byMask.set(tile.mask, [...(byMask.get(tile.mask) ?? []), tile]);
  const { columns, rows } = mapSize(tileset.type, grid);
  return Array.from({ length: columns * rows }, (_, i) => {
    const place = { x: i % columns, y: Math.floor(i / columns) };
    return chooseVariant(byMask.get(maskAt(tileset.type, grid, place)) ?? [], place);
  });
}

function chooseVariant(tiles: readonly TileInfo[], { x, y }: { x: number; y: number }): TileInfo | null {
  const whole = tiles.reduce((sum, tile) => sum + tile.probability, 0);
  let left = seededRandom(x * 7919 + y * 104_729 + 1)() * whole;
  for (const tile of tiles) {
    left -= tile.probability;
    if (left < 0) return tile;
  }
  return tiles[0] ?? null;
}
