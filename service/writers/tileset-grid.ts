import type { TileInfo, TilesetInfo } from "../../shared/asset.ts";
import type { PackageTileset } from "../asset/asset-package.ts";

/** Finds a cell of a sheet: its column and row, and the top left pixel of its tile. */
export function cellPlace(
  info: Pick<TilesetInfo, "columns" | "margin" | "spacing" | "tile_size">,
  index: number,
): { column: number; row: number; x: number; y: number } {
  const column = index % info.columns;
  const row = Math.floor(index / info.columns);
  return {
    column,
    row,
    x: info.margin + column * (info.tile_size.width + info.spacing),
    y: info.margin + row * (info.tile_size.height + info.spacing),
  };
}

/** Lists the tiles in the order of the sheet. */
export function tilesInOrder(info: Pick<TilesetInfo, "tiles">): TileInfo[] {
  return info.tiles.toSorted((a, b) => a.index - b.index);
}

/** Lists the tiles of the sample map, row by row; null if a cell is empty or shows no tile of the set. */
export function sampleTiles({ info, sample }: PackageTileset): (TileInfo | null)[] {
  const byIndex = new Map(info.tiles.map((tile) => [tile.index, tile]));
  return sample.cells.map((cell) => byIndex.get(cell) ?? null);
}
