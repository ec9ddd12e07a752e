import type { TileInfo, TilesetInfo } from "../../shared/asset.ts";
import { createImage, type PixelImage } from "../pixel/image.ts";
import { STILL_MS } from "./assemble-sprites.ts";
import type { AssetPackage, PackageFrame, PackageTileset } from "./asset-package.ts";

/** One drawn tile. Sizes in pixels. */
export interface AssembledTile extends Pick<TileInfo, "name" | "mask" | "corners" | "edges" | "probability"> {
  /** Cell of its first frame; the others follow it in its row. */
  cell: number;
  frames: readonly PixelImage[];
  /** Convex collision polygons. */
  polygons: PackageTileset["polygons"][number];
}

export interface TilesetParts {
  /** File stem: a SafeName. */
  name: string;
  info: Omit<TilesetInfo, "tiles" | "margin" | "spacing">;
  tiles: readonly AssembledTile[];
  /** Duration in ms of each frame of an animated tile. */
  frameMs: number;
  collision: PackageTileset["collision"];
  sample: PackageTileset["sample"];
  seed: number;
  palette: AssetPackage["palette"];
  /** Provenance text by PNG keyword. */
  text: Record<string, string>;
}

/**
 * Builds the package of a terrain set. One frame is one cell of the sheet: tiles by their names, additional frames of a
 * tile as `NAME_f1` to `NAME_fN` directly after it, and cells without a tile as transparent `empty_N`.
 */
export function assembleTileset(parts: TilesetParts): AssetPackage {
  const { columns, rows, extrude, tile_size: size } = parts.info;
  const grid = { margin: extrude, spacing: 2 * extrude };
  const cells = layCells(parts);
  const frames = cells.map(({ name, image }): PackageFrame => {
    const pivot = { x: Math.floor(size.width / 2), y: Math.floor(size.height / 2) };
    const durationMs = parts.tiles.some(({ frames: all }) => all.length > 1) ? parts.frameMs : STILL_MS;
    return { name, image, durationMs, pivot, seed: parts.seed, exemplars: [] };
  });
  const info: TilesetInfo = {
    ...parts.info,
    ...grid,
    tiles: parts.tiles.map((tile) => describeTile(tile, parts, grid)),
  };
  const images = cells.map(({ image }) => image);
  const image = drawSheet(images, { columns, rows, extrude, ...size });
  return {
    kind: "tileset",
    name: parts.name,
    frames,
    sheet: {
      image,
      columns,
      rows,
      cellWidth: size.width + 2 * extrude,
      cellHeight: size.height + 2 * extrude,
    },
    tags: [],
    palette: parts.palette,
    text: parts.text,
    tileset: {
      info,
      collision: parts.collision,
      polygons: cells.map(({ tile }) => tile?.polygons ?? []),
      sample: parts.sample,
    },
  };
}

interface Cell {
  name: string;
  image: PixelImage;
  tile: AssembledTile | null;
}

function layCells({ info, tiles }: TilesetParts): Cell[] {
  const { columns, rows, tile_size: size } = info;
  const cells = Array.from({ length: columns * rows }, (_, i): Cell => {
    return { name: `empty_${i}`, image: createImage(size.width, size.height), tile: null };
  });
  for (const tile of tiles) {
    for (const [frame, image] of tile.frames.entries()) {
      const name = frame === 0 ? tile.name : `${tile.name}_f${frame}`;
      cells[tile.cell + frame] = { name, image, tile };
    }
  }
  return cells;
}

function describeTile(
  { name, mask, corners, edges, probability, cell, frames }: AssembledTile,
  { info, frameMs }: TilesetParts,
  { margin, spacing }: { margin: number; spacing: number },
): TileInfo {
  const { width, height } = info.tile_size;
  const x = margin + (cell % info.columns) * (width + spacing);
  const y = margin + Math.floor(cell / info.columns) * (height + spacing);
  const animation = frames.map((_, frame) => ({ index: cell + frame, duration_ms: frameMs }));
  return {
    index: cell,
    name,
    mask,
    corners,
    edges,
    bounding_box: { x, y, width, height },
    probability,
    animation: frames.length > 1 ? animation : null,
  };
}

interface SheetSize {
  columns: number;
  rows: number;
  width: number;
  height: number;
  extrude: number;
}

/** Draws all cells on one sheet, each surrounded by `extrude` repetitions of its edge pixels. */
function drawSheet(images: readonly PixelImage[], size: SheetSize): PixelImage {
  const { columns, rows, width, height, extrude } = size;
  const pitch = { x: width + 2 * extrude, y: height + 2 * extrude };
  const sheet = createImage(columns * pitch.x, rows * pitch.y);
  for (const [i, { data }] of images.entries()) {
    const left = (i % columns) * pitch.x;
    const top = Math.floor(i / columns) * pitch.y;
    for (let y = 0; y < pitch.y; y++) {
      const row = Math.max(0, Math.min(height - 1, y - extrude));
      for (let x = 0; x < pitch.x; x++) {
        const from = 4 * (row * width + Math.max(0, Math.min(width - 1, x - extrude)));
        sheet.data.set(data.subarray(from, from + 4), 4 * ((top + y) * sheet.width + left + x));
      }
    }
  }
  return sheet;
}
