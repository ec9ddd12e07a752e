import type { TileInfo, TilesetInfo } from "../../../shared/asset.ts";
import type { Pixels } from "../pure/pixels.ts";
import { hasPoints } from "../pure/terrain.ts";

export interface DrawMapOptions {
  tileset: TilesetInfo;
  sheet: Pixels;
  device: number;
  columns: number;
  /** Time in ms, for tiles that move. */
  tick: number;
}

/** Draws the tiles of a map, row by row; a cell without a tile stays clear. */
export function drawMap(
  context: CanvasRenderingContext2D,
  tiles: readonly (TileInfo | null)[],
  { tileset, sheet, device, columns, tick }: DrawMapOptions,
): void {
  const native = new OffscreenCanvas(sheet.width, sheet.height);
  native.getContext("2d")?.putImageData(new ImageData(sheet.data, sheet.width, sheet.height), 0, 0);
  const { width, height } = tileset.tile_size;
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.imageSmoothingEnabled = false;
  tiles.forEach((tile, i) => {
    if (tile === null) return;
    const { x, y } = cellOf(tile, tileset, tick);
    const [left, top] = [(i % columns) * width * device, Math.floor(i / columns) * height * device];
    context.drawImage(native, x, y, width, height, left, top, width * device, height * device);
  });
}

/** Where the pixels of a tile lie on the sheet at a time. */
function cellOf(tile: TileInfo, tileset: TilesetInfo, tick: number): { x: number; y: number } {
  if (tile.animation === null) return tile.bounding_box;
  const period = tile.animation.reduce((sum, frame) => sum + frame.duration_ms, 0);
  let left = period === 0 ? 0 : tick % period;
  const frame = tile.animation.find(({ duration_ms: ms }) => {
    left -= ms;
    return left < 0;
  });
  const index = frame?.index ?? tile.index;
  const { columns, margin, spacing, tile_size: size } = tileset;
  const at = (cell: number, edge: number): number => margin + cell * (edge + spacing);
  return { x: at(index % columns, size.width), y: at(Math.floor(index / columns), size.height) };
}

/** Device pixels from one tile to the next. */
export interface Steps {
  stepX: number;
  stepY: number;
}

/** Draws the borders of the tiles. */
export function drawLines(context: CanvasRenderingContext2D, { stepX, stepY }: Steps): void {
  const { width, height } = context.canvas;
  context.fillStyle = "rgb(0 0 0 / 0.35)";
  for (let x = stepX; x < width; x += stepX) context.fillRect(x, 0, 1, height);
  for (let y = stepY; y < height; y += stepY) context.fillRect(0, y, width, 1);
}

/** Frames the cell, or the corner point with half a tile around it, that is to be painted. */
export function drawCursor(
  context: CanvasRenderingContext2D,
  { x, y }: { x: number; y: number },
  { type, stepX, stepY }: Steps & { type: TilesetInfo["type"] },
): void {
  const shift = hasPoints(type) ? 0.5 : 0;
  const [left, top] = [(x - shift) * stepX, (y - shift) * stepY];
  context.lineWidth = 2;
  context.strokeStyle = "#000";
  context.strokeRect(left, top, stepX, stepY);
  context.strokeStyle = "#fff";
  context.strokeRect(left + 2, top + 2, stepX - 4, stepY - 4);
}
