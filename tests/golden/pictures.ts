import { encodeGif } from "../../service/codecs/encode-gif.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";

/**
 * Pictures that requests start from. Each is a function of whole numbers, so that it is the same on every machine,
 * and none of it is code of the product: what moves there cannot move these.
 */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

type Rgb = readonly [number, number, number];
/** Color of a pixel; null is transparent. */
type Paint = (x: number, y: number) => Rgb | null;

const DARK: Rgb = [27, 27, 47];
const SKIN: Rgb = [240, 190, 140];
const CLOTH: readonly Rgb[] = [
  [90, 155, 213],
  [58, 108, 170],
  [228, 59, 68],
];
const MOSS: readonly Rgb[] = [
  [38, 92, 66],
  [62, 137, 72],
  [99, 199, 77],
  [54, 110, 60],
];
const SEA: readonly Rgb[] = [
  [0, 87, 132],
  [0, 149, 233],
  [44, 120, 190],
];
const SAND: readonly Rgb[] = [
  [228, 166, 114],
  [234, 212, 170],
  [190, 130, 90],
];
const GROUNDS = { moss: MOSS, sea: SEA, sand: SAND } as const;

function paint(width: number, height: number, color: Paint): Picture {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const found = color(x, y);
      if (found) data.set([...found, 255], 4 * (y * width + x));
    }
  }
  return { width, height, data };
}

/** A whole number below `below` for a place: a hash of whole numbers (Murmur3's last steps). */
function chance(below: number, ...[x, y, seed]: [number, number, number]): number {
  let hash = Math.imul(x + 1, 0x85ebca6b) ^ Math.imul(y + 1, 0xc2b2ae35) ^ Math.imul(seed + 1, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % below;
}

/** A person with head, body and two legs on transparency, outlined, drawn for an edge of 32; `step` lifts a leg. */
export function figure(width = 32, height = 32, step = 0): Picture {
  const part: Paint = (px, py) => {
    const [x, y] = [Math.floor((32 * px) / width), Math.floor((32 * py) / height)];
    if (px < 0 || py < 0 || px >= width || py >= height) return null;
    if ((2 * x - 31) ** 2 + (2 * y - 15) ** 2 < 150) return y < 5 ? CLOTH[2]! : SKIN;
    if (y >= 13 && y < 23 && x >= 10 && x < 22) return CLOTH[chance(2, x >> 1, y, 3)]!;
    const isLeft = x >= 11 && x < 15;
    if (y >= 23 && y < (isLeft ? 31 - step : 31) && (isLeft || (x >= 17 && x < 21))) return CLOTH[1]!;
    return null;
  };
  return paint(width, height, (x, y) => {
    const beside = part(x - 1, y) ?? part(x + 1, y) ?? part(x, y - 1) ?? part(x, y + 1);
    return part(x, y) ?? (beside && DARK);
  });
}

/** An opaque ground in small clusters, whose edges do not join. */
export function ground(kind: keyof typeof GROUNDS, width = 32, height = width): Picture {
  const colors = GROUNDS[kind];
  return paint(width, height, (x, y) => {
    const cluster = chance(colors.length, x >> 1, (y + (x >> 2)) >> 1, kind.length);
    return chance(9, x, y, 5) === 0 ? colors[0]! : colors[cluster]!;
  });
}

/** One pixel of each color: what a palette is read from. */
export function swatches(): Picture {
  const colors = [DARK, SKIN, ...CLOTH, ...MOSS];
  return paint(colors.length, 1, (x) => colors[x]!);
}

/** White where a picture is to be drawn anew. */
export function mask(width: number, height: number, [left, top, right, bottom]: readonly number[]): Picture {
  const isMarked = (x: number, y: number) => x >= left! && x < right! && y >= top! && y < bottom!;
  return paint(width, height, (x, y) => (isMarked(x, y) ? [255, 255, 255] : null));
}

/** The picture on a plain ground, so that there is a background to remove. */
export function onGround(picture: Picture, color: Rgb = [200, 220, 240]): Picture {
  const { width, height, data } = picture;
  return paint(width, height, (x, y) => {
    const [r = 0, g = 0, b = 0, alpha] = data.subarray(4 * (y * width + x));
    return alpha === 255 ? [r, g, b] : color;
  });
}

/** Pictures of one size side by side. */
export function sideBySide(pictures: readonly Picture[]): Picture {
  const [{ width, height }] = pictures as [Picture];
  return paint(width * pictures.length, height, (x, y) => {
    const from = 4 * (y * width + (x % width));
    const [r = 0, g = 0, b = 0, alpha] = pictures[Math.floor(x / width)]!.data.subarray(from);
    return alpha === 255 ? [r, g, b] : null;
  });
}

/** Every pixel `factor` times as large. */
export function enlarged(picture: Picture, factor: number): Picture {
  const { width, height } = picture;
  const data = new Uint8Array(4 * width * height * factor ** 2);
  for (let at = 0; at < data.length / 4; at++) {
    const [x, y] = [at % (width * factor), Math.floor(at / (width * factor))];
    const from = 4 * (Math.floor(y / factor) * width + Math.floor(x / factor));
    data.set(picture.data.subarray(from, from + 4), 4 * at);
  }
  return { width: width * factor, height: height * factor, data };
}

/**
 * An opaque picture as an image model draws pixel art: cells of `tenths` / 10 pixels, borders mixed over about a
 * pixel, every channel off by up to `noise`. Each pixel is the mean of 5x5 points in it, whole numbers only.
 */
export function fakePixelArt(picture: Picture, { tenths = 73, noise = 6 } = {}): Picture {
  const [width, height] = [picture.width, picture.height].map((edge) => Math.floor((edge * tenths) / 10));
  const cell = (pixel: number, part: number, edge: number): number =>
    Math.max(0, Math.min(edge - 1, Math.floor((10 * pixel + 4 * part - 3) / tenths)));
  return paint(width!, height!, (x, y) => {
    const sum = [0, 0, 0];
    for (let point = 0; point < 25; point++) {
      const column = cell(x, point % 5, picture.width);
      const row = cell(y, Math.floor(point / 5), picture.height);
      const from = 4 * (row * picture.width + column);
      for (let c = 0; c < 3; c++) sum[c]! += picture.data[from + c]!;
    }
    const channel = (c: number): number =>
      Math.max(0, Math.min(255, Math.floor(sum[c]! / 25) + chance(2 * noise + 1, x, y, c) - noise));
    return [channel(0), channel(1), channel(2)];
  });
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** base64 of a picture as PNG, as requests take it. */
export async function png(picture: Picture): Promise<string> {
  return base64(await encodePng(picture));
}

/** base64 of a GIF that plays for ever. */
export function gif(frames: readonly Picture[], durationsMs: readonly number[]): string {
  return base64(encodeGif({ frames, durationsMs, loop: 0 }).bytes);
}
