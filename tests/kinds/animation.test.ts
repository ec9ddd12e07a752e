import { describe, expect, test } from "vitest";
import { decodeFrames } from "../../service/codecs/decode-frames.ts";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { animation } from "../../service/kinds/animation/kind.ts";
import { crop, drawnBounds, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import type { AnimationInfo } from "../../shared/asset.ts";
import { goblinOnCanvas } from "../asset/sample-animations.ts";
import { makeCharacter } from "./make-character.ts";
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
  const frames = cutFrames(info, image);
  const tags = info.actions.flatMap((action) => action.tags);
  const framesOf = (tag: string) => {
    const { from, to } = tags.find(({ name }) => name === tag)!;
    return frames.slice(from, to + 1);
  };
  return { ...made, info, frames, framesOf };
}

function cutFrames({ frames }: AnimationInfo, sheet: PixelImage): PixelImage[] {
  return frames.map(({ frame: { x, y, w, h } }) => crop(sheet, x, y, w, h));
}

const picture = async (image: PixelImage) => Buffer.from(await encodePng(image)).toString("base64");

describe("a person from words", () => {
  test.each([
    [32, "walk", 8],
    [48, "run", 6],
    [64, "attack", 5],
    [48, "attack", 12],
    [24, "idle", 10],
    [40, "crouch", 8],
  ])(
    "at %i pixels, %s in %i frames: one palette, one anchor, no frame twice",
    async (width, action, count) => {
      const { manifest, info, frames } = await make({
        prompt: "farmer in blue",
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

  test("is the very person of `character`, and its parts are credited", async () => {
    const subject = { prompt: "girl with red hair", seed: 3, actions: ["walk", "hurt"] };
    const { manifest, info, framesOf } = await make({ ...subject, directions: 4 });
    const hero = await makeCharacter({ ...subject, directions: 4 });
    expect(info.frame_size).toEqual(hero.info.frame_size);
    for (const { tags } of info.actions)
      for (const { name } of tags) expect(framesOf(name)).toEqual(hero.framesOf(name));
    expect(info.actions.map(({ motion }) => motion)).toEqual(["exemplar", "exemplar"]);
    expect(manifest.provenance).toMatchObject({ model: null, exemplars: [] });
    expect(manifest.provenance.credit).toEqual(hero.manifest.provenance.credit);
    expect(manifest.provenance.parts).toEqual(hero.manifest.provenance.parts);
  });

  test("is enlarged for all frames alike where a weapon reaches out, and nothing is cut", async () => {
    const { info, frames, manifest } = await make({ prompt: "knight with a longsword", action: "attack" });
    const { width, height } = info.frame_size;
    expect(width).toBeGreaterThan(32);
    expect(manifest.warnings.join()).toContain(`Frames have ${width}x${height} pixels`);
    for (const frame of frames) {
      const box = drawnBounds(frame)!;
      expect(box.x > 0 && box.x + box.width < width && box.y > 0).toBe(true);
    }
  });

  test("stands in the middle of a larger canvas", async () => {
    const { info, frames } = await make({ prompt: "farmer", width: 96, height: 80, action: "idle" });
    expect(info.frame_size).toEqual({ width: 96, height: 80 });
    expect(info.anchor.x).toBe(48);
    expect(drawnBounds(frames[0]!)!.height).toBeGreaterThan(40);
  });

  test("shows diagonals as `character` does, and says so", async () => {
    const { info, manifest } = await make({ prompt: "villager", directions: 8, frames_duration: 2 });
    expect(info.frames).toHaveLength(16);
    expect(manifest.warnings.join()).toContain("Diagonals are side views");
  });
});

describe("several actions", () => {
  test("show one drawing, on one sheet, with tags and times of their own in every file", async () => {
    const { info, manifest, files, framesOf } = await make({
      prompt: "green slime",
      actions: ["idle", "walk", "attack"],
      directions: ["south", "east"],
      fps: { idle: 4, walk: 12 },
      frames_duration: { attack: 5 },
      loop: { idle: "pingpong" },
      seed: 3,
    });
    expect(info.actions.map(({ name, fps, loop, tags }) => [name, fps, loop, tags.length])).toEqual([
      ["idle", 4, "pingpong", 2],
      ["walk", 12, true, 2],
      ["attack", 8, false, 2],
    ]);
    expect(info.sheet).toEqual({ columns: 8, rows: 6 });
    // The attack begins with the very slime that stands idle.
    expect(equalImages(framesOf("attack_south")[0]!, framesOf("idle_south")[0]!)).toBe(true);
    expect(manifest.provenance.exemplars).toHaveLength(1);
    expect(manifest.checks.anchor_drift_px).toBe(0);

    const textOf = (ending: string) =>
      Buffer.from(files.find(({ path }) => path.endsWith(ending))!.bytes).toString("utf8");
    const tags = ["idle", "walk", "attack"].flatMap((name) => [`${name}_south`, `${name}_east`]);
    const { meta } = JSON.parse(textOf("hero.json"));
    expect(meta.frameTags.map(({ name }: { name: string }) => name)).toEqual(tags);
    expect(textOf(".tres").match(/(?<="name": &")\w+/g)).toEqual(tags);
    expect(textOf(".tres").match(/(?<="speed": )[\d.]+/g)).toEqual([
      ...["4.0", "4.0"],
      ...["12.0", "12.0"],
      ...["8.0", "8.0"],
    ]);
    const { anims } = JSON.parse(textOf("-anims.json"));
    expect(anims.map(({ key }: { key: string }) => key)).toEqual(tags.map((tag) => `hero/${tag}`));
    expect(files.filter(({ path }) => path.endsWith(".tscn"))).toHaveLength(1);
  });

  test("begin with the picture that is given, byte for byte", async () => {
    const { framesOf } = await make({
      input_image: await picture(goblinOnCanvas()),
      actions: ["idle", "attack", "die"],
    });
    for (const name of ["idle", "attack", "die"])
      expect(equalImages(framesOf(name)[0]!, goblinOnCanvas())).toBe(true);
  });

  test("are also a strip or a packed sheet", async () => {
    const subject = { prompt: "farmer", actions: ["idle", "walk"], directions: 4, seed: 1 };
    const rows = await make(subject);
    const strip = await make({ ...subject, sheet_layout: "strip" });
    const packed = await make({ ...subject, sheet_layout: "packed" });
    expect(strip.info.sheet).toEqual({ columns: rows.info.frames.length, rows: 1 });
    for (const other of [strip, packed]) expect(other.frames).toEqual(rows.frames);
  });

  test("with one frame each turn the subject in the GIF; several actions follow each other", async () => {
    const turned = await make({ prompt: "farmer", action: "idle", directions: 4, frames_duration: 1 });
    expect(turned.info.actions[0]!.motion).toBe("still");
    const gif = turned.files.find(({ role }) => role === "gif")!;
    expect((await decodeFrames(gif.bytes, "gif")).frames).toHaveLength(4);
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
    prompt: "farmer",
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
  expect(held.manifest.warnings.join()).toContain("24 of 32 frames of walk repeat the one before");
  expect(held.info.frames).toHaveLength(32);
  expect(held.manifest.checks.duplicate_frames).toBe(0);
});
