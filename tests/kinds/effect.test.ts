import { expect, test } from "vitest";
import { EFFECTS } from "../../service/effects/effect-table.ts";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { drawnBounds } from "../../service/pixel/image.ts";
import { makeEffect } from "./make-effect.ts";

test("an effect is one sheet with a tag of its name, and its own durations", async () => {
  const { info, frames, manifest } = await makeEffect({ prompt: "explosion", size: 48, seed: 2 });
  expect(info).toMatchObject({ name: "explosion", loop: false, fps: null, direction: null, tiles: false });
  expect(info.frame_size).toEqual({ width: 48, height: 48 });
  expect(frames).toHaveLength(EFFECTS.explosion.frames);
  expect(new Set(info.frames.map(({ duration }) => duration)).size).toBeGreaterThan(1);
  expect(manifest.warnings).toEqual([]);
  expect(manifest.checks).toMatchObject({
    partial_alpha_pixels: 0,
    off_palette_pixels: 0,
    duplicate_frames: 0,
  });
  expect(manifest.provenance).toMatchObject({ model: null, seed: 2, prompt: "explosion" });
});

test("an exact rate, a number of frames and a loop are kept", async () => {
  const { info } = await makeEffect({ prompt: "slash", fps: 12, frames_duration: 6, loop: true, seed: 2 });
  expect(info).toMatchObject({ fps: 12, loop: true });
  expect(info.frames).toHaveLength(6);
  expect(info.frames.reduce((sum, { duration }) => sum + duration, 0)).toBe(500);
});

test("more frames take as long as the usual ones", async () => {
  const total = async (raw: object) =>
    (await makeEffect({ prompt: "flame", size: 16, seed: 2, ...raw })).info.frames.reduce(
      (sum, { duration }) => sum + duration,
      0,
    );
  expect(await total({ frames_duration: 24 })).toBe(await total({}));
});

test("a palette, fewer colors and an enlargement apply to all frames", async () => {
  const colors = ["#000000", "#ff004d", "#ffec27"];
  const held = await makeEffect({ prompt: "explosion", input_palette: colors, seed: 2 });
  for (const frame of held.frames) for (const color of colorsOf(frame)) expect(colors).toContain(color);
  expect(held.manifest.palette).toMatchObject({ colors, locked: true });
  const few = await makeEffect({ prompt: "explosion", color_count: 3, upscale_output_factor: 2, seed: 2 });
  expect(few.manifest.palette.colors.length).toBeLessThanOrEqual(3);
  expect(few.info).toMatchObject({ frame_size: { width: 64, height: 64 }, anchor: { x: 32, y: 32 } });
});

test("what happens on the ground is anchored there, and what points somewhere at its source", async () => {
  const flame = await makeEffect({ prompt: "flame", size: 64, seed: 2 });
  const bottom = Math.max(
    ...flame.frames.map((frame) => (drawnBounds(frame)?.y ?? 0) + (drawnBounds(frame)?.height ?? 0)),
  );
  expect(Math.abs(flame.info.anchor.y - bottom)).toBeLessThanOrEqual(2);
  const laser = await makeEffect({ prompt: "laser", size: 64, direction: "west", seed: 2 });
  expect(laser.info).toMatchObject({ direction: "west" });
  expect(laser.info.anchor.x).toBeGreaterThan(48);
});

test("a prompt that names no effect is refused with what it takes", async () => {
  await expect(makeEffect({ prompt: "wooden chair" })).rejects.toMatchObject({
    code: "invalid-request",
    errors: [
      { field: "prompt", got: '"wooden chair"', expected: expect.stringContaining("explosion, smoke") },
    ],
  });
});

test("words that nothing shows are listed, and refused by a strict request; so is a direction without use", async () => {
  const made = await makeEffect({ prompt: "explosion with a dragon", direction: "west", seed: 2 });
  expect(made.manifest).toMatchObject({
    unmet_words: ["dragon"],
    warnings: ["Nothing shows dragon."],
    ignored_parameters: [{ name: "direction", reason: "explosion points nowhere" }],
  });
  const strict = { prompt: "explosion with a dragon", strict: true };
  await expect(makeEffect(strict)).rejects.toMatchObject({ errors: [{ field: "prompt", got: '"dragon"' }] });
  await expect(makeEffect({ prompt: "explosion", direction: "west", strict: true })).rejects.toMatchObject({
    code: "ignored-parameter",
  });
});
