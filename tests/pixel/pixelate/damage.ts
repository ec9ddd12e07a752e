import sharp, { type Sharp } from "sharp";
import type { PixelImage } from "../../../service/pixel/image.ts";

/** What happens to pictures of pixel art on their way to a user. All are pure but `jpeg` and `paletteSaved`. */

function mapPixels(
  image: PixelImage,
  change: (value: number, x: number, y: number, channel: number) => number,
): PixelImage {
  const data = image.data.slice();
  for (let i = 0; i < data.length; i++) {
    if (i % 4 === 3) continue;
    const pixel = i >> 2;
    const value = change(data[i]!, pixel % image.width, Math.floor(pixel / image.width), i % 4);
    data[i] = Math.max(0, Math.min(255, Math.round(value)));
  }
  return { ...image, data };
}

/** An unsharp mask: an overshoot on both sides of every border, as chat image generators leave it. */
export function sharpened(image: PixelImage, amount = 1.5): PixelImage {
  const at = (x: number, y: number, channel: number): number => {
    const column = Math.max(0, Math.min(image.width - 1, x));
    const row = Math.max(0, Math.min(image.height - 1, y));
    return image.data[4 * (row * image.width + column) + channel]!;
  };
  return mapPixels(image, (value, x, y, channel) => {
    let around = 0;
    for (let v = -1; v <= 1; v++) for (let u = -1; u <= 1; u++) around += at(x + u, y + v, channel) / 9;
    return value + amount * (value - around);
  });
}

/** Every second row is darker, as a television drew it. */
export function scanlined(image: PixelImage, light = 0.6): PixelImage {
  return mapPixels(image, (value, _, y) => (y % 2 === 1 ? light * value : value));
}

/** A dark line after every `pitch` pixels along both axes, as between the cells of an LCD. */
export function lcd(image: PixelImage, pitch: number, light = 0.55): PixelImage {
  return mapPixels(image, (value, x, y) => {
    const dark = (x % pitch === pitch - 1 ? light : 1) * (y % pitch === pitch - 1 ? light : 1);
    return dark * value;
  });
}

/** The beam of a cathode ray tube: light falls off towards the lower and upper rim of each cell, and the picture glows. */
export function crt(image: PixelImage, pitch: number): PixelImage {
  return mapPixels(image, (value, _, y) => {
    const off = Math.abs(((y % pitch) + 0.5) / pitch - 0.5);
    return value * (1 - 1.2 * off * off * 2);
  });
}

/** A margin of one color on all sides. */
export function framed(image: PixelImage, margin: number): PixelImage {
  const width = image.width + 2 * margin;
  const height = image.height + 2 * margin;
  const data = new Uint8Array(4 * width * height).fill(255);
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(4 * y * image.width, 4 * (y + 1) * image.width);
    data.set(row, 4 * ((y + margin) * width + margin));
  }
  return { width, height, data };
}

/** Saved as a PNG with a palette and read back. */
export async function paletteSaved(image: PixelImage, colors: number, dither: number): Promise<PixelImage> {
  return decoded(await raw(image).png({ palette: true, colors, dither }).toBuffer());
}

/** Saved as a JPEG and read back. */
export async function jpeg(image: PixelImage, quality: number, chroma = "4:2:0"): Promise<PixelImage> {
  return decoded(await raw(image).flatten().jpeg({ quality, chromaSubsampling: chroma }).toBuffer());
}

/** Shrunk by sharp with its nearest kernel, which is off by a column here and there for odd factors from 11 on. */
export async function shrunkNearest(image: PixelImage, factor: number): Promise<PixelImage> {
  const size = { width: image.width / factor, height: image.height / factor };
  return decoded(
    await raw(image)
      .resize({ ...size, kernel: "nearest", fit: "fill" })
      .png()
      .toBuffer(),
  );
}

function raw({ width, height, data }: PixelImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 } });
}

async function decoded(bytes: Uint8Array): Promise<PixelImage> {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}
