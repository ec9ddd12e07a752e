import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decodeBase64Frames, decodeFrames } from "../../service/codecs/decode-frames.ts";
import { countReduced, encodeGif } from "../../service/codecs/encode-gif.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { createImage, crop, type PixelImage } from "../../service/pixel/image.ts";
import { draw, GOBLIN, paint } from "../pixel/ascii-image.ts";

const WALK = [
  draw(GOBLIN),
  draw([...GOBLIN.slice(1), GOBLIN[0]!]),
  draw(GOBLIN.map((row) => row.replaceAll("k", "."))),
];

async function animatedWebp(frames: readonly PixelImage[], delay: number[]): Promise<Uint8Array> {
  const { width, height } = frames[0]!;
  const data = Buffer.concat(frames.map((frame) => frame.data));
  const raw = { width, height: height * frames.length, channels: 4 as const, pageHeight: height };
  return sharp(data, { raw }).webp({ lossless: true, delay, loop: 0 }).toBuffer();
}

describe("a GIF", () => {
  test("gives back every frame with its holes, its durations and how often it plays", async () => {
    const gif = encodeGif({ frames: WALK, durationsMs: [100, 250, 40], loop: 3 });
    const read = await decodeFrames(gif.bytes, "input_image");
    expect(read.frames).toEqual(WALK);
    expect(read.durationsMs).toEqual([100, 250, 40]);
    expect(read.loop).toBe(3);
    expect(read.format).toBe("GIF");
  });

  test("that plays once or forever says so", async () => {
    for (const loop of [0, 1]) {
      const { bytes } = encodeGif({ frames: WALK, durationsMs: [50, 50, 50], loop });
      expect((await decodeFrames(bytes, "x")).loop).toBe(loop);
    }
  });

  test("holds whole hundredths of a second, and reports them", () => {
    const { durationsMs } = encodeGif({ frames: WALK, durationsMs: [33, 16, 1004], loop: 0 });
    expect(durationsMs).toEqual([30, 20, 1000]);
  });

  test("with too many colors for one palette gives each frame its own", async () => {
    const frames = [paint(16, 16, (x, y) => x * 16 + y), paint(16, 16, (x, y) => 0xff0000 + x * 16 + y)];
    const { bytes } = encodeGif({ frames, durationsMs: [100, 100], loop: 0 });
    expect((await decodeFrames(bytes, "x")).frames).toEqual(frames);
  });

  test("keeps as many colors of a richer frame as its format holds, and its holes", async () => {
    const rich = paint(40, 20, (x, y) => x * 0x040000 + y * 0x0c00);
    const frames = [crop(rich, -2, 0, 44, 20)];
    const { bytes } = encodeGif({ frames, durationsMs: [100], loop: 0 });
    const [read] = (await decodeFrames(bytes, "x")).frames;
    expect(colorsOf(read!).length).toBeGreaterThan(200);
    expect(colorsOf(read!).length).toBeLessThan(256);
    for (const [i, alpha] of frames[0]!.data.entries()) if (i % 4 === 3) expect(read!.data[i]).toBe(alpha);
  });

  test("makes pixels that are half there whole or leaves them out, also of a picture with more colors than it holds", async () => {
    const soft = createImage(32, 32);
    for (let i = 0; i < 32 * 32; i++)
      soft.data.set([i % 256, i >> 2, 7 * (i % 31), i % 2 ? 200 : 100], 4 * i);
    const { bytes } = encodeGif({ frames: [soft], durationsMs: [100], loop: 0 });
    const [frame] = (await decodeFrames(bytes, "it")).frames;
    const alphas = Array.from({ length: 32 * 32 }, (_, i) => frame!.data[4 * i + 3]);
    expect(alphas).toEqual(Array.from({ length: 32 * 32 }, (_, i) => (i % 2 ? 255 : 0)));
    expect(countReduced([soft])).toBe(1);
  });

  test("with delays too short for browsers is timed as browsers show it", async () => {
    const frames = Buffer.concat(WALK.map((frame) => frame.data));
    const bytes = await sharp(frames, { raw: { width: 12, height: 36, channels: 4, pageHeight: 12 } })
      .gif({ delay: [0, 10, 20] })
      .toBuffer();
    expect((await decodeFrames(bytes, "x")).durationsMs).toEqual([100, 100, 20]);
  });
});

describe("decodeFrames", () => {
  test("reads all frames of a WebP with durations that are not whole hundredths", async () => {
    const read = await decodeFrames(await animatedWebp(WALK, [33, 70, 125]), "x");
    expect(read.frames).toEqual(WALK);
    expect(read.durationsMs).toEqual([33, 70, 125]);
  });

  test("reads a still as one frame without a duration", async () => {
    const png = Buffer.from(await encodePng(WALK[0]!)).toString("base64");
    const read = await decodeBase64Frames(`data:image/png;base64,${png}`, "input_image");
    expect(read).toMatchObject({ frames: [WALK[0]], durationsMs: null, format: "PNG" });
    const gif = encodeGif({ frames: [WALK[0]!], durationsMs: [100], loop: 0 });
    expect((await decodeFrames(gif.bytes, "x")).durationsMs).toBeNull();
  });

  test("accepts 20,000 pixels in a row", async () => {
    const wide = await sharp({ create: { width: 20_000, height: 40, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    expect((await decodeFrames(wide, "x")).frames[0]).toMatchObject({ width: 20_000, height: 40 });
  });

  /** A GIF of a few bytes whose header promises frames of 2000 x 2000 pixels. */
  const promise = async () => {
    const bytes = await distinctFrames(5);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (const offset of [6, 8]) view.setUint16(offset, 2000, true);
    return bytes;
  };
  test.each<[string, () => Promise<Uint8Array>]>([
    ["no bytes", async () => new Uint8Array()],
    ["a GIF of 300 frames", () => distinctFrames(300)],
    ["an animation of too many pixels", promise],
    [
      "a GIF that ends in its second frame",
      async () => {
        const { bytes } = encodeGif({ frames: WALK, durationsMs: [100, 100, 100], loop: 0 });
        return bytes.subarray(0, bytes.length - 60);
      },
    ],
    ["a WebP that ends early", async () => (await animatedWebp(WALK, [100, 100, 100])).subarray(0, 120)],
    ["an SVG", async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ])("refuses %s", async (_, make) => {
    // Not "rejects": a failure would print every pixel.
    const outcome = await decodeFrames(await make(), "input_image").then(
      ({ frames }) => `${frames.length} frames of ${frames[0]?.width}x${frames[0]?.height}`,
      (error: unknown) => error,
    );
    expect(outcome).toMatchObject({
      code: "invalid-image",
      errors: [{ field: "input_image", expected: expect.stringContaining("at most 256 frames") }],
    });
  });
});

async function distinctFrames(count: number): Promise<Uint8Array> {
  const frames = Array.from({ length: count }, (_, i) => paint(2, 2, () => i * 7));
  return encodeGif({ frames, durationsMs: frames.map(() => 100), loop: 0 }).bytes;
}
