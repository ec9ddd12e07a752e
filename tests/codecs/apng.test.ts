import { inflateSync } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { encodeApng } from "../../service/codecs/encode-apng.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { type PngChunk, readPngChunks, writePngChunks } from "../../service/codecs/png-chunks.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { walkPackage } from "../asset/sample-animations.ts";
import { paint } from "../pixel/ascii-image.ts";

const FRAMES = walkPackage().frames.map(({ image }) => image);
const MS = [100, 125, 33, 250, 10, 20, 30, 40];
const rgbaOf = async (png: Uint8Array) =>
  new Uint8Array(await sharp(png).toColorspace("srgb").ensureAlpha().raw().toBuffer());

/** Makes a plain PNG of each frame out of the chunks of an animated one, so that a foreign decoder can judge it. */
function splitFrames(chunks: readonly PngChunk[]): Uint8Array[] {
  const shared = chunks.filter(({ type }) => ["IHDR", "PLTE", "tRNS"].includes(type));
  const data = chunks.flatMap(({ type, data: bytes }) =>
    type === "IDAT" ? [bytes] : type === "fdAT" ? [bytes.subarray(4)] : [],
  );
  return data.map((pixels) =>
    writePngChunks([...shared, { type: "IDAT", data: pixels }, { type: "IEND", data: new Uint8Array() }]),
  );
}

async function expectFrames(frames: readonly PixelImage[]): Promise<PngChunk[]> {
  const chunks = readPngChunks(await encodeApng({ frames, durationsMs: MS, loop: 0 }));
  const pictures = splitFrames(chunks);
  expect(pictures).toHaveLength(frames.length);
  for (const [i, picture] of pictures.entries()) expect(await rgbaOf(picture)).toEqual(frames[i]!.data);
  return chunks;
}

test("every frame comes back pixel for pixel", () => expectFrames(FRAMES));

test("frames with more than 256 colors in total stay as they are", () =>
  expectFrames(
    [0, 60, 120].map((blue) => paint(20, 20, (x, y) => ((12 * x) << 16) | ((12 * y) << 8) | blue)),
  ));

test("a program without animation support sees the first frame", async () => {
  const bytes = await encodeApng({ frames: FRAMES, durationsMs: MS, loop: 0 });
  expect(await rgbaOf(bytes)).toEqual(FRAMES[0]!.data);
  expect(readPngChunks(await encodePng(FRAMES[0]!))[0]!.data.length).toBe(13);
});

test("control chunks number frames and data in one sequence, with exact durations and play count", async () => {
  const chunks = readPngChunks(await encodeApng({ frames: FRAMES, durationsMs: MS, loop: 1 }));
  const view = ({ data }: PngChunk) => new DataView(data.buffer, data.byteOffset, data.length);
  const control = chunks.find(({ type }) => type === "acTL")!;
  expect([view(control).getUint32(0), view(control).getUint32(4)]).toEqual([FRAMES.length, 1]);
  expect(chunks.findIndex(({ type }) => type === "acTL")).toBeLessThan(
    chunks.findIndex(({ type }) => type === "IDAT"),
  );
  const numbered = chunks.filter(({ type }) => type === "fcTL" || type === "fdAT");
  expect(numbered.map((chunk) => view(chunk).getUint32(0))).toEqual(numbered.map((_, i) => i));
  const frames = chunks.filter(({ type }) => type === "fcTL").map(view);
  expect(frames.map((one) => (1000 * one.getUint16(20)) / one.getUint16(22))).toEqual(MS);
  for (const one of frames) expect([one.getUint32(4), one.getUint32(8)]).toEqual([24, 20]);
  for (const { data, type } of chunks)
    if (type === "fdAT") expect(inflateSync(data.subarray(4)).length).toBeGreaterThan(0);
});

test("an animation without frames is rejected", async () => {
  await expect(encodeApng({ frames: [], durationsMs: [], loop: 0 })).rejects.toThrow("There are no frames");
});
