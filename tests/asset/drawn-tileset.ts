import { assembleTileset } from "../../service/asset/assemble-tileset.ts";
import type { AssetPackage, PackageTileset } from "../../service/asset/asset-package.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { drawTileset } from "../../service/terrain/draw-tileset.ts";
import { AIR, makeGround } from "../../service/terrain/make-ground.ts";
import { sampleMap } from "../../service/terrain/sample-map.ts";
import { natureOf } from "../../service/terrain/terrain-words.ts";
import type { TilesetInfo } from "../../shared/asset.ts";

/** A speckled texture of three shades; it wraps, for no pixel knows its neighbors. */
function speckle(
  shades: [number, number, number][],
  { width, height, seed }: { width: number; height: number; seed: number },
): PixelImage {
  const random = seededRandom(seed);
  const data = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const pick = random();
    data.set([...shades[pick < 0.8 ? 0 : pick < 0.93 ? 1 : 2]!, 255], 4 * i);
  }
  return { width, height, data };
}

const WATER: [number, number, number][] = [
  [59, 93, 201],
  [65, 166, 246],
  [41, 54, 111],
];
const GRASS: [number, number, number][] = [
  [56, 183, 100],
  [37, 113, 121],
  [167, 240, 112],
];

export interface DrawnTilesetOptions {
  name: string;
  /** Pixels. Default: 16. */
  size?: number;
  variants?: number;
  /** Frames of what shows water. Default: 1, still. */
  frames?: number;
  collision?: PackageTileset["collision"];
  extrude?: number;
}

/** A terrain set as the service draws it, of plain textures: grass on water, or grass in the air. */
export function drawnTileset(type: TilesetInfo["type"], options: DrawnTilesetOptions): AssetPackage {
  const { name, size = 16, variants = 0, frames = 1, collision = null, extrude = 0 } = options;
  const isAir = type === "sidescroller";
  const place = { width: size, height: size };
  const upper = makeGround(speckle(GRASS, { ...place, seed: 1 }), natureOf("grass"));
  const lower = isAir ? AIR : makeGround(speckle(WATER, { ...place, seed: 2 }), natureOf("water"));
  const layout = type === "blob47" ? "blob_8x6" : "wang_4x4";
  const work = drawTileset({
    type,
    layout,
    ...place,
    grounds: { lower, between: null, upper },
    shape: { shape_style: "round", raggedness: 0.3, transition_size: 0.25 },
    variants,
    moving: frames > 1 ? ["lower"] : [],
    frameCount: frames,
    collision: collision ?? "none",
    seed: 7,
    kept: new Map(),
  });
  let step = work.next();
  while (!step.done) step = work.next();
  const { columns, rows, tiles } = step.value;
  const map = sampleMap(type);
  const cellOf = (mask: number) =>
    tiles.find(({ form, variant }) => form.mask === mask && variant === 0)!.cell;
  return assembleTileset({
    name,
    info: {
      type,
      layout,
      columns,
      rows,
      tile_size: place,
      extrude,
      terrains: [
        { id: 0, name: isAir ? "air" : "water", role: "lower", color: "#3b5dc9" },
        { id: 1, name: "grass", role: "upper", color: "#38b764" },
      ],
      base_tile_ids: { lower: isAir ? null : "base-lower", upper: "base-upper" },
    },
    tiles: tiles.map(({ form, variant, ...tile }) => ({
      ...tile,
      mask: form.mask,
      corners: form.corners,
      edges: form.edges,
      probability: variant === 0 ? 1 : 0.25,
    })),
    frameMs: 200,
    collision,
    sample: { columns: map.columns, rows: map.rows, cells: map.masks.map(cellOf) },
    seed: 7,
    palette: { name: null, colors: [], locked: false },
    text: { Software: "Pixelkiln" },
  });
}

/** Sets as the service makes them, beside the plain ones of sample-tilesets.ts. */
export const DRAWN_TILESETS: Record<string, () => AssetPackage> = {
  "a drawn corner set whose water moves": () =>
    drawnTileset("wang16", { name: "shore", variants: 1, frames: 3, collision: "lower", extrude: 1 }),
  "a drawn edge set": () => drawnTileset("edge16", { name: "roads", collision: "upper" }),
  "a drawn blob set": () => drawnTileset("blob47", { name: "meadow", variants: 2, collision: "lower" }),
  "a drawn sidescroller set": () => drawnTileset("sidescroller", { name: "cliff", collision: "upper" }),
};
