import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { z } from "zod";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { gaussianNoise } from "../../service/generators/noise.ts";
import { openSession } from "../../service/generators/open-session.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { colorAt } from "../../service/pixel/parse-hex.ts";
import {
  countPicture,
  type PictureCount,
  type Reconstruction,
  type Redrawn,
  sumUp,
} from "./reconstruction.ts";

const EDGE = 32;
const AREA = EDGE * EDGE;
/** A share of the deviation of a code, about 1: what a generator that is not exact is off by. */
const NOISE = 0.1;

/** What of a model.json says which files are its coders; any folder with two of them will do. */
const CoderFile = z.union([
  z.object({
    pixelLatent: z.object({ files: z.object({ pixelEncoder: z.string(), pixelDecoder: z.string() }) }),
  }),
  z.object({ files: z.object({ encoder: z.string(), decoder: z.string() }) }),
]);

/** Encodes a picture and decodes it again, with noise on its code. */
interface Coder {
  encoder: string;
  decoder: string;
  redraw(image: PixelImage, palette: readonly number[], noise: number): Promise<Redrawn>;
  release(): Promise<void>;
}

/**
 * Sends each 32x32 PNG of a folder through a model's coder, with the picture's own palette, and counts what is lost:
 * with the very code of the encoder, and with noise on it. Throws an Error for a folder without such a picture.
 */
export async function reconstructFolder(folder: string, modelFolder: string): Promise<Reconstruction> {
  const names = readdirSync(folder)
    .filter((name) => name.toLowerCase().endsWith(".png"))
    .sort();
  const coder = await openCoder(modelFolder);
  try {
    const counts: PictureCount[] = [];
    const noisy: PictureCount[] = [];
    let skipped = 0;
    for (const name of names) {
      const image = await decodeImage(readFileSync(join(folder, name)), name);
      const palette = paletteOf(image);
      if (image.width !== EDGE || image.height !== EDGE || palette.length === 0) {
        skipped += 1;
        continue;
      }
      counts.push(countPicture(image, palette, await coder.redraw(image, palette, 0)));
      noisy.push(countPicture(image, palette, await coder.redraw(image, palette, NOISE)));
    }
    if (counts.length === 0)
      throw new Error(`Expected 32x32 PNGs with a drawn pixel in ${folder} but found none.`);
    const { wrong_color_share: wrong_color_share_noisy } = sumUp(noisy);
    return {
      ...sumUp(counts),
      wrong_color_share_noisy,
      skipped,
      encoder: coder.encoder,
      decoder: coder.decoder,
    };
  } finally {
    await coder.release();
  }
}

/** The colors of the opaque pixels, 0xRRGGBB, in rising order. */
function paletteOf({ data }: PixelImage): number[] {
  const colors = new Set<number>();
  for (let i = 0; i < data.length; i += 4) if (data[i + 3]! >= 128) colors.add(colorAt(data, i));
  return [...colors].sort((a, b) => a - b);
}

async function openCoder(folder: string): Promise<Coder> {
  const path = join(folder, "model.json");
  const parsed = CoderFile.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!parsed.success) throw new Error(`${path}: files: expected an encoder and a decoder.`);
  const byPalette = "pixelLatent" in parsed.data;
  const [encoder, decoder] =
    "pixelLatent" in parsed.data
      ? [parsed.data.pixelLatent.files.pixelEncoder, parsed.data.pixelLatent.files.pixelDecoder]
      : [parsed.data.files.encoder, parsed.data.files.decoder];
  const choice = { threads: 1, provider: "cpu" };
  const encode = await openSession(join(folder, encoder), choice);
  const decode = await openSession(join(folder, decoder), choice);
  return {
    encoder,
    decoder,
    async redraw(image, palette, amount) {
      const wrap = new Tensor("float32", new Float32Array(2), [1, 2]);
      const noise = new Tensor("float32", new Float32Array([amount]), [1]);
      const rgba = new Tensor("float32", planesOf(image), [1, 4, EDGE, EDGE]);
      const planes = encode.inputNames.includes("wrap") ? { rgba, wrap } : { rgba };
      const exact = (await encode.run(planes))[encode.outputNames[0]!]!;
      const random = gaussianNoise(1, exact.size);
      const values = (exact.data as Float32Array).map((value, i) => value + amount * random[i]!);
      const code = new Tensor("float32", values, exact.dims);
      return byPalette
        ? chosenColors(decode, { z: code, wrap, noise, ...paletteFeeds(palette) }, palette.length)
        : snappedColors(decode, { z: code, wrap }, palette);
    },
    async release() {
      await encode.release();
      await decode.release();
    },
  };
}

type Feeds = Record<string, InferenceSession.OnnxValueMapType[string]>;

/** The decoder that ranks the palette itself; the score after the last color is that of transparent. */
async function chosenColors(session: InferenceSession, feeds: Feeds, colors: number): Promise<Redrawn> {
  const scores = (await session.run(feeds)).scores!.data as Float32Array;
  const color = new Int32Array(AREA);
  const opaque = new Uint8Array(AREA);
  for (let p = 0; p < AREA; p++) {
    for (let c = 1; c < colors; c++) if (scores[c * AREA + p]! > scores[color[p]! * AREA + p]!) color[p] = c;
    opaque[p] = Number(scores[color[p]! * AREA + p]! >= scores[colors * AREA + p]!);
  }
  return { color, opaque };
}

/** The decoder that draws colors: the nearest of the palette in RGB. */
async function snappedColors(
  session: InferenceSession,
  feeds: Feeds,
  palette: readonly number[],
): Promise<Redrawn> {
  const rgba = (await session.run(feeds))[session.outputNames[0]!]!.data as Float32Array;
  const channels = palette.map((value) => [
    (value >> 16) / 255,
    ((value >> 8) & 255) / 255,
    (value & 255) / 255,
  ]);
  const color = Int32Array.from({ length: AREA }, (_, p) => {
    const distances = channels.map((rgb) =>
      rgb.reduce((sum, value, c) => sum + (value - rgba[c * AREA + p]!) ** 2, 0),
    );
    return distances.indexOf(Math.min(...distances));
  });
  return { color, opaque: Uint8Array.from({ length: AREA }, (_, p) => Number(rgba[3 * AREA + p]! > 0.5)) };
}

function paletteFeeds(palette: readonly number[]): Record<string, Tensor> {
  const values = palette.flatMap((value) => [value >> 16, (value >> 8) & 255, value & 255]);
  return {
    palette: new Tensor(
      "float32",
      Float32Array.from(values, (v) => v / 255),
      [1, palette.length, 3],
    ),
    palette_mask: new Tensor("float32", new Float32Array(palette.length).fill(1), [1, palette.length]),
  };
}

/** Red, green, blue, alpha, 0 to 1, plane after plane; alpha is made hard, and nothing is under transparent pixels. */
function planesOf({ data }: PixelImage): Float32Array {
  return Float32Array.from({ length: 4 * AREA }, (_, i) => {
    const [plane, offset] = [Math.floor(i / AREA), 4 * (i % AREA)];
    if (data[offset + 3]! < 128) return 0;
    return plane === 3 ? 1 : data[offset + plane]! / 255;
  });
}
