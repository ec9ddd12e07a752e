import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decodeBase64Image, decodeImage } from "../../service/codecs/decode-image.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { writePngChunks } from "../../service/codecs/png-chunks.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { ServiceError } from "../../shared/errors.ts";
import { draw, GOBLIN, paint } from "../pixel/ascii-image.ts";

const GRADIENT = paint(16, 12, (x, y) => ((16 * x) << 16) | ((20 * y) << 8) | 90);
const toSharp = ({ data, width, height }: PixelImage) => sharp(data, { raw: { width, height, channels: 4 } });
const FORMATS: [string, () => Promise<Uint8Array>][] = [
  ["PNG", () => toSharp(GRADIENT).png().toBuffer()],
  ["JPEG", () => toSharp(GRADIENT).jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer()],
  ["GIF", () => toSharp(GRADIENT).gif().toBuffer()],
  ["WebP", () => toSharp(GRADIENT).webp({ lossless: true }).toBuffer()],
];

async function refusal(work: Promise<unknown>): Promise<ServiceError> {
  const error = await work.then(
    () => new Error("It was read."),
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(ServiceError);
  expect((error as ServiceError).code).toBe("invalid-image");
  return error as ServiceError;
}

/** A PNG header that promises width x height and holds next to nothing. */
function promise(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = 6;
  return writePngChunks([
    { type: "IHDR", data: header },
    { type: "IDAT", data: deflateSync(Buffer.alloc(1000)) },
    { type: "IEND", data: new Uint8Array() },
  ]);
}

describe("decodeImage reads", () => {
  test.each(FORMATS)("%s", async (format, encode) => {
    const image = await decodeImage(await encode(), "input_image");
    expect([image.width, image.height]).toEqual([16, 12]);
    const worst = image.data.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - GRADIENT.data[i]!)),
      0,
    );
    expect(worst).toBeLessThanOrEqual(format === "JPEG" || format === "GIF" ? 12 : 0);
  });

  test("16-bit, gray, palette and gray-with-alpha PNG as 8-bit RGBA", async () => {
    const gray = paint(4, 3, (x) => 0x303030 * x);
    const deep = await toSharp(gray).toColorspace("rgb16").png().toBuffer();
    const single = await toSharp(gray).removeAlpha().toColorspace("b-w").png().toBuffer();
    const indexed = await toSharp(gray).png({ palette: true }).toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe("ushort");
    expect((await sharp(single).metadata()).channels).toBe(1);
    for (const bytes of [deep, single, indexed]) expect(await decodeImage(bytes, "x")).toEqual(gray);
    const half = draw(["k.", ".w"]);
    const grayAlpha = await toSharp(half).toColorspace("b-w").png().toBuffer();
    expect((await sharp(grayAlpha).metadata()).channels).toBe(2);
    expect(await decodeImage(grayAlpha, "x")).toEqual(half);
  });

  test("CMYK JPEG as RGBA", async () => {
    const bytes = await toSharp(paint(8, 8, () => 0xd02030))
      .removeAlpha()
      .toColorspace("cmyk")
      .jpeg({ quality: 100 })
      .toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe("cmyk");
    const image = await decodeImage(bytes, "x");
    const [red, green, blue, alpha] = image.data;
    expect(red).toBeGreaterThan(150);
    expect(green).toBeLessThan(90);
    expect(blue).toBeLessThan(100);
    expect(alpha).toBe(255);
  });

  test("a rotated photo upright", async () => {
    const wide = paint(8, 4, (x) => (x < 4 ? 0xff0000 : 0x0000ff));
    const bytes = await toSharp(wide).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
    const image = await decodeImage(bytes, "x");
    expect([image.width, image.height]).toEqual([4, 8]);
    expect(image.data[0]).toBeGreaterThan(200);
    expect(image.data[image.data.length - 2]).toBeGreaterThan(200);
  });

  test("only the first frame of an animation", async () => {
    const frames = paint(4, 8, (_, y) => (y < 4 ? 0xff0000 : 0x0000ff));
    const bytes = await sharp(frames.data, { raw: { width: 4, height: 8, channels: 4, pageHeight: 4 } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    expect((await sharp(bytes, { animated: true }).metadata()).pages).toBe(2);
    expect(await decodeImage(bytes, "x")).toEqual(paint(4, 4, () => 0xff0000));
  });

  test("transparent pixels without color", async () => {
    const dirty = { width: 2, height: 1, data: Uint8Array.from([200, 100, 50, 0, 1, 2, 3, 4]) };
    expect([...(await decodeImage(await encodePng(dirty), "x")).data]).toEqual([0, 0, 0, 0, 1, 2, 3, 4]);
  });

  test("pictures up to the pixel limit", async () => {
    const bytes = await sharp({ create: { width: 2048, height: 2048, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    expect((await decodeImage(bytes, "x")).width).toBe(2048);
  });
});

describe("decodeImage refuses", () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';
  const hostile: [string, () => Promise<Uint8Array> | Uint8Array][] = [
    ["no bytes", () => new Uint8Array()],
    ["an SVG", () => Buffer.from(svg)],
    ["an SVG with an XML head", () => Buffer.from(`<?xml version="1.0"?>\n${svg}`)],
    ["an SVG behind the first bytes of a GIF", () => Buffer.from(`GIF89a${svg}`)],
    ["a TIFF", () => toSharp(GRADIENT).tiff().toBuffer()],
    ["an AVIF", () => toSharp(GRADIENT).avif().toBuffer()],
    ["a PDF", () => Buffer.from("%PDF-1.7\n1 0 obj")],
    ["a PPM", () => Buffer.from("P6 1 1 255\nabc")],
    ["text", () => Buffer.from("hello")],
    ["the signature of a PNG alone", () => Buffer.from("\x89PNG\r\n\x1a\n", "latin1")],
    ["a PNG that promises 65535 x 65535", () => promise(65535, 65535)],
    ["a PNG that promises 2^31 - 1 columns", () => promise(0x7fffffff, 1)],
    ["a PNG of no width", () => promise(0, 4)],
    ["a PNG that ends early", async () => (await encodePng(GRADIENT)).subarray(0, 300)],
    ["a PNG with too few rows", () => promise(64, 64)],
    [
      "a PNG just over the pixel limit",
      () =>
        sharp({ create: { width: 2049, height: 2048, channels: 3, background: "red" } })
          .png()
          .toBuffer(),
    ],
    ["a JPEG that ends early", async () => (await FORMATS[1]![1]()).subarray(0, 300)],
    ["a WebP that ends early", async () => (await FORMATS[3]![1]()).subarray(0, 40)],
    ["a GIF that ends early", async () => (await FORMATS[2]![1]()).subarray(0, 40)],
  ];
  test.each(hostile)("%s", async (_, make) => {
    const error = await refusal(decodeImage(await make(), "reference_images[2]"));
    expect(error.message).toMatch(
      /^Invalid reference_images\[2\]: got .*, expected base64 of a PNG, JPEG, GIF or WebP of at most 4194304 pixels\.$/,
    );
    expect(error.errors).toHaveLength(1);
    expect(error.errors[0]).toMatchObject({
      field: "reference_images[2]",
      expected: expect.stringContaining("PNG"),
    });
  });

  test("or reads 300 damaged pictures, and survives", async () => {
    const random = seededRandom(1);
    const outcomes = { read: 0, refused: 0 };
    for (const [, encode] of FORMATS) {
      const good = await encode();
      for (let i = 0; i < 75; i++) {
        const bytes = Uint8Array.from(good);
        const changes = 1 + Math.floor(random() * 12);
        for (let change = 0; change < changes; change++) {
          bytes[Math.floor(random() * bytes.length)] = Math.floor(256 * random());
        }
        const cut = random() < 0.3 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
        try {
          const image = await decodeImage(cut, "input_image");
          expect(image.data.length).toBe(4 * image.width * image.height);
          outcomes.read++;
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid-image" });
          outcomes.refused++;
        }
      }
    }
    expect(outcomes.read + outcomes.refused).toBe(300);
    expect(outcomes.refused).toBeGreaterThan(100);
    expect(await decodeImage(await encodePng(draw(GOBLIN)), "x")).toEqual(draw(GOBLIN));
  });
});

describe("decodeBase64Image", () => {
  test("reads base64 with and without a data: prefix", async () => {
    const text = Buffer.from(await encodePng(draw(GOBLIN))).toString("base64");
    for (const prefix of ["", "data:image/png;base64,", "data:;base64,", "DATA:image/jpeg;base64,"]) {
      expect(await decodeBase64Image(prefix + text, "input_image")).toEqual(draw(GOBLIN));
    }
  });

  test("refuses an SVG in a data: URI, even one that calls itself a PNG", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>').toString(
      "base64",
    );
    for (const type of ["image/svg+xml", "image/png"]) {
      const error = await refusal(decodeBase64Image(`data:${type};base64,${svg}`, "input_image"));
      expect(error.errors[0]?.got).toContain("an SVG or other XML");
    }
  });

  test.each([
    ["nothing", ""],
    ["a prefix alone", "data:image/png;base64,"],
    ["a data: URI that is not base64", "data:image/png,%89PNG"],
    ["line breaks", "iVBO\nRw0K"],
    ["the URL alphabet", "iVBORw0KGg-_"],
    ["missing padding", "iVBORw0KGgo"],
    ["too much padding", "iVBORw0KGg==="],
    ["padding inside", "iV==Rw0KGgoA"],
    ["a URL", "https://example.com/a.png"],
    ["a path", "../../etc/passwd"],
  ])("refuses %s", async (_, text) => {
    const error = await refusal(decodeBase64Image(text, "input_image"));
    expect(error.message).toContain("Invalid input_image: got text that is not base64");
  });

  test("shows only the first few letters of a long text", async () => {
    const error = await refusal(decodeBase64Image("?".repeat(100_000), "input_image"));
    expect(error.message.length).toBeLessThan(250);
  });
});
