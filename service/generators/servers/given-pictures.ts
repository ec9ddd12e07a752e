import { encodePng } from "../../codecs/encode-png.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { mergeMarked } from "../../pixel/repaint.ts";
import type { PictureRequest } from "../generator.ts";
import type { DrawOrder } from "./picture-server.ts";
import { groundFor } from "./words.ts";

/** How far from the ground's color, in steps of a channel, a pixel still counts as ground. */
const NEAR_GROUND = 96;

/** Makes the pictures that a server starts from: opaque, what is transparent in a vivid color. */
export async function givenPictures(request: PictureRequest): Promise<Pick<DrawOrder, "start" | "mask">> {
  const { start, known, mask, strength } = request;
  if (!start && !known) return { start: null, mask: null };
  const picture = known && mask ? mergeMarked(start ?? known, known, mask) : start;
  if (!picture) return { start: null, mask: null };
  const png = await encodePng(onGround(picture, groundFor(request.prompt).color));
  // What is marked and not shown is drawn from nothing.
  const given = { png, strength: known && !start ? 1 : strength };
  if (!mask) return { start: given, mask: null };
  const size = { width: request.width, height: request.height };
  const [white, holes] = await Promise.all([
    encodePng({
      ...size,
      data: eachPixel(mask, (marked) => (marked ? [255, 255, 255, 255] : [0, 0, 0, 255])),
    }),
    encodePng({ ...size, data: eachPixel(mask, (marked) => (marked ? [0, 0, 0, 0] : [255, 255, 255, 255])) }),
  ]);
  return { start: given, mask: { white, holes } };
}

/** Puts back what was to be kept, and takes the ground away again where the given picture had none. */
export function keepGiven(image: PixelImage, request: PictureRequest): PixelImage {
  const { known, mask } = request;
  if (!known || !mask) return image;
  const isClear = known.data.some((value, i) => i % 4 === 3 && value === 0 && mask[i >> 2] === 0);
  const drawn = isClear ? withoutGround(image, groundFor(request.prompt).color) : image;
  return mergeMarked(drawn, known, mask);
}

function onGround({ width, height, data }: PixelImage, ground: readonly number[]): PixelImage {
  const opaque = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]! / 255;
    for (let c = 0; c < 3; c++) opaque[i + c] = alpha * data[i + c]! + (1 - alpha) * ground[c]!;
    opaque[i + 3] = 255;
  }
  return { width, height, data: new Uint8Array(opaque.buffer) };
}

function withoutGround({ width, height, data }: PixelImage, ground: readonly number[]): PixelImage {
  const cut = data.slice();
  for (let i = 0; i < cut.length; i += 4) {
    const isGround = [0, 1, 2].every((c) => Math.abs(cut[i + c]! - ground[c]!) <= NEAR_GROUND);
    if (isGround) cut.fill(0, i, i + 4);
  }
  return { width, height, data: cut };
}

function eachPixel(mask: Uint8Array, colorOf: (marked: boolean) => readonly number[]): Uint8Array {
  const data = new Uint8Array(4 * mask.length);
  for (const [p, byte] of mask.entries()) data.set(colorOf(byte !== 0), 4 * p);
  return data;
}
