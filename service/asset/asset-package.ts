import type { AnimationInfo, Exemplar, NineSlice, TilesetInfo } from "../../shared/asset.ts";
import type { CharacterInfo } from "../../shared/character.ts";
import type { EffectInfo } from "../../shared/effect.ts";
import type { PixelImage } from "../pixel/image.ts";

/**
 * One still: durations in ms, pivot in pixels of the frame. A pivot is a corner of the pixel grid, so the
 * one of a sprite that fills its frame has y = height: the line it stands on.
 */
export interface PackageFrame {
  name: string;
  image: PixelImage;
  durationMs: number;
  pivot: { x: number; y: number };
  /** Null if nothing was random. */
  seed: number | null;
  exemplars: Exemplar[];
  /** How it stretches, if it is a part of an interface that does. */
  nineSlice?: NineSlice | undefined;
}

/** A named run of frames, as in Aseprite's frameTags. */
export interface PackageTag {
  name: string;
  from: number;
  to: number;
  direction: "forward" | "reverse" | "pingpong" | "pingpong_reverse";
  loop: boolean;
  /** Frames a second, where the durations are these in whole ms. */
  fps?: number | undefined;
  /** What is shown: the directions of an action are played together. */
  action?: string | undefined;
}

/** A picture that belongs to an asset but is no frame of it: the portrait of a character. */
export interface ExtraPicture {
  /** What it is; its file is NAME-ROLE.png. */
  role: string;
  image: PixelImage;
}

/** All frames on one grid. Cells are in frame order, row by row, unless `cells` says where each frame is. */
export interface PackageSheet {
  image: PixelImage;
  cells?: readonly number[] | undefined;
  columns: number;
  rows: number;
  cellWidth: number;
  cellHeight: number;
}

/** A terrain set: one frame of the package is one cell of its sheet, animation frames of tiles included. */
export interface PackageTileset {
  info: TilesetInfo;
  /** Terrain that blocks bodies, or null. */
  collision: "lower" | "upper" | null;
  /**
   * By cell: polygons that cover the colliding terrain, in pixels from the top left corner of the tile; [] =
   * none. Convex, because physics engines need that.
   */
  polygons: readonly (readonly { x: number; y: number }[])[][];
  /** A map that shows every tile, for sample maps: cells of the sheet, row by row. */
  sample: { columns: number; rows: number; cells: readonly number[] };
}

/** What writers get: pixels and facts, nothing about the request, the job or the disk. */
export interface AssetPackage {
  kind: "sprite" | "tile" | "tileset" | "animation";
  /** File stem: a SafeName. */
  name: string;
  frames: PackageFrame[];
  sheet: PackageSheet;
  tags: PackageTag[];
  palette: { name: string | null; colors: string[]; locked: boolean };
  /** Text stored inside the PNGs (provenance). Keys are PNG keywords. */
  text: Record<string, string>;
  /** Only for terrain sets. */
  tileset?: PackageTileset;
  /** Only for animations, characters and effects: how the frames are laid out, timed and anchored. */
  animation?: AnimationInfo | CharacterInfo | EffectInfo;
  /** Pictures besides the frames. */
  pictures?: readonly ExtraPicture[];
}

/** Returns the rectangle of a frame on the sheet of its package, in pixels. */
export function frameRect(
  asset: Pick<AssetPackage, "frames" | "sheet">,
  index: number,
): { x: number; y: number; width: number; height: number } {
  const { columns, cellWidth, cellHeight } = asset.sheet;
  const { width, height } = asset.frames[index]!.image;
  const cell = asset.sheet.cells?.[index] ?? index;
  return { x: (cell % columns) * cellWidth, y: Math.floor(cell / columns) * cellHeight, width, height };
}
