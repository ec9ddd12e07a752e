import type { TileInfo, TilesetInfo } from "../../shared/asset.ts";

/** The neighbors of a cell, clockwise from the top: the order of Tiled's wangid and of a blob mask's bits. */
export const NEIGHBORS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"] as const;
export type Neighbor = (typeof NEIGHBORS)[number];

export type TerrainRole = TilesetInfo["terrains"][number]["role"];

/** Where the tiles of a set connect: at their corners, at their edges, or at both. */
export type JointMode = "corner" | "edge" | "mixed";

const MODES: Record<TilesetInfo["type"], JointMode> = {
  wang16: "corner",
  dual_grid: "corner",
  sidescroller: "corner",
  edge16: "edge",
  blob47: "mixed",
};

/** Bits of a mask that is not a blob's, as in TileInfo.mask. */
const CORNER_BITS: Partial<Record<Neighbor, number>> = { NW: 8, NE: 4, SW: 2, SE: 1 };
const EDGE_BITS: Partial<Record<Neighbor, number>> = { N: 8, E: 4, S: 2, W: 1 };

/** Says where the tiles of a set connect. */
export function jointMode(info: Pick<TilesetInfo, "type">): JointMode {
  return MODES[info.type];
}

/** Returns the bit that a neighbor has in the masks of a mode, or null if the mode does not look there. */
export function neighborBit(mode: JointMode, neighbor: Neighbor): number | null {
  if (mode === "mixed") return 1 << NEIGHBORS.indexOf(neighbor);
  return (mode === "corner" ? CORNER_BITS : EDGE_BITS)[neighbor] ?? null;
}

/** Whether a tile is all upper terrain. */
export function isPureUpper(info: Pick<TilesetInfo, "type">, { mask }: Pick<TileInfo, "mask">): boolean {
  return mask === (jointMode(info) === "mixed" ? 255 : 15);
}

/** Whether a tile is all lower terrain; if tiles stand for cells of the upper one, its mask is -1. */
export function isPureLower(info: Pick<TilesetInfo, "type">, { mask }: Pick<TileInfo, "mask">): boolean {
  return jointMode(info) === "corner" ? mask === 0 : mask < 0;
}

/** Whether the lower terrain can be painted: not if it is the air of a sidescroller, or has no tile. */
export function paintsLower(info: Pick<TilesetInfo, "type" | "tiles">): boolean {
  return info.type !== "sidescroller" && info.tiles.some((tile) => isPureLower(info, tile));
}

/** Lists the terrains that can be painted, in the order in which formats number them. */
export function paintedRoles(info: Pick<TilesetInfo, "type" | "tiles">): TerrainRole[] {
  return paintsLower(info) ? ["lower", "upper"] : ["upper"];
}

/** Lists what a tile connects to, in the order of NEIGHBORS; null where its mode does not look. */
export function tileJoints(
  info: Pick<TilesetInfo, "type">,
  tile: Pick<TileInfo, "mask">,
): (TerrainRole | null)[] {
  const mode = jointMode(info);
  const mask = Math.max(tile.mask, 0);
  return NEIGHBORS.map((neighbor) => {
    const bit = neighborBit(mode, neighbor);
    if (bit === null) return null;
    return (mask & bit) === 0 ? "lower" : "upper";
  });
}

/** Finds a terrain of a set; every set has both. */
export function terrainOf(info: Pick<TilesetInfo, "terrains">, role: TerrainRole) {
  const terrain = info.terrains.find((one) => one.role === role);
  if (!terrain) throw new RangeError(`The tileset has no ${role} terrain.`);
  return terrain;
}
