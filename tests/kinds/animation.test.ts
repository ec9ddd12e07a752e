import { describe, expect, test } from "vitest";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { animation } from "../../service/kinds/animation/kind.ts";
import { crop, drawnBounds, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import type { AnimationInfo } from "../../shared/asset.ts";
import { goblinOnCanvas } from "../asset/sample-animations.ts";
import { createTestWorker, quiet, targetOf } from "./test-worker.ts";

const worker = createTestWorker();

async function make(raw: object) {
  const made = await worker.make(
    {
      kind: "animation",
      from: { ...animation.parse(raw), request: { ...animation.parse(raw).request }, sheets: null },
      target: targetOf("hero"),
    },
    quiet(),
  );
  const sheet =
    made.files.find(({ role }) => role === "sheet") ?? made.files.find(({ role }) => role === "png");
  const image = await decodeImage(sheet!.bytes, "sheet");
  const info = made.manifest.animation!;
  return { ...made, info, frames: framesOf(info, image) };
}

function framesOf({ frames }: AnimationInfo, sheet: PixelImage): PixelImage[] {
  return frames.map(({ frame: { x, y, w, h } }) => crop(sheet, x, y, w, h));
}

const picture = async (image: PixelImage) => Buffer.from(await encodePng(image)).toString("base64");

describe("a person from words", () => {
  test.each([
    [32, "walk", 8],
    [48, "run", 6],
    [64, "attack", 7],
    [48, "attack", 12],
    [32, "idle", 10],
    [64, "jump", 5],
    [40, "die", 8],
  ])(
    "at %i pixels, %s in %i frames: one palette, one anchor, no frame twice",
    async (width, action, count) => {
      const { manifest, info, frames } = await make({
        prompt: "knight in blue",
        width,
        action,
        directions: 4,
        frames_duration: count,
      });
      expect(info.frames).toHaveLength(4 * count);
      expect(info.sheet).toEqual({ columns: count, rows: 4 });
      expect(info.directions).toEqual(["south", "west", "east", "north"]);
      expect(manifest.checks).toMatchObject({
        anchor_drift_px: 0,
        off_palette_pixels: 0,
        partial_alpha_pixels: 0,
        duplicate_frames: 0,
        palette_union: manifest.palette.colors.length,
      });
      for (const frame of frames) expect(drawnBounds(frame)).not.toBeNull();
      for (const { pivot } of info.frames) expect(pivot).toEqual(info.anchor);
    },
  );

  test("names the person, its license and whom to credit", async () => {
    const { manifest, info } = await make({ prompt: "girl with red hair", width: 48 });
    expect(info.motion).toBe("exemplar");
    expect(manifest.provenance).toMatchObject({
      model: null,
      exemplars: [
        {
          source: "lpc-revised-people",
          license: "OGA-BY-3.0",
          credit: expect.stringContaining("Eliza Wyatt"),
        },
      ],
    });
    expect(manifest.images[0]!.exemplars).toEqual(manifest.provenance.exemplars);
  });

  test("is one character over all its actions", async () => {
    const ids = await Promise.all(
      ["idle", "walk", "attack", "hurt"].map(async (action) => {
        const { manifest } = await make({ prompt: "pirate", action, seed: 5 });
        return manifest.provenance.exemplars[0]!.id;
      }),
    );
    expect(new Set(ids).size).toBe(1);
  });

  test("walks in a cycle that closes", async () => {
    const { checks } = (await make({ prompt: "villager", width: 64, directions: 4 })).manifest;
    expect(checks.loop_gap).toBeLessThanOrEqual(checks.largest_step!);
  });

  test("shows diagonals from the side, and says so", async () => {
    const { info, manifest } = await make({ prompt: "villager", directions: 8, frames_duration: 2 });
    expect(info.frames).toHaveLength(16);
    expect(manifest.warnings.join()).toContain("Diagonal directions");
  });
});

describe("a picture that is given", () => {
  test("is kept exactly as the first frame, in its own colors", async () => {
    const { frames, info, manifest } = await make({
      input_image: await picture(goblinOnCanvas()),
      action: "walk",
    });
    expect(equalImages(frames[0]!, goblinOnCanvas())).toBe(true);
    expect(info.frames).toHaveLength(8);
    expect(info.motion).toBe("procedural");
    expect(info.anchor).toEqual({ x: 12, y: 19 });
    expect(manifest.checks).toMatchObject({ duplicate_frames: 0, anchor_drift_px: 0, off_palette_pixels: 0 });
    expect(manifest.provenance.source).toMatchObject({ format: "PNG", width: 24, height: 20 });
  });

  test("is mirrored about its anchor for the west, unless that is forbidden", async () => {
    const input_image = await picture(goblinOnCanvas());
    const mirrored = await make({ input_image, directions: ["west", "east"], frames_duration: 2 });
    expect(mirrored.info.mirrored).toEqual({ west: "east" });
    expect(equalImages(mirrored.frames[0]!, mirrored.frames[2]!)).toBe(false);
    const never = await make({
      input_image,
      directions: ["west", "east"],
      frames_duration: 2,
      mirror: "never",
    });
    expect(never.info.mirrored).toEqual({});
    expect(equalImages(never.frames[0]!, never.frames[2]!)).toBe(true);
  });

  test("without a drawn pixel cannot move", async () => {
    const empty = { width: 16, height: 16, data: new Uint8Array(4 * 256) };
    await expect(make({ input_image: await picture(empty), action: "idle" })).rejects.toThrow(
      "got a fully transparent picture",
    );
  });
});

test("colors that are asked for hold for all frames together; enlarging moves the anchor too", async () => {
  const { manifest, info, frames } = await make({
    prompt: "knight",
    width: 32,
    directions: 4,
    color_count: 8,
    upscale_output_factor: 2,
  });
  expect(manifest.checks.palette_union).toBeLessThanOrEqual(8);
  expect(manifest.checks.grid_scale).toBe(2);
  expect(frames[0]!.width).toBe(64);
  expect(info.anchor).toEqual({ x: 32, y: 62 });
});

test("a palette that is given is locked", async () => {
  const { manifest } = await make({ prompt: "knight", input_palette: "pico-8", frames_duration: 4 });
  expect(manifest.palette).toMatchObject({ name: "pico-8", locked: true });
  expect(manifest.checks.off_palette_pixels).toBe(0);
});

test("the resolved request gives the same bytes again", async () => {
  const first = await make({ prompt: "farmer in green", directions: 4, action: "run" });
  const again = await make(first.manifest.request);
  expect(again.files).toEqual(first.files);
});

test("durations that GIF cannot hold are said; frames held over too", async () => {
  const rounded = await make({ prompt: "farmer", fps: 8 });
  expect(rounded.manifest.warnings.join()).toContain("rounded to 10 ms in the GIF");
  const held = await make({ prompt: "farmer", fps: 10, frames_duration: 32 });
  expect(held.manifest.warnings.join()).toContain("16 of 32 frames repeat the one before, slightly moved");
  expect(held.info.frames).toHaveLength(32);
  expect(held.manifest.checks.duplicate_frames).toBe(0);
});
