import { createHash } from "node:crypto";
import { decodeImage } from "../../../service/codecs/decode-image.ts";
import { encodePng } from "../../../service/codecs/encode-png.ts";
import { createImage, type PixelImage, place } from "../../../service/pixel/image.ts";
import { fakePixelArt, nativePicture } from "../../pixel/pixelate/fake-pixel-art.ts";

/** What decides what a stand-in for a picture server draws. */
export interface FakeOrder {
  prompt: string;
  negative: string;
  width: number;
  height: number;
  seed: number;
  steps: number;
  cfg: number;
  tiling: boolean;
  /** PNG that it starts from, how far it leaves it, and what is white where it draws. */
  start: Uint8Array | null;
  strength: number;
  mask: Uint8Array | null;
}

/** Art pixels along an edge of what is drawn. */
export const ART = 32;

/** The pixel art that a seed and some words stand for: round on a clear ground, or up to the edges of a texture. */
export function artOf(order: Pick<FakeOrder, "prompt" | "seed"> & Partial<FakeOrder>): PixelImage {
  const { prompt, negative, seed, steps, cfg, tiling } = order;
  const text = JSON.stringify([prompt, negative, seed, steps, cfg, tiling]);
  const hash = createHash("sha256").update(text).digest().readUInt32BE(0);
  return nativePicture(ART, ART, { clear: !/texture/.test(prompt), seed: hash });
}

/** Draws like an image model: soft and noisy, on the ground that the prompt asks for. */
export async function drawFake(order: FakeOrder): Promise<Uint8Array> {
  const { prompt, width, height, start, strength, mask } = order;
  const hex = /#([0-9a-f]{6})/i.exec(prompt)?.[1] ?? "c0c0c0";
  const ground = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const art = onGround(artOf(order), ground);
  const faults = {
    pitchX: width / ART,
    pitchY: height / ART,
    blur: width / ART / 10,
    noise: 2,
    seed: order.seed,
  };
  const drawn = fakePixelArt(art, faults);
  if (!start) return encodePng(drawn);
  const given = await decodeImage(start, "start");
  const marks = mask && (await decodeImage(mask, "mask"));
  const data = given.data.map((value, i) => {
    if (marks && marks.data[i - (i % 4)] === 0) return value;
    return Math.round(value + strength * (drawn.data[i]! - value));
  });
  return encodePng({ width, height, data });
}

function onGround(art: PixelImage, [red = 0, green = 0, blue = 0]: readonly number[]): PixelImage {
  const image = place(art, createImage(art.width, art.height), 0, 0);
  for (let i = 0; i < image.data.length; i += 4)
    if (image.data[i + 3] === 0) image.data.set([red, green, blue, 255], i);
  return image;
}

/** A picture of one color, as a network draws whose numbers overflowed. */
export function blackPng(width: number, height: number): Promise<Uint8Array> {
  const image = createImage(width, height);
  for (let i = 3; i < image.data.length; i += 4) image.data[i] = 255;
  return encodePng(image);
}
