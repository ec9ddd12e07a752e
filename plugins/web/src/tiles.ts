import type { Sheet } from "./sheet.ts";

interface TilesetJson {
  imagewidth: number;
  imageheight: number;
  tilewidth: number;
  tileheight: number;
  columns: number;
  tilecount: number;
  margin?: number;
  spacing?: number;
}

/** Reads a Tiled tileset (.tsj) with one image as a sheet: one frame per tile, in the order of their ids. */
export function readTiles(json: unknown): Sheet {
  const tileset = json as TilesetJson;
  const { tilewidth: width, tileheight: height, columns, tilecount, margin = 0, spacing = 0 } = tileset;
  if (!(columns > 0 && tilecount > 0))
    throw new Error("This is not a Tiled tileset: it has no columns or tilecount.");
  const frames = Array.from({ length: tilecount }, (_, id) => ({
    x: margin + (id % columns) * (width + spacing),
    y: margin + Math.floor(id / columns) * (height + spacing),
    width,
    height,
    durationMs: 0,
  }));
  return { width: tileset.imagewidth, height: tileset.imageheight, frames, tags: [], pivot: null };
}
