import type { AssetManifest } from "../../../shared/asset.ts";
import { cut, type Pixels, type Rect } from "../pure/pixels.ts";
import { call, getJson } from "./client.ts";

/** One still of what moves: its pixels, how long it is shown, and its tag (walk_south). */
export interface Frame {
  pixels: Pixels;
  ms: number;
  tag: string;
}

/** An asset with its pixels. */
export interface LoadedAsset {
  manifest: AssetManifest;
  /** Pictures that can be chosen one by one; a sheet counts as one. */
  images: Pixels[];
  /** All frames or tiles on one picture, where there is one. */
  sheet: Pixels | null;
  /** Null where nothing moves. */
  frames: Frame[] | null;
}

const DEFAULT_MS = 125;

/** Where a file of an asset is. */
export function fileUrl(id: string, name: string): string {
  return `/v1/assets/${id}/files/${encodeURIComponent(name)}`;
}

/** Reads a published asset and decodes its pictures. */
export async function loadAsset(id: string): Promise<LoadedAsset> {
  const manifest = await getJson<AssetManifest>(`/v1/assets/${id}`);
  const sheetFile = manifest.files.find(({ role }) => role === "sheet")?.path;
  const { tileset, animation, character, effect, layout } = manifest;
  const isSheet = [tileset, animation, character, effect, layout].some((about) => about !== undefined);
  const load = async (name: string): Promise<Pixels> => decode(await (await call(fileUrl(id, name))).blob());
  if (isSheet && sheetFile !== undefined) {
    const sheet = await load(sheetFile);
    return { manifest, images: [sheet], sheet, frames: framesOf(manifest, sheet) };
  }
  const names = manifest.images.map(({ file }) => file);
  return { manifest, images: await Promise.all(names.map(load)), sheet: null, frames: null };
}

/** Reads only the first picture: for lists. */
export async function loadThumbnail(id: string): Promise<{ manifest: AssetManifest; pixels: Pixels | null }> {
  const manifest = await getJson<AssetManifest>(`/v1/assets/${id}`);
  const first = manifest.files.find(
    ({ role }) => role === "sheet" && manifest.images.length > 1 && isWhole(manifest),
  );
  const name = first?.path ?? manifest.images[0]?.file;
  if (name === undefined) return { manifest, pixels: null };
  return { manifest, pixels: await decode(await (await call(fileUrl(id, name))).blob()) };
}

function isWhole({ tileset }: AssetManifest): boolean {
  return tileset !== undefined;
}

/** Decodes a picture into its exact pixels: no color management, no premultiplied alpha. */
export async function decode(blob: Blob): Promise<Pixels> {
  const bitmap = await createImageBitmap(blob, { premultiplyAlpha: "none", colorSpaceConversion: "none" });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("This browser has no canvas.");
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data };
}

/** Encodes pixels as PNG, in base64. */
export async function toBase64(pixels: Pixels): Promise<string> {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  canvas.getContext("2d")?.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
  return blobToBase64(await canvas.convertToBlob({ type: "image/png" }));
}

/** Reads a file as base64, without the `data:` in front. */
export async function blobToBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000)
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

function framesOf({ animation, character, effect, layout }: AssetManifest, sheet: Pixels): Frame[] | null {
  const moving = character ?? animation;
  if (moving) {
    const tags = moving.actions.flatMap((action) => action.tags);
    return tags.flatMap(({ name, from, to }) =>
      moving.frames.slice(from, to + 1).map(({ frame: { x, y, w, h }, duration }) => ({
        pixels: cut(sheet, { x, y, width: w, height: h }),
        ms: duration,
        tag: name,
      })),
    );
  }
  if (effect) {
    return effect.frames.map(({ frame: { x, y, w, h }, duration }) => ({
      pixels: cut(sheet, { x, y, width: w, height: h }),
      ms: duration,
      tag: effect.name,
    }));
  }
  if (!layout) return null;
  const { columns, rows, frame_width: width, frame_height: height, durations_ms: durations } = layout;
  const count = durations?.length ?? columns * rows;
  return Array.from({ length: count }, (_, i) => {
    const rect: Rect = { x: (i % columns) * width, y: Math.floor(i / columns) * height, width, height };
    return { pixels: cut(sheet, rect), ms: durations?.[i] ?? DEFAULT_MS, tag: "" };
  });
}
