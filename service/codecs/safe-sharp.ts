import sharp, { type Sharp } from "sharp";

/**
 * External pictures are hostile until proven otherwise: libvips may use the loaders of only four formats (an
 * SVG can read files, and TIFF has a long history of vulnerabilities).
 */
const LOADERS = [
  "VipsForeignLoadPngBuffer",
  "VipsForeignLoadJpegBuffer",
  "VipsForeignLoadNsgifBuffer",
  "VipsForeignLoadWebpBuffer",
];
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: LOADERS });
// Pictures are small and come one at a time: a cache and more threads would only use memory.
sharp.cache(false);
sharp.concurrency(1);

const DECODE_SECONDS = 5;

/** Pixels as a decoder returns them: 8-bit RGBA, the pages of an animation stacked vertically. */
export interface DecodedPixels {
  width: number;
  height: number;
  pages: number;
  data: Uint8Array;
}

export interface DecodeLimits {
  /** Rejected by the header, before anything is allocated. */
  mostPixels: number;
  /** Whether to read all pages, or just the first. */
  animated: boolean;
}

/** Reads from the header of an animation how many pages it has, how long each is shown, and how often it plays. */
export async function readHeader(
  bytes: Uint8Array,
  mostPixels: number,
): Promise<{ pages: number; delays: number[]; loop: number }> {
  const { pages = 1, delay = [], loop = 0 } = await open(bytes, { mostPixels, animated: true }).metadata();
  return { pages, delays: delay, loop };
}

/** Decodes one of the four formats; throws for anything that cannot be read completely, in time and within the limits. */
export async function decodePixels(bytes: Uint8Array, limits: DecodeLimits): Promise<DecodedPixels> {
  const { data, info } = await open(bytes, limits)
    .timeout({ seconds: DECODE_SECONDS })
    .toColorspace("srgb")
    .ensureAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels, pages = 1 } = info;
  if (channels !== 4 || data.length !== 4 * width * height || height % pages !== 0) {
    throw new Error(`Decoding returned ${channels} channels, ${pages} pages and ${data.length} bytes.`);
  }
  return {
    width,
    height,
    pages,
    data: clearTransparent(new Uint8Array(data.buffer, data.byteOffset, data.length)),
  };
}

function open(bytes: Uint8Array, { mostPixels, animated }: DecodeLimits): Sharp {
  const options = { limitInputPixels: mostPixels, failOn: "error", animated } as const;
  // Rotating the strip of all pages would mix them up; formats with pages have no orientation of their own.
  return sharp(bytes, animated ? options : { ...options, autoOrient: true });
}

/** Zeroes the color of transparent pixels, as in every PixelImage. */
function clearTransparent(data: Uint8Array): Uint8Array {
  for (let i = 0; i < data.length; i += 4) {
    // Three assignments: a call of fill for each of many pixels takes ten times as long.
    if (data[i + 3] === 0) data[i] = data[i + 1] = data[i + 2] = 0;
  }
  return data;
}
