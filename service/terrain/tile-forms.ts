import type { TileInfo, TilesetType } from "../../shared/asset.ts";

export type Terrain = "lower" | "upper";

/** One combination of terrains: what a tile fits next to, before anything is drawn. */
export interface TileForm {
  name: string;
  /** As in TileInfo; -1 for the pure lower tile of a set whose tiles are cells of the upper terrain. */
  mask: number;
  corners: TileInfo["corners"];
  edges: TileInfo["edges"];
  /** The terrain in its center. */
  terrain: Terrain;
}

/** Bits of the eight neighbors of a cell, clockwise from the north: as in TileInfo. */
export const NEIGHBOR = { N: 1, NE: 2, E: 4, SE: 8, S: 16, SW: 32, W: 64, NW: 128 } as const;
export const CORNER = { NW: 8, NE: 4, SW: 2, SE: 1 } as const;
export const EDGE = { N: 8, E: 4, S: 2, W: 1 } as const;

/** The mask of the tile that is all lower terrain, in sets of cells. */
export const LOWER_ONLY = -1;

/** How the tiles of a type meet: at their corners, along their edges, or as cells with eight neighbors. */
export function joinOf(type: TilesetType): "corner" | "edge" | "blob" {
  if (type === "edge16") return "edge";
  return type === "blob47" ? "blob" : "corner";
}

/**
 * Lists all forms of a type in ascending order of their masks: 16 by corners (masks 0 to 15); 16 by edges or 47 by
 * eight neighbors, plus the pure lower tile, which their masks cannot express.
 */
export function tileForms(type: TilesetType): TileForm[] {
  const join = joinOf(type);
  if (join === "corner") return Array.from({ length: 16 }, (_, mask) => cornerForm(mask));
  const masks = join === "edge" ? Array.from({ length: 16 }, (_, mask) => mask) : blobMasks();
  const form = join === "edge" ? edgeForm : blobForm;
  return [...masks.map(form), lowerForm(join)];
}

/** The 47 masks of eight neighbors in which a corner counts only between two edges that are present, ascending. */
export function blobMasks(): number[] {
  return [...new Set(Array.from({ length: 256 }, (_, mask) => blobMask(mask)))].sort((a, b) => a - b);
}

/** Removes those corners from a mask of eight neighbors that are next to a missing edge. */
export function blobMask(mask: number): number {
  const { N, NE, E, SE, S, SW, W, NW } = NEIGHBOR;
  const has = (bit: number): boolean => (mask & bit) !== 0;
  let result = mask & (N | E | S | W);
  if (has(N) && has(E)) result |= mask & NE;
  if (has(S) && has(E)) result |= mask & SE;
  if (has(S) && has(W)) result |= mask & SW;
  if (has(N) && has(W)) result |= mask & NW;
  return result;
}

/** The mask of the tile that shows one terrain only. */
export function pureMask(type: TilesetType, terrain: Terrain): number {
  const join = joinOf(type);
  if (terrain === "lower") return join === "corner" ? 0 : LOWER_ONLY;
  return join === "blob" ? 255 : 15;
}

function cornerForm(mask: number): TileForm {
  const side = (bit: number): Terrain => ((mask & bit) === 0 ? "lower" : "upper");
  const corners = { NW: side(CORNER.NW), NE: side(CORNER.NE), SW: side(CORNER.SW), SE: side(CORNER.SE) };
  const both = (one: Terrain, other: Terrain): Terrain | null => (one === other ? one : null);
  const edges = {
    N: both(corners.NW, corners.NE),
    E: both(corners.NE, corners.SE),
    S: both(corners.SW, corners.SE),
    W: both(corners.NW, corners.SW),
  };
  const count = Object.values(corners).filter((corner) => corner === "upper").length;
  return { name: `wang_${mask}`, mask, corners, edges, terrain: count > 2 ? "upper" : "lower" };
}

function edgeForm(mask: number): TileForm {
  const side = (bit: number): Terrain => ((mask & bit) === 0 ? "lower" : "upper");
  const edges = { N: side(EDGE.N), E: side(EDGE.E), S: side(EDGE.S), W: side(EDGE.W) };
  const corners = { NW: null, NE: null, SW: null, SE: null };
  return { name: `edge_${mask}`, mask, corners, edges, terrain: "upper" };
}

function blobForm(mask: number): TileForm {
  const side = (bit: number): Terrain => ((mask & bit) === 0 ? "lower" : "upper");
  const { N, NE, E, SE, S, SW, W, NW } = NEIGHBOR;
  return {
    name: `blob_${mask}`,
    mask,
    corners: { NW: side(NW), NE: side(NE), SW: side(SW), SE: side(SE) },
    edges: { N: side(N), E: side(E), S: side(S), W: side(W) },
    terrain: "upper",
  };
}

function lowerForm(join: "edge" | "blob"): TileForm {
  const corner = join === "edge" ? null : "lower";
  return {
    name: `${join}_lower`,
    mask: LOWER_ONLY,
    corners: { NW: corner, NE: corner, SW: corner, SE: corner },
    edges: { N: "lower", E: "lower", S: "lower", W: "lower" },
    terrain: "lower",
  };
}
