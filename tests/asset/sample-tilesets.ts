import type { AssetPackage, PackageFrame, PackageTileset } from "../../service/asset/asset-package.ts";
import { createImage, type PixelImage } from "../../service/pixel/image.ts";
import { type Random, seededRandom } from "../../service/pixel/random.ts";
import type { TileInfo, TilesetInfo } from "../../shared/asset.ts";

type Point = { x: number; y: number };
type Type = TilesetInfo["type"];

export interface SampleTilesetOptions {
  /** Pixels. Default: 16 x 16. */
  size?: { width: number; height: number };
  /** Further pure tiles of each terrain, of probability 0.25. Default: 0. */
  variants?: number;
  /** Frames of the pure lower tile, 120 ms and more each. Default: 1, still. */
  frames?: number;
  /** Default: 0. */
  extrude?: number;
  /** Default: none. */
  collision?: PackageTileset["collision"];
  /** Leaves the pure lower tile out of edge and blob tiles. Default: false. */
  withoutLower?: boolean;
  /** Default: "terrain". */
  name?: string;
  /** Default: "Deep water" and "Grass". */
  terrainNames?: [lower: string, upper: string];
}

const LOWER: [number, number, number][] = [
  [59, 93, 201],
  [65, 166, 246],
];
const UPPER: [number, number, number][] = [
  [56, 183, 100],
  [37, 113, 121],
];

/** The order of the tiles on a sheet of 16: no index is its mask, so that nothing can take one for the other. */
const SHUFFLED = [13, 10, 4, 12, 6, 8, 0, 1, 11, 3, 2, 5, 15, 14, 7, 9];

const CORNERS = { NW: 8, NE: 4, SW: 2, SE: 1 } as const;
const EDGES = { N: 8, E: 4, S: 2, W: 1 } as const;
const CLOCKWISE = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"] as const;
export const STEPS: Record<(typeof CLOCKWISE)[number], Point> = {
  N: { x: 0, y: -1 },
  NE: { x: 1, y: -1 },
  E: { x: 1, y: 0 },
  SE: { x: 1, y: 1 },
  S: { x: 0, y: 1 },
  SW: { x: -1, y: 1 },
  W: { x: -1, y: 0 },
  NW: { x: -1, y: -1 },
};

/** The 47 masks of a blob: a corner counts between two sides only. */
export const BLOB_MASKS = [...new Set(Array.from({ length: 256 }, (_, mask) => reduceBlob(mask)))].sort(
  (a, b) => a - b,
);

/** Takes the corners from a mask of 8 neighbors that do not lie between two sides. */
export function reduceBlob(mask: number): number {
  let reduced = mask;
  for (const i of [1, 3, 5, 7]) {
    const beside = (1 << (i - 1)) | (1 << ((i + 1) % 8));
    if ((mask & beside) !== beside) reduced &= ~(1 << i);
  }
  return reduced;
}

/** The mask of the pure lower tile where the other tiles stand for cells of the upper terrain. */
export const LOWER_ONLY = -1;

interface SampleTile {
  name: string;
  mask: number;
  /** What of 2 shades its dots are drawn in, so that variants and frames differ. */
  look: number;
  probability: number;
  frames: number;
}

/** A complete terrain set, drawn by plain code: every tile differs from every other one. */
export function sampleTileset(type: Type, options: SampleTilesetOptions = {}): AssetPackage {
  const { size = { width: 16, height: 16 }, extrude = 0, collision = null, name = "terrain" } = options;
  const [lowerName, upperName] = options.terrainNames ?? ["Deep water", "Grass"];
  const tiles = listTiles(type, options);
  const columns = type === "blob47" ? 8 : 4;
  const cells = layTiles(tiles, columns);
  const rows = Math.ceil(cells.length / columns);
  while (cells.length < columns * rows) cells.push(null);
  const frames = cells.map(
    (cell, i): PackageFrame => ({
      name: !cell ? `empty_${i}` : cell.frame === 0 ? cell.tile.name : `${cell.tile.name}_f${cell.frame}`,
      image: cell
        ? drawTile(type, cell.tile, { ...size, frame: cell.frame })
        : createImage(size.width, size.height),
      durationMs: 100,
      pivot: { x: 0, y: 0 },
      seed: null,
      exemplars: [],
    }),
  );
  const margin = extrude;
  const spacing = 2 * extrude;
  const cellWidth = size.width + spacing;
  const cellHeight = size.height + spacing;
  const info: TilesetInfo = {
    type,
    layout: type === "blob47" ? "blob_8x6" : "wang_4x4",
    columns,
    rows,
    tile_size: size,
    margin,
    spacing,
    extrude,
    terrains: [
      { id: 0, name: lowerName, role: "lower", color: "#3b5dc9" },
      { id: 1, name: upperName, role: "upper", color: "#38b764" },
    ],
    base_tile_ids: { lower: type === "sidescroller" ? null : "base-lower", upper: "base-upper" },
    tiles: tiles.map((tile) => {
      const index = cells.findIndex((cell) => cell?.tile === tile && cell.frame === 0);
      return describeTile(type, tile, { index, columns, ...size, margin, spacing });
    }),
  };
  const polygons = cells.map((cell) =>
    cell && collision ? drawPolygons(type, cell.tile, collision, size) : [],
  );
  return {
    kind: "tileset",
    name,
    frames,
    sheet: { image: drawSheet(frames, { columns, rows, extrude }), columns, rows, cellWidth, cellHeight },
    tags: [],
    palette: { name: null, colors: ["#3b5dc9", "#41a6f6", "#38b764", "#257179"], locked: false },
    text: { Software: "Pixelkiln" },
    tileset: { info, collision, polygons, sample: sampleMap(info, seededRandom(5)) },
  };
}

function listTiles(type: Type, options: SampleTilesetOptions): SampleTile[] {
  const { variants = 0, frames = 1, withoutLower = false } = options;
  const prefix = type === "blob47" ? "blob" : type === "edge16" ? "edge" : "wang";
  const isCells = prefix !== "wang";
  const lower = isCells ? LOWER_ONLY : 0;
  const full = type === "blob47" ? 255 : 15;
  const masks = [
    ...(type === "blob47" ? BLOB_MASKS : SHUFFLED),
    ...(isCells && !withoutLower ? [lower] : []),
  ];
  const nameOf = (mask: number) => `${prefix}_${mask === LOWER_ONLY ? "lower" : mask}`;
  // The lower terrain moves, or, where no tile is lower, the upper one.
  const moving = withoutLower || type === "sidescroller" ? full : lower;
  const base = masks.map((mask) => ({
    name: nameOf(mask),
    mask,
    look: 0,
    probability: 1,
    frames: mask === moving ? frames : 1,
  }));
  const pure = withoutLower || type === "sidescroller" ? [full] : [lower, full];
  const further = pure.flatMap((mask) =>
    Array.from({ length: variants }, (_, i) => ({
      name: `${nameOf(mask)}_v${i + 1}`,
      mask,
      look: i + 1,
      probability: 0.25,
      frames: 1,
    })),
  );
  return [...base, ...further];
}

/** The frames of a tile lie in one row, its own first. */
function layTiles(tiles: readonly SampleTile[], columns: number) {
  const cells: ({ tile: SampleTile; frame: number } | null)[] = [];
  for (const tile of tiles) {
    while ((cells.length % columns) + tile.frames > columns) cells.push(null);
    for (let frame = 0; frame < tile.frames; frame++) cells.push({ tile, frame });
  }
  return cells;
}

function describeTile(
  type: Type,
  tile: SampleTile,
  at: { index: number; columns: number; width: number; height: number; margin: number; spacing: number },
): TileInfo {
  const mask = Math.max(tile.mask, 0);
  const roleOf = (bit: number) => ((mask & bit) === 0 ? "lower" : "upper") as "lower" | "upper";
  const bitsOf = (names: readonly string[], bits: Record<string, number> | null) =>
    Object.fromEntries(names.map((name) => [name, bits ? roleOf(bits[name]!) : null]));
  const blob = Object.fromEntries(CLOCKWISE.map((name, i) => [name, 1 << i]));
  const corners = type === "edge16" ? null : type === "blob47" ? blob : CORNERS;
  const edges = type === "edge16" ? EDGES : type === "blob47" ? blob : null;
  return {
    index: at.index,
    name: tile.name,
    mask: tile.mask,
    corners: bitsOf(["NW", "NE", "SW", "SE"], corners) as TileInfo["corners"],
    edges: bitsOf(["N", "E", "S", "W"], edges) as TileInfo["edges"],
    bounding_box: {
      x: at.margin + (at.index % at.columns) * (at.width + at.spacing),
      y: at.margin + Math.floor(at.index / at.columns) * (at.height + at.spacing),
      width: at.width,
      height: at.height,
    },
    probability: tile.probability,
    animation:
      tile.frames === 1
        ? null
        : Array.from({ length: tile.frames }, (_, i) => ({ index: at.index + i, duration_ms: 120 + 40 * i })),
  };
}

/** Whether a place of a tile is upper terrain; u and v go from 0 to 1. */
function isUpperAt(type: Type, mask: number, u: number, v: number): boolean {
  if (mask === LOWER_ONLY) return false;
  if (type === "edge16") {
    if (mask === 15) return true;
    const near = 0.22;
    const inX = Math.abs(u - 0.5) < near;
    const inY = Math.abs(v - 0.5) < near;
    if (inX && inY) return true;
    const arms = [inX && v < 0.5, inY && u >= 0.5, inX && v >= 0.5, inY && u < 0.5];
    return arms.some((isArm, i) => isArm && (mask & (8 >> i)) !== 0);
  }
  if (type === "blob47") {
    const x = u < 0.2 ? -1 : u > 0.8 ? 1 : 0;
    const y = v < 0.2 ? -1 : v > 0.8 ? 1 : 0;
    const needed = CLOCKWISE.filter((side) => {
      const step = STEPS[side];
      return (step.x === 0 || step.x === x) && (step.y === 0 || step.y === y) && (x !== 0 || y !== 0);
    });
    return needed.every((side) => (mask & (1 << CLOCKWISE.indexOf(side))) !== 0);
  }
  const [nw, ne, sw, se] = [8, 4, 2, 1].map((bit) => ((mask & bit) === 0 ? 0 : 1)) as [
    number,
    number,
    number,
    number,
  ];
  return (1 - v) * ((1 - u) * nw + u * ne) + v * ((1 - u) * sw + u * se) > 0.5;
}

function drawTile(
  type: Type,
  { mask, look }: SampleTile,
  { width, height, frame }: { width: number; height: number; frame: number },
): PixelImage {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const upper = isUpperAt(type, mask, (x + 0.5) / width, (y + 0.5) / height);
      if (!upper && type === "sidescroller") continue;
      const isDot = (3 * x + 5 * y + 7 * look + 2 * frame + mask) % 13 === 0;
      data.set([...(upper ? UPPER : LOWER)[isDot ? 1 : 0]!, 255], 4 * (y * width + x));
    }
  }
  return { width, height, data };
}

/** A quarter of the tile for each colliding corner, or the whole tile; all convex. */
function drawPolygons(
  type: Type,
  { mask }: SampleTile,
  collision: "lower" | "upper",
  { width, height }: { width: number; height: number },
): Point[][] {
  const box = (x: number, y: number, w: number, h: number) => [
    { x, y },
    { x: x + w, y },
    { x: x + w, y: y + h },
    { x, y: y + h },
  ];
  if (type === "edge16" || type === "blob47") {
    return (mask !== LOWER_ONLY) === (collision === "upper") ? [box(0, 0, width, height)] : [];
  }
  const hits = (bit: number) => ((mask & bit) !== 0) === (collision === "upper");
  if ([8, 4, 2, 1].every(hits)) return [box(0, 0, width, height)];
  return [8, 4, 2, 1].flatMap((bit, i) =>
    hits(bit) ? [box((i % 2) * (width / 2), Math.floor(i / 2) * (height / 2), width / 2, height / 2)] : [],
  );
}

/** Puts the cells on a sheet, each surrounded by `extrude` copies of its outermost pixels. */
function drawSheet(
  frames: readonly PackageFrame[],
  { columns, rows, extrude }: { columns: number; rows: number; extrude: number },
): PixelImage {
  const { width, height } = frames[0]!.image;
  const pitch = { x: width + 2 * extrude, y: height + 2 * extrude };
  const sheet = createImage(columns * pitch.x, rows * pitch.y);
  const clamp = (value: number, end: number) => Math.min(Math.max(value, 0), end - 1);
  for (const [i, { image }] of frames.entries()) {
    for (let y = 0; y < pitch.y; y++) {
      for (let x = 0; x < pitch.x; x++) {
        const from = 4 * (clamp(y - extrude, height) * width + clamp(x - extrude, width));
        const toX = (i % columns) * pitch.x + x;
        const toY = Math.floor(i / columns) * pitch.y + y;
        sheet.data.set(image.data.subarray(from, from + 4), 4 * (toY * sheet.width + toX));
      }
    }
  }
  return sheet;
}

/**
 * The mask that a map asks for at a cell. `upperAt` tells of the cell and its neighbors, or of corners for corner
 * sets.
 */
export function maskAt(type: Type, { x, y }: Point, upperAt: (x: number, y: number) => boolean): number {
  if ((type === "edge16" || type === "blob47") && !upperAt(x, y)) return LOWER_ONLY;
  if (type === "edge16") {
    const edges = Object.entries(EDGES) as [keyof typeof EDGES, number][];
    return edges.reduce(
      (mask, [side, bit]) => (upperAt(x + STEPS[side].x, y + STEPS[side].y) ? mask | bit : mask),
      0,
    );
  }
  if (type === "blob47") {
    return reduceBlob(
      CLOCKWISE.reduce((mask, side, i) => {
        return upperAt(x + STEPS[side].x, y + STEPS[side].y) ? mask | (1 << i) : mask;
      }, 0),
    );
  }
  const corners = [upperAt(x, y), upperAt(x + 1, y), upperAt(x, y + 1), upperAt(x + 1, y + 1)];
  return corners.reduce((mask, isUpper, i) => (isUpper ? mask | (8 >> i) : mask), 0);
}

/** A map of random terrain. Cells for which there is no tile are empty: -1. */
function sampleMap(info: TilesetInfo, random: Random): PackageTileset["sample"] {
  const columns = 20;
  const rows = 12;
  const painted = Array.from({ length: (columns + 2) * (rows + 2) }, () => random() < 0.5);
  const upperAt = (x: number, y: number) =>
    info.type === "blob47" || info.type === "edge16"
      ? x >= 0 && y >= 0 && x < columns && y < rows && painted[y * columns + x] === true
      : painted[y * (columns + 1) + x] === true;
  const cells = Array.from({ length: columns * rows }, (_, i) => {
    const at = { x: i % columns, y: Math.floor(i / columns) };
    const mask = maskAt(info.type, at, upperAt);
    const fitting = info.tiles.filter((tile) => tile.mask === mask);
    return fitting[Math.floor(random() * fitting.length)]?.index ?? -1;
  });
  return { columns, rows, cells };
}

/** The sets that writers and engines are tried with: every type, every option, none of them twice. */
export const SAMPLE_TILESETS: Record<string, () => AssetPackage> = {
  "corner tiles": () => sampleTileset("wang16", { name: "plain" }),
  "corner tiles with variants, animation, extrusion and collision": () =>
    sampleTileset("wang16", { name: "rich", variants: 2, frames: 4, extrude: 1, collision: "lower" }),
  "edge tiles": () => sampleTileset("edge16", { name: "paths", variants: 1, frames: 3, collision: "upper" }),
  "blob tiles": () =>
    sampleTileset("blob47", { name: "blob", variants: 2, frames: 3, extrude: 1, collision: "upper" }),
  "blob tiles on nothing": () =>
    sampleTileset("blob47", { name: "island", variants: 1, frames: 2, withoutLower: true }),
  "dual grid tiles": () => sampleTileset("dual_grid", { name: "dual", extrude: 2 }),
  "sidescroller tiles that are not square": () =>
    sampleTileset("sidescroller", {
      name: "ground",
      size: { width: 12, height: 18 },
      variants: 1,
      frames: 2,
      collision: "upper",
    }),
};
