import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { readPngChunks } from "../../service/codecs/png-chunks.ts";
import { readPngText } from "../../service/codecs/read-png-text.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { draw, GOBLIN, paint } from "../pixel/ascii-image.ts";

const headerOf = (png: Uint8Array) => {
  const [depth, type] = readPngChunks(png)[0]!.data.subarray(8, 10);
  return { depth, type };
};

/** Decodes with sharp alone, so that our reader cannot hide a fault of our writer. */
async function foreignDecode(png: Uint8Array): Promise<PixelImage> {
  const { data, info } = await sharp(png)
    .toColorspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

describe("encodePng", () => {
  test("gives back the same RGBA, whatever the pixels", async () => {
    const images = fc
      .record({
        width: fc.integer({ min: 1, max: 19 }),
        height: fc.integer({ min: 1, max: 19 }),
        few: fc.boolean(),
      })
      .chain(({ width, height, few }) =>
        fc
          .uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height, max: few ? 1 : 255 })
          .map((data) => ({ width, height, data: data.map((value) => (few ? 200 * value : value)) })),
      );
    await fc.assert(
      fc.asyncProperty(images, async (image) => {
        expect(await foreignDecode(await encodePng(image))).toEqual(image);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [2, 1],
    [4, 2],
    [16, 4],
    [17, 8],
    [256, 8],
  ])("writes %i colors with %i bits an index", async (colors, depth) => {
    const image = paint(16, 17, (x, y) => ((16 * y + x) % colors) * 0x010305);
    const png = await encodePng(image);
    expect(headerOf(png)).toEqual({ depth, type: 3 });
    expect(await foreignDecode(png)).toEqual(image);
  });

  test("writes more than 256 colors as truecolor with alpha", async () => {
    const image = paint(257, 1, (x) => x * 0x000101);
    const png = await encodePng(image);
    expect(headerOf(png)).toEqual({ depth: 8, type: 6 });
    expect(await foreignDecode(png)).toEqual(image);
  });

  test("puts transparency at index 0", async () => {
    const chunks = readPngChunks(await encodePng(draw(["kr.", "..g"])));
    expect([...chunks.find(({ type }) => type === "tRNS")!.data]).toEqual([0]);
    expect([...chunks.find(({ type }) => type === "PLTE")!.data.subarray(0, 6)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("gives the same bytes every time", async () => {
    const text = { prompt: "a goblin", seed: "7" };
    expect(await encodePng(draw(GOBLIN), text)).toEqual(await encodePng(draw(GOBLIN), text));
  });

  test("stores text before the pixels, in any script", async () => {
    const text = {
      Software: "pixelkiln 0.1.0",
      prompt: "ein grüner Kobold\nzweite Zeile",
      Title: "緑のゴブリン 🧌",
      empty: "",
    };
    const png = await encodePng(draw(GOBLIN), text);
    expect(readPngText(png)).toEqual(text);
    expect(readPngChunks(png).map(({ type }) => type)).toEqual([
      "IHDR",
      "tEXt",
      "tEXt",
      "iTXt",
      "tEXt",
      "PLTE",
      "tRNS",
      "IDAT",
      "IEND",
    ]);
    expect(await foreignDecode(png)).toEqual(draw(GOBLIN));
    const { comments } = await sharp(png).metadata();
    expect(comments).toContainEqual({ keyword: "Software", text: "pixelkiln 0.1.0" });
  });

  test("gives back any text without NUL", async () => {
    const image = draw(["k"]);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 60 }), async (value) => {
        const clean = value.replaceAll("\0", "");
        expect(readPngText(await encodePng(image, { note: clean }))).toEqual({ note: clean });
      }),
      { numRuns: 100 },
    );
  });

  test.each(["", " x", "x ", "a  b", "k".repeat(80), "日本", "a\nb"])(
    "refuses the keyword %j",
    async (keyword) => {
      await expect(encodePng(draw(["k"]), { [keyword]: "x" })).rejects.toThrow("A PNG keyword needs");
    },
  );

  test("refuses text with a NUL, which would hide what follows", async () => {
    await expect(encodePng(draw(["k"]), { note: "a\0b" })).rejects.toThrow("must not contain NUL");
  });

  test("is read by our own decoder", async () => {
    expect(await decodeImage(await encodePng(draw(GOBLIN)), "input_image")).toEqual(draw(GOBLIN));
  });
});

describe("readPngText", () => {
  test("rejects anything that is not a PNG, is truncated or damaged", async () => {
    const png = await encodePng(draw(GOBLIN), { note: "x" });
    expect(() => readPngText(new Uint8Array([1, 2, 3]))).toThrow("This is not a PNG.");
    expect(() => readPngText(png.subarray(0, -3))).toThrow("ends in the middle of the chunk");
    const damaged = png.slice();
    damaged[20]! ^= 1;
    expect(() => readPngText(damaged)).toThrow("CRC does not match");
  });

  test("reads a view into a larger buffer", async () => {
    const png = await encodePng(draw(["k"]), { note: "x" });
    const buffer = new Uint8Array(png.length + 9);
    buffer.set(png, 5);
    expect(readPngText(buffer.subarray(5, 5 + png.length))).toEqual({ note: "x" });
  });
});
