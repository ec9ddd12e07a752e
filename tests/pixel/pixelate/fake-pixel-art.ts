import { createImage, type PixelImage } from "../../../service/pixel/image.ts";
import { gaussian, type Random, seededRandom } from "../../../service/pixel/random.ts";

/** What is wrong with a picture of pixel art; lengths in its pixels. */
export interface Faults {
  pitchX: number;
  pitchY?: number;
  /** Standard deviation of a border's place, in cells. */
  jitter?: number;
  /** How far borders drift and come back, in cells. */
  drift?: number;
  /** Standard deviation of the blur. */
  blur?: number;
  /** Standard deviation of the noise of a channel. */
  noise?: number;
  seed?: number;
}

const PALETTE = [0x1b1b2f, 0xe43b44, 0xf7d354, 0x3e8948, 0x5a9bd5, 0xf2f2e9, 0x8b5a2b];

/** A native picture of few colors with outlines, runs and lone pixels; its rim is clear if `clear`. */
export function nativePicture(width: number, height: number, { clear = false, seed = 7 } = {}): PixelImage {
  const random = seededRandom(seed);
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [(2 * x + 1) / width - 1, (2 * y + 1) / height - 1];
      const radius = Math.hypot(u, v) + 0.15 * Math.sin(3 * Math.atan2(v, u));
      if (clear && radius > 0.9) continue;
      const band = Math.floor(6 * radius + 2 * Math.sin(3 * u + 2 * v));
      const outline = Math.abs(radius - 0.85) < 2 / width;
      const index = outline ? 0 : random() < 0.12 ? 1 + Math.floor(6 * random()) : 1 + (Math.abs(band) % 6);
      setPixel(image, y * width + x, PALETTE[index]!);
    }
  }
  return image;
}

function setPixel({ data }: PixelImage, at: number, color: number): void {
  data.set([color >> 16, (color >> 8) & 255, color & 255, 255], 4 * at);
}

/** Draws a native picture the way a generator of pictures would: each fault is one of its own. */
export function fakePixelArt(native: PixelImage, faults: Faults): PixelImage {
  const { pitchX, pitchY = pitchX, blur = 0, noise = 0, seed = 1 } = faults;
  const random = seededRandom(seed);
  const cutsX = cuts(native.width, pitchX, faults, random);
  const cutsY = cuts(native.height, pitchY, faults, random);
  const width = Math.round(native.width * pitchX);
  const height = Math.round(native.height * pitchY);
  const across = weights(width, cutsX, blur);
  const down = weights(height, cutsY, blur);
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0, 0];
      for (const [row, shareY] of down[y]!) {
        for (const [column, shareX] of across[x]!) {
          const from = 4 * (row * native.width + column);
          const alpha = (shareX * shareY * native.data[from + 3]!) / 255;
          for (let c = 0; c < 3; c++) sum[c] = sum[c]! + alpha * native.data[from + c]!;
          sum[3] = sum[3]! + alpha;
        }
      }
      const at = 4 * (y * width + x);
      if (sum[3]! < 1 / 255) continue;
      for (let c = 0; c < 3; c++) {
        const value = sum[c]! / sum[3]! + (noise > 0 ? noise * gaussian(random) : 0);
        image.data[at + c] = Math.max(0, Math.min(255, Math.round(value)));
      }
      image.data[at + 3] = Math.round(255 * sum[3]!);
    }
  }
  return image;
}

function cuts(count: number, pitch: number, { jitter = 0, drift = 0 }: Faults, random: Random): number[] {
  return Array.from({ length: count + 1 }, (_, i) => {
    const inner = i > 0 && i < count;
    const shift = inner && jitter > 0 ? Math.max(-0.2, Math.min(0.2, jitter * gaussian(random))) : 0;
    return pitch * (i + shift + drift * Math.sin((2 * Math.PI * i) / count));
  });
}

/** For each pixel the cells that it is made of, with their shares. */
function weights(length: number, borders: readonly number[], blur: number): [number, number][][] {
  const soft = Math.max(0.02, blur);
  const upTo = (border: number, x: number): number => 1 / (1 + Math.exp((-1.7 * (x - border)) / soft));
  return Array.from({ length }, (_, x) => {
    const shares: [number, number][] = [];
    let sum = 0;
    for (let cell = 0; cell + 1 < borders.length; cell++) {
      const from = cell === 0 ? 1 : upTo(borders[cell]!, x + 0.5);
      const to = cell + 2 === borders.length ? 0 : upTo(borders[cell + 1]!, x + 0.5);
      if (from - to < 1e-3) continue;
      shares.push([cell, from - to]);
      sum += from - to;
    }
    return shares.map(([cell, share]): [number, number] => [cell, share / sum]);
  });
}

/** The share of pixels, 0 to 1, that are alike: both clear, or each channel at most `off` apart. */
export function agreement(one: PixelImage, other: PixelImage, off = 12): number {
  if (one.width !== other.width || one.height !== other.height) return 0;
  let alike = 0;
  for (let i = 0; i < one.data.length; i += 4) {
    const near = [0, 1, 2, 3].every((c) => Math.abs(one.data[i + c]! - other.data[i + c]!) <= off);
    if (near) alike++;
  }
  return (4 * alike) / one.data.length;
}
