import type { AssetSource, WebAsset } from "./assets.ts";
import { type TiledMap, withTileset } from "./tiled-map.ts";

/** The loaded files of an asset. */
export interface AssetFiles {
  image: HTMLImageElement;
  /** Aseprite JSON, or null. */
  atlas: unknown;
  /** Tiled tileset, from its own file or embedded in the map; or null. */
  tileset: object | null;
  /** Tiled map with the tileset in it, or null. */
  map: TiledMap | null;
}

/** Loads the files of an asset's current version. Rejects as soon as one of them is missing or broken. */
export async function fetchAsset(asset: WebAsset, source: AssetSource): Promise<AssetFiles> {
  if (asset.image === null) throw new Error("It has no picture.");
  const json = async (url: string | null) => (url === null ? null : fetchJson(source.url(url)));
  const [image, atlas, ownTileset, ownMap] = await Promise.all([
    fetchImage(source.url(asset.image)),
    json(asset.atlas),
    json(asset.tileset) as Promise<object | null>,
    json(asset.map) as Promise<TiledMap | null>,
  ]);
  const tileset = ownTileset ?? ownMap?.tilesets[0] ?? null;
  const map = ownMap && tileset ? withTileset(ownMap, tileset) : null;
  return { image, atlas, tileset, map };
}

/** The last chunk of every complete PNG: length 0, "IEND" and its checksum (PNG specification, section 11.2.5). */
const PNG_END = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];

/**
 * Loads a PNG as an element, ready to draw. Never as an ImageBitmap: WebGL would not flip that vertically.
 * Rejects for a broken or half-written file: a browser accepts a truncated one and draws nothing or only part of it.
 */
async function fetchImage(url: string): Promise<HTMLImageElement> {
  const bytes = new Uint8Array(await (await fetchOk(url)).arrayBuffer());
  const end = bytes.subarray(-PNG_END.length);
  if (!PNG_END.every((byte, i) => end[i] === byte)) throw new Error(`${url} is no whole PNG.`);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(image.src);
  }
  return image;
}

/** Loads JSON. Rejects for an answer that is not JSON. */
async function fetchJson(url: string): Promise<unknown> {
  return (await fetchOk(url)).json();
}

async function fetchOk(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response;
}
