import sharp, { type Sharp } from "sharp";

/**
 * Pictures from outside are hostile until proven otherwise: libvips may use the loaders of four formats only (an
 * SVG can read files, a TIFF has a long history of faults).
 */
const LOADERS = [
  "VipsForeignLoadPngBuffer",
  "VipsForeignLoadJpegBuffer",
  "VipsForeignLoadNsgifBuffer",
  "VipsForeignLoadWebpBuffer",
];
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: LOADERS });
// Pictures are small and come one by one: a cache and more threads would only hold memory.
sharp.cache(false);
sharp.concurrency(1);

const DECODE_SECONDS = 5;

/** Pixels as they come out of a decoder: RGBA of 8 bits, the pages of an animation below each other. */
export interface DecodedPixels {
  width: number;
  height: number;
  pages: number;
  data: Uint8Array;
}

export interface DecodeLimits {
  /** Refused by the header, before anything is allocated. */
  mostPixels: number;
  /** Whether all pages are read, or the first. */
  animated: boolean;
}

/** Reads what the header of an animation says: how many pages, how long each is shown, how often it is played. */
export async function readHeader(
  bytes: Uint8Array,
  mostPixels: number,
): Promise<{ pages: number; delays: number[]; loop: number }> {
  const { pages = 1, delay = [], loop = 0 } = await open(bytes, { mostPixels, animated: true }).metadata();
  return { pages, delays: delay, loop };
}

/** Decodes one of the four formats; throws for whatever cannot be read whole, in time and within the limits. */
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
  return { width, height, pages, data: clearTransparent(new Uint8Array(data)) };
}

function open(bytes: Uint8Array, { mostPixels, animated }: DecodeLimits): Sharp {
  const options = { limitInputPixels: mostPixels, failOn: "error", animated } as const;
  // Turning the strip of all pages would mix them; formats with pages carry no orientation of their own.
  return sharp(bytes, animated ? options : { ...options, autoOrient: true });
}

/** Zeroes the color of transparent pixels, as every PixelImage has it. */
function clearTransparent(data: Uint8Array): Uint8Array {
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 0) data.fill(0, i, i + 4);
  return data;
}
