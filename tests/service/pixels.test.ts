import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeFrames } from "../../service/codecs/decode-frames.ts";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { encodeGif } from "../../service/codecs/encode-gif.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { PixelateAnswer } from "../../service/kinds/pixelate/answer.ts";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { createImage, type PixelImage, place } from "../../service/pixel/image.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import { AcceptedAnswer } from "../../shared/answers.ts";
import { AssetManifest } from "../../shared/asset.ts";
import { EditAnswer, PixelFixerAnswer } from "../../shared/edit-tools.ts";
import { draw, GOBLIN, rowsOf } from "../pixel/ascii-image.ts";
import {
  getJson,
  post,
  type RunningService,
  startServiceProcess,
  temporaryProject,
  until,
} from "./service-process.ts";

const FACTOR = 8;
/** The goblin with a margin, so that its edges are on the grid. */
const goblin = place(draw(GOBLIN), createImage(16, 16), 2, 2);
const stepped = place(draw(GOBLIN), createImage(16, 16), 3, 1);
const large = (image: PixelImage): PixelImage => upscaleNearest(image, FACTOR);

/** Noise has no grid, so the pass searches it for many seconds. */
async function noise(): Promise<string> {
  const picture = sharp({
    create: {
      width: 4000,
      height: 4000,
      channels: 3,
      noise: { type: "gaussian", mean: 128, sigma: 60 },
      background: "#000",
    },
  });
  return base64(await picture.jpeg({ quality: 40 }).toBuffer());
}
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const pngOf = async (image: PixelImage): Promise<string> => base64(await encodePng(image));
const imageOf = (text: string | undefined): Promise<PixelImage> =>
  decodeImage(Buffer.from(text ?? "", "base64"), "answer");
const framesOf = (text: string | undefined) => decodeFrames(Buffer.from(text ?? "", "base64"), "answer");
const jpegOf = ({ width, height, data }: PixelImage): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 4 } })
    .jpeg()
    .toBuffer();
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let project: Awaited<ReturnType<typeof temporaryProject>>;
let service: RunningService;

beforeAll(async () => {
  project = await temporaryProject();
  service = await startServiceProcess(project.dir, { PIXELKILN_DEVICE: "cpu" });
});
afterAll(async () => {
  await service.kill();
  await project.remove();
});

async function pixelate(body: Record<string, unknown>): Promise<PixelateAnswer> {
  const answer = await post(`${service.url}/v1/pixelate`, body);
  expect(answer.body).not.toHaveProperty("detail");
  return PixelateAnswer.parse(answer.body);
}

async function edit(tool: string, body: Record<string, unknown>): Promise<EditAnswer> {
  const answer = await post(`${service.url}/v1/edit/tools/${tool}`, body);
  expect(answer.body).not.toHaveProperty("detail");
  return EditAnswer.parse(answer.body);
}

describe("POST /v1/pixelate", () => {
  test("an enlarged sprite comes back as it was drawn, with its grid, and no model in its provenance", async () => {
    const answer = await pixelate({
      input_image: await pngOf(large(goblin)),
      output: { dir: "art", name: "goblin", engine: ["godot"] },
    });
    expect(rowsOf(await imageOf(answer.base64_images[0]))).toEqual(rowsOf(goblin));
    expect(answer.grid).toMatchObject({ pitch_x: FACTOR, pitch_y: FACTOR });
    expect(answer.grid.cuts_x).toHaveLength(17);
    expect(answer.checks).toMatchObject({ grid_scale: 1, partial_alpha_pixels: 0, off_palette_pixels: 0 });
    expect(answer.provenance).toMatchObject({
      model: null,
      prompt: null,
      seed: null,
      execution_provider: null,
      source: { format: "PNG", width: 128, height: 128, frames: 1 },
    });
    expect(answer).toMatchObject({ model: null, kind: "pixelate", timings_ms: { model: 0 } });
    const { body } = await getJson(`${service.url}/v1/assets/${answer.id}`);
    const manifest = AssetManifest.parse(body);
    expect(manifest.kind).toBe("pixelate");
    for (const file of manifest.files) {
      const response = await fetch(`${service.url}/v1/assets/${answer.id}/files/${file.path}`);
      expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(file.sha256);
    }
    const lock = JSON.parse(await readFile(join(project.dir, "art/goblin.kiln.lock.json"), "utf8"));
    expect(lock).toMatchObject({ asset_id: answer.id, model: null, training_data_licenses: [] });
    expect(await readdir(join(project.dir, "art"))).toEqual(
      expect.arrayContaining(["goblin.png", "goblin.png.import", "goblin.json", "goblin.tres"]),
    );
  });

  test("the resolved request, sent again, gives the same bytes", async () => {
    const first = await pixelate({
      input_image: await pngOf(large(goblin)),
      pixel_size: FACTOR,
      color_count: 4,
    });
    const again = await pixelate(first.request);
    expect(again.request).toEqual(first.request);
    expect(again.images.map((image) => image.sha256)).toEqual(first.images.map((image) => image.sha256));
    expect(first.checks.colors).toBeLessThanOrEqual(4);
  });

  test("a GIF keeps its frames and durations on one grid, as sheet, JSON and GIF", async () => {
    const { bytes } = encodeGif({
      frames: [goblin, stepped, goblin].map(large),
      durationsMs: [100, 250, 40],
      loop: 0,
    });
    const answer = await pixelate({ input_image: base64(bytes) });
    const gif = await framesOf(answer.base64_images[0]);
    expect(gif.frames.map(rowsOf)).toEqual([goblin, stepped, goblin].map(rowsOf));
    expect(gif.durationsMs).toEqual([100, 250, 40]);
    expect(answer.layout).toMatchObject({ frame_width: 16, frame_height: 16, durations_ms: [100, 250, 40] });
    expect(answer.files.map(({ role }) => role).sort()).toEqual([
      "aseprite_json",
      "gif",
      "png",
      "png",
      "png",
      "sheet",
    ]);
    const json = answer.files.find(({ role }) => role === "aseprite_json");
    const { body } = await getJson(`${service.url}/v1/assets/${answer.id}/files/${json?.path}`);
    expect(body).toMatchObject({ frames: [{ duration: 100 }, { duration: 250 }, { duration: 40 }] });
    const sheet = await pixelate({ input_image: base64(bytes), return_spritesheet: true });
    const { columns, rows } = sheet.layout ?? { columns: 0, rows: 0 };
    expect(await imageOf(sheet.base64_images[0])).toMatchObject({ width: 16 * columns, height: 16 * rows });
  });

  test("a sprite sheet comes back as a sheet whose cells share grid and palette", async () => {
    const sheet = place(goblin, place(stepped, createImage(32, 16), 16, 0), 0, 0);
    const answer = await pixelate({ input_image: await pngOf(large(sheet)), columns: 2 });
    expect(rowsOf(await imageOf(answer.base64_images[0]))).toEqual(rowsOf(sheet));
    expect(answer.layout).toEqual({
      columns: 2,
      rows: 1,
      frame_width: 16,
      frame_height: 16,
      durations_ms: null,
    });
    expect(answer.images).toHaveLength(2);
  });

  test("a palette holds every pixel, an enlargement shows the grid again", async () => {
    const answer = await pixelate({
      input_image: await pngOf(large(goblin)),
      input_palette: ["#101010", "#40c040", "#f0f0f0"],
      upscale_output_factor: 4,
    });
    const image = await imageOf(answer.base64_images[0]);
    for (const color of colorsOf(image)) expect(["#101010", "#40c040", "#f0f0f0"]).toContain(color);
    expect(answer.checks).toMatchObject({ grid_scale: 4, off_palette_pixels: 0 });
    expect(answer.palette.locked).toBe(true);
  });

  test("an enlargement beyond all bounds is refused by its field, after the job", async () => {
    const picture = await sharp({ create: { width: 2048, height: 2048, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    const body = { input_image: base64(picture), width: 2048, height: 2048, upscale_output_factor: 16 };
    const answer = await post(`${service.url}/v1/pixelate`, body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: "invalid-request",
      errors: [{ field: "upscale_output_factor", got: "16" }],
    });
  });

  test("a job that waits can be cancelled, and then leaves nothing", async () => {
    const busy = await post(`${service.url}/v1/sprites`, {
      prompt: "red dragon",
      num_images: 8,
      steps: 60,
      exemplars: "off",
      async: true,
    });
    const { job_id: drawing } = AcceptedAnswer.parse(busy.body);
    // A picture that takes many seconds is ahead of it in the pixels lane.
    const slow = await post(`${service.url}/v1/pixelate`, { input_image: await noise(), async: true });
    const { job_id: before } = AcceptedAnswer.parse(slow.body);
    const waiting = await post(`${service.url}/v1/pixelate`, {
      input_image: await pngOf(large(goblin)),
      async: true,
    });
    const { job_id: id } = AcceptedAnswer.parse(waiting.body);
    await fetch(`${service.url}/v1/jobs/${id}`, {
      method: "DELETE",
      headers: { "content-type": "application/json" },
    });
    expect((await getJson(`${service.url}/v1/jobs/${id}`)).body).toMatchObject({
      kind: "pixelate",
      status: "cancelled",
      asset_id: null,
    });
    await fetch(`${service.url}/v1/jobs/${before}`, {
      method: "DELETE",
      headers: { "content-type": "application/json" },
    });
    // An edit does not wait for the generator: it answers while the dragon is being drawn.
    const edited = await edit("rotate", { input_image: await pngOf(goblin) });
    expect(edited.frames).toBe(1);
    expect((await getJson(`${service.url}/v1/jobs/${drawing}`)).body.status).toMatch(/queued|running/);
    await fetch(`${service.url}/v1/jobs/${drawing}`, {
      method: "DELETE",
      headers: { "content-type": "application/json" },
    });
    await until(async () => {
      const { body } = await getJson(`${service.url}/v1/jobs/${drawing}`);
      return body.status === "cancelled" ? true : undefined;
    });
  });

  test("a job that runs is stopped when it is cancelled, and the next picture is worked on", async () => {
    const { body } = await post(`${service.url}/v1/pixelate`, { input_image: await noise(), async: true });
    const { job_id: id } = AcceptedAnswer.parse(body);
    const statusOf = async () => (await getJson(`${service.url}/v1/jobs/${id}`)).body;
    await until(async () => {
      const { status, progress } = await statusOf();
      return status === "running" && (progress as { stage: string }).stage === "pixel-passes"
        ? true
        : undefined;
    });
    await fetch(`${service.url}/v1/jobs/${id}`, {
      method: "DELETE",
      headers: { "content-type": "application/json" },
    });
    await until(async () => ((await statusOf()).status === "cancelled" ? true : undefined), 15);
    expect(await statusOf()).toMatchObject({ asset_id: null, error: null });
    const next = await pixelate({ input_image: await pngOf(large(goblin)) });
    expect(rowsOf(await imageOf(next.base64_images[0]))).toEqual(rowsOf(goblin));
  });
});

describe("the edit tools", () => {
  test("reduce and convert the colors of every frame of a GIF, and keep its durations", async () => {
    const { bytes } = encodeGif({ frames: [goblin, stepped], durationsMs: [80, 120], loop: 2 });
    for (const [tool, fields] of [
      ["color_reducer", { color_count: 3 }],
      ["palette_converter", { input_palette: ["#000000", "#ff0000", "#00ff00"] }],
      ["k_centroid_downscale", { width: 8, height: 8 }],
    ] as const) {
      const answer = await edit(tool, { input_image: base64(bytes), ...fields });
      const { frames, durationsMs, loop, format } = await framesOf(answer.base64_images[0]);
      expect([tool, format, frames.length, loop]).toEqual([tool, "GIF", 2, 2]);
      expect(durationsMs).toEqual([80, 120]);
      if (tool !== "k_centroid_downscale") expect(answer.palette.length).toBeLessThanOrEqual(3);
      else expect([answer.width, answer.height]).toEqual([8, 8]);
    }
  });

  test("turn, clear the background, join and correct a still", async () => {
    const wide = place(goblin, createImage(20, 16), 2, 0);
    const turned = await edit("rotate", { input_image: await pngOf(wide), rotation_degrees: 90 });
    expect([turned.width, turned.height]).toEqual([16, 20]);
    const white = {
      ...goblin,
      data: goblin.data.map((value, i) => (goblin.data[i | 3] === 0 ? 255 : value)),
    };
    const cleared = await edit("background_remover", { input_image: await pngOf(white) });
    expect(rowsOf(await imageOf(cleared.base64_images[0]))).toEqual(rowsOf(goblin));
    const joined = await edit("seam_tiling", { input_image: await pngOf(wide), tile_x: true, tile_y: true });
    expect(joined.checks.seam_ratio_x).not.toBeNull();
    const corrected = await edit("pixel_correction", { input_image: await pngOf(large(goblin)) });
    expect(rowsOf(await imageOf(corrected.outputImageBase64))).toEqual(rowsOf(goblin));
    expect(corrected.grid).toMatchObject({ pitch_x: FACTOR });
  });

  test("the pixel fixer gives one picture and its grid", async () => {
    const answer = await post(`${service.url}/v1/pixel-fixer/standard`, {
      input_image: await pngOf(large(goblin)),
    });
    const body = PixelFixerAnswer.parse(answer.body);
    expect(rowsOf(await imageOf(body.base64_images[0]))).toEqual(rowsOf(goblin));
  });
});

describe("odd and hostile pictures", () => {
  const flat = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: "#d02030" } });
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';
  const REFUSED: [string, () => Promise<string>][] = [
    ["an SVG", async () => base64(Buffer.from(svg))],
    ["an SVG that calls itself a PNG", async () => `data:image/png;base64,${base64(Buffer.from(svg))}`],
    ["no bytes", async () => "data:image/png;base64,"],
    ["text", async () => "../../etc/passwd"],
    ["a TIFF", async () => base64(await flat(8, 8).tiff().toBuffer())],
    ["a PNG cut off", async () => base64((await encodePng(large(goblin))).subarray(0, 200))],
    [
      "a GIF cut off",
      async () => {
        const { bytes } = encodeGif({ frames: [goblin, stepped], durationsMs: [100, 100], loop: 0 });
        return base64(bytes.subarray(0, bytes.length - 20));
      },
    ],
    ["a JPEG cut off", async () => base64((await jpegOf(large(goblin))).subarray(0, 500))],
    ["a picture of 20,000 x 2,000", async () => base64(await flat(20_000, 2_000).png().toBuffer())],
    [
      "a PNG of no width",
      async () => {
        const bytes = Buffer.from(await encodePng(goblin));
        bytes.writeUInt32BE(0, 16);
        return base64(bytes);
      },
    ],
  ];
  /** The code of an error in either form: problem details, or Retro Diffusion's. */
  const codeOf = ({ code, detail }: Record<string, unknown>): unknown =>
    code ?? (detail as { code: string }).code.replaceAll("_", "-");
  const DOORS = ["/v1/pixelate", "/v1/edit/tools/color_reducer", "/v1/pixel-fixer/standard"];

  test.each(REFUSED)("%s is refused at every door, by its field, and nothing is written", async (_, make) => {
    const input_image = await make();
    const before = await readdir(join(project.dir, ".pixelkiln/library/assets"));
    const jobs = (await getJson(`${service.url}/v1/jobs?limit=200`)).body.jobs as unknown[];
    for (const door of DOORS) {
      const answer = await post(service.url + door, { input_image });
      expect([door, answer.status, codeOf(answer.body)]).toEqual([door, 422, "invalid-image"]);
      expect(answer.body.errors).toMatchObject([{ field: "input_image" }]);
    }
    expect(await readdir(join(project.dir, ".pixelkiln/library/assets"))).toEqual(before);
    expect((await getJson(`${service.url}/v1/jobs?limit=200`)).body.jobs).toHaveLength(jobs.length);
  });

  const TAKEN: [string, () => Promise<Uint8Array>][] = [
    ["one pixel", () => flat(1, 1).png().toBuffer()],
    ["one transparent pixel", async () => encodePng(createImage(1, 1))],
    ["an empty picture", async () => encodePng(createImage(40, 30))],
    ["one row", () => flat(300, 1).png().toBuffer()],
    ["16-bit", () => flat(64, 64).toColorspace("rgb16").png().toBuffer()],
    ["gray", () => flat(64, 64).toColorspace("b-w").png().toBuffer()],
    ["CMYK", () => flat(64, 64).toColorspace("cmyk").jpeg().toBuffer()],
    ["20,000 pixels wide", () => flat(20_000, 16).png().toBuffer()],
    [
      "partly transparent",
      async () =>
        encodePng({
          ...large(goblin),
          data: large(goblin).data.map((value, i) => (i % 4 === 3 ? value >> 1 : value)),
        }),
    ],
  ];

  test.each(TAKEN)("%s is taken at every door", async (_, make) => {
    const input_image = base64(await make());
    for (const door of DOORS) {
      const answer = await post(service.url + door, { input_image });
      expect([door, answer.status, answer.body.detail]).toEqual([door, 200, undefined]);
      const [picture] = answer.body.base64_images as string[];
      const image = await imageOf(picture);
      expect(image.width * image.height).toBeGreaterThan(0);
    }
  });
});
