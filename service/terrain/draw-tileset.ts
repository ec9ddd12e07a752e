import type { Checks, Collision, ShapeStyle, TilesetLayout, TilesetType } from "../../shared/asset.ts";
import type { PixelImage } from "../pixel/image.ts";
import { borderField, insetOf } from "./border-field.ts";
import { collisionPolygons, type Point } from "./collision-polygons.ts";
import { drawTile, hasBlade } from "./draw-tile.ts";
import type { Ground, Grounds } from "./ground.ts";
import { AROUND, capTops, type Level, type LevelMap, mapLevels } from "./level-map.ts";
import { measureJoints } from "./measure-joints.ts";
import { moveTexture } from "./move-texture.ts";
import { joinOf, pureMask, type Terrain, tileForms } from "./tile-forms.ts";
import { layOutTileset, type PlacedTile } from "./tileset-layout.ts";
import { varyTexture } from "./vary-texture.ts";

/** Everything that decides the pixels of a set. Sizes in pixels. */
export interface TilesetDrawing {
  type: TilesetType;
  layout: TilesetLayout;
  width: number;
  height: number;
  grounds: Grounds;
  shape: { shape_style: ShapeStyle; raggedness: number; transition_size: number };
  variants: number;
  moving: readonly Terrain[];
  frameCount: number;
  collision: Collision;
  seed: number;
  /** Tiles that are kept unchanged, by name: all frames of each. */
  kept: ReadonlyMap<string, readonly PixelImage[]>;
}

/** One tile of a drawn set: its frames lie side by side starting at `cell`. */
export interface DrawnTile extends PlacedTile {
  cell: number;
  frames: PixelImage[];
  polygons: Point[][];
}

export interface DrawnTileset {
  columns: number;
  rows: number;
  tiles: DrawnTile[];
}

/**
 * Draws all tiles of a set, one per step of the generator, so that the caller may pause or stop. If something moves,
 * each place in the layout is a run of `frameCount` cells: the frames of a tile follow it directly, and a tile that
 * does not move leaves the rest of its run empty.
 */
export function* drawTileset(drawing: TilesetDrawing): Generator<number, DrawnTileset> {
  const grid = layOutTileset(drawing.type, drawing.layout, drawing.variants);
  const run = drawing.moving.length > 0 ? drawing.frameCount : 1;
  const scenes = createScenes(drawing);
  const tiles: DrawnTile[] = [];
  for (const [place, tile] of grid.places.entries()) {
    if (tile === null) continue;
    const levels = levelsOf(drawing, tile.form.mask);
    const kept = drawing.kept.get(tile.name);
    const frames = kept ?? drawFrames(drawing, { scenes, tile, levels });
    const polygons = polygonsOf(drawing, levels);
    tiles.push({ ...tile, cell: place * run, frames: [...frames], polygons });
    yield tiles.length;
  }
  return { columns: grid.columns * run, rows: grid.rows, tiles };
}

/** The grounds of each variant and frame: [variant][frame]. */
type Scenes = Grounds[][];

function createScenes({ grounds, variants, moving, frameCount, layout, seed }: TilesetDrawing): Scenes {
  const count = layout === "retro_4x5" ? Math.max(2, variants) : variants;
  const steps = moving.length > 0 ? frameCount : 1;
  const framesOf = (ground: Ground, terrain: Terrain, variant: number): Ground[] => {
    if (ground.texture === null) return [ground];
    const place = terrain === "lower" ? 0 : 1;
    const texture =
      variant === 0 ? ground.texture : varyTexture(ground.texture, (seed + 16 * variant + place) >>> 0);
    const frames = moving.includes(terrain) ? moveTexture(texture, steps) : [texture];
    return frames.map((frame) => ({ ...ground, texture: frame }));
  };
  return Array.from({ length: count + 1 }, (_, variant) => {
    const lower = framesOf(grounds.lower, "lower", variant);
    const upper = framesOf(grounds.upper, "upper", variant);
    return Array.from({ length: steps }, (_, frame) => ({
      lower: lower[frame % lower.length]!,
      between: grounds.between,
      upper: upper[frame % upper.length]!,
    }));
  });
}

function drawFrames(
  drawing: TilesetDrawing,
  { scenes, tile, levels }: { scenes: Scenes; tile: PlacedTile; levels: LevelMap },
): PixelImage[] {
  const { width, height, moving } = drawing;
  const shows = (terrain: Terrain): boolean =>
    tile.form.mask !== pureMask(drawing.type, terrain === "lower" ? "upper" : "lower");
  const moves = moving.some(shows);
  const frames = scenes[tile.variant]!.slice(0, moves ? undefined : 1);
  const depth = sideDepth(drawing);
  return frames.map((grounds) => drawTile({ width, height, grounds, levels, depth }));
}

/** Width in pixels of the band between the terrains, on both sides of the border together. */
function bandWidth({ grounds, width, height, shape, type }: TilesetDrawing): number {
  if (grounds.between === null || grounds.lower.texture === null) return 0;
  const most = joinOf(type) === "blob" ? 2 * (insetOf(width, height) - 1) : Math.min(width, height) / 2;
  return Math.min(most, Math.max(2, Math.round((shape.transition_size * Math.min(width, height)) / 2)));
}

/** Height in pixels of the visible face of hard ground. */
function sideDepth({ width, height, shape, type }: TilesetDrawing): number {
  const asked = Math.round((shape.transition_size * Math.min(width, height)) / 4);
  const most = joinOf(type) === "blob" ? insetOf(width, height) - 2 : AROUND - 3;
  return Math.max(0, Math.min(most, AROUND - 3, asked));
}

function levelsOf(drawing: TilesetDrawing, mask: number): LevelMap {
  const { type, width, height, shape, seed, grounds } = drawing;
  const { shape_style: style, raggedness, transition_size } = shape;
  const field = borderField({ type, mask, width, height, style, raggedness, seed });
  const levels = mapLevels({ width, height, field, band: bandWidth(drawing) });
  if (grounds.lower.texture !== null || grounds.between === null) return levels;
  const depth = Math.max(3, Math.round((transition_size * height) / 2) + 1);
  return capTops(levels, depth, hasBlade);
}

function polygonsOf({ collision, width, height }: TilesetDrawing, levels: LevelMap): Point[][] {
  if (collision === "none") return [];
  const isSolid = (level: Level): boolean => (collision === "lower" ? level === 0 : level !== 0);
  return collisionPolygons({ width, height }, (x, y) => isSolid(levels.at(x, y)));
}

type TilesetChecks = Pick<
  Checks,
  "seam_ratio_x" | "seam_ratio_y" | "worst_pair" | "combinations_present" | "combinations_expected"
>;

/** Measures the seams of a drawn set and counts its combinations. */
export function checkTileset(type: TilesetType, tiles: readonly DrawnTile[]): TilesetChecks {
  const wanted = tileForms(type).filter(({ mask }) => mask >= 0);
  const present = new Set(tiles.map(({ form }) => form.mask));
  return {
    ...measureJoints(tiles),
    combinations_present: wanted.filter(({ mask }) => present.has(mask)).length,
    combinations_expected: wanted.length,
  };
}
