import type { AssetPackage, PackageTag } from "../../service/asset/asset-package.ts";
import { packSheet } from "../../service/asset/pack-sheet.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { openRoot } from "../../service/library/paths.ts";
import { writeProjectFiles } from "../../service/library/project-output.ts";
import { drawCells } from "./draw-cells.ts";
import { outputBytes } from "./output-bytes.ts";

/** Plain colored frames: what is seen in a game tells which frame of which version it is. */
export interface PlainArt {
  name: string;
  size: number;
  /** "#rrggbb" of each frame. */
  colors: readonly string[];
  durationMs?: number;
  /** Row that it stands on, from the top. Default: the lowest. */
  feet?: number;
  direction?: PackageTag["direction"];
}

/** Makes an animation of plain frames with one tag, "walk". */
export function plainAnimation(art: PlainArt): AssetPackage {
  const { name, size, colors, durationMs = 100, direction = "forward", feet = size } = art;
  const frames = colors.map((color, i) => ({
    name: colors.length === 1 ? name : `${name}-${i + 1}`,
    image: drawCells(size, [color]),
    durationMs,
    pivot: { x: size / 2, y: feet },
    seed: null,
    exemplars: [],
  }));
  return {
    kind: "animation",
    name,
    frames,
    sheet: packSheet(frames.map(({ image }) => image)),
    tags: [{ name: "walk", from: 0, to: colors.length - 1, direction, loop: true }],
    palette: { name: null, colors: [...colors], locked: false },
    text: {},
  };
}

/** Writes an animation into a game the way the service does: files first, manifest last. */
export async function writeArt(game: string, art: PlainArt): Promise<void> {
  const bytes = await outputBytes(plainAnimation(art), "");
  await writeAsset(game, { name: art.name, kind: "animation", bytes });
}

/** A tileset of plain tiles, `columns` a row: margin and spacing as an extruded one has them. */
export interface PlainTiles {
  name: string;
  tile: number;
  columns: number;
  colors: readonly string[];
  extrude?: number;
  /** Global id of the tile that its sample map is full of. Default: 2, the second tile. */
  sample?: number;
}

/** Writes a PNG, its Tiled tileset and a map with that inside into a game. */
export async function writeTiles(game: string, tiles: PlainTiles): Promise<void> {
  const { name, tile, columns, colors, extrude = 0, sample = 2 } = tiles;
  const cell = tile + 2 * extrude;
  const image = drawCells(cell, colors, columns);
  const tileset = {
    type: "tileset",
    version: "1.10",
    tiledversion: "1.10.2",
    name,
    image: `${name}.png`,
    imagewidth: image.width,
    imageheight: image.height,
    tilewidth: tile,
    tileheight: tile,
    columns,
    tilecount: colors.length,
    margin: extrude,
    spacing: 2 * extrude,
  };
  const map = mapOf({ ...tileset, firstgid: 1 }, { tile, gid: sample });
  const bytes = new Map<string, Uint8Array>([
    [`${name}.phaser.tmj`, Buffer.from(JSON.stringify(map))],
    [`${name}.png`, await encodePng(image, {})],
    [`${name}.tsj`, Buffer.from(JSON.stringify(tileset))],
  ]);
  await writeAsset(game, { name, kind: "tileset", bytes });
}

/** Writes files as one asset of `public/assets`. */
export async function writeAsset(
  game: string,
  { name, kind, bytes }: { name: string; kind: string; bytes: ReadonlyMap<string, Uint8Array> },
): Promise<void> {
  await writeProjectFiles({
    projectRoot: await openRoot(game),
    dir: "public/assets",
    name,
    files: [...bytes].map(([path, content]) => ({ path, bytes: content })),
    lock: { assetId: `ast_${name}`, kind, model: null, request: {}, trainingDataLicenses: [] },
  });
}

/** A map of 4 x 4 tiles that all are the same one. */
export function mapOf(tileset: object, { tile, gid }: { tile: number; gid: number }): object {
  const layer = { id: 1, name: "floor", type: "tilelayer", x: 0, y: 0, opacity: 1, visible: true };
  return {
    type: "map",
    version: "1.10",
    orientation: "orthogonal",
    renderorder: "right-down",
    infinite: false,
    width: 4,
    height: 4,
    tilewidth: tile,
    tileheight: tile,
    nextlayerid: 2,
    nextobjectid: 1,
    layers: [{ ...layer, width: 4, height: 4, data: Array(16).fill(gid) }],
    tilesets: [tileset],
  };
}
