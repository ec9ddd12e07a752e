import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeFrames } from "../../service/codecs/decode-frames.ts";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { encodeGif } from "../../service/codecs/encode-gif.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { PixelateAnswer } from "../../service/kinds/pixelate/answer.ts";
import { sha256 } from "../../service/library/hashes.ts";
import { createImage, crop, equalImages, place } from "../../service/pixel/image.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import { agreement, fakePixelArt, nativePicture } from "../pixel/pixelate/fake-pixel-art.ts";
import { inFolder, runCli } from "./run-cli.ts";

const NATIVE = nativePicture(24, 20);
const read = async (path: string) => decodeImage(await readFile(path), "picture");

test("pixelate writes the native picture, to -o or to the second argument", () =>
  inFolder(async (dir) => {
    const fake = fakePixelArt(NATIVE, { pitchX: 7.4, blur: 0.6, noise: 2 });
    await writeFile(join(dir, "in.png"), await encodePng(fake));
    const first = await runCli(["pixelate", "in.png", "-o", "out.png"], { cwd: dir });
    expect(first).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^out\.png {2}24x20, \d+ colors, cells\n$/),
    });
    expect(agreement(await read(join(dir, "out.png")), NATIVE)).toBeGreaterThan(0.97);
    const second = await runCli(["pixelate", "in.png", "two.png", "--color-count", "3", "--json"], {
      cwd: dir,
    });
    const answer = PixelateAnswer.parse(JSON.parse(second.stdout));
    expect(answer).toMatchObject({ images: [{ width: 24, height: 20 }], grid: { kind: "cells" } });
    expect(answer.palette.colors.length).toBeLessThanOrEqual(3);
    const two = await readFile(join(dir, "two.png"));
    expect(Buffer.from(answer.base64_images[0] ?? "", "base64")).toEqual(two);
    expect(answer.files.map(({ sha256: hash }) => hash)).toContain(sha256(two));
    expect(two.includes('pixelkiln\0{"generator":"pixelkiln ')).toBe(true);
    expect((await readdir(dir)).sort()).toEqual(["in.png", "out.png", "two.png"]);
  }));

test("all frames of a GIF and all cells of a sheet share their grid and their colors", () =>
  inFolder(async (dir) => {
    const frames = [1, 2, 3].map((seed) => nativePicture(20, 20, { seed }));
    const large = frames.map((frame) => upscaleNearest(frame, 4));
    const animation = { frames: large, durationsMs: [80, 120, 80], loop: 0 };
    await writeFile(join(dir, "in.gif"), encodeGif(animation).bytes);
    const gif = await runCli(["pixelate", "in.gif", "out.gif", "--json"], { cwd: dir });
    const { images, grid } = PixelateAnswer.parse(JSON.parse(gif.stdout));
    expect(images.map(({ width, height }) => [width, height])).toEqual(frames.map(() => [20, 20]));
    expect(grid.pitch_x).toBe(4);
    const decoded = await decodeFrames(await readFile(join(dir, "out.gif")), "picture");
    expect(decoded.durationsMs).toEqual([80, 120, 80]);
    expect(decoded.frames.map((frame, i) => equalImages(frame, frames[i] ?? frame))).toEqual([
      true,
      true,
      true,
    ]);

    const sheet = large.reduce((image, frame, i) => place(frame, image, 80 * i, 0), createImage(240, 80));
    await writeFile(join(dir, "sheet.png"), await encodePng(sheet));
    const cut = await runCli(["pixelate", "sheet.png", "small.png", "--columns", "3"], { cwd: dir });
    expect(cut).toMatchObject({ code: 0, stdout: expect.stringContaining("3 frames of 20x20") });
    const small = await read(join(dir, "small.png"));
    expect(frames.map((frame, i) => equalImages(crop(small, 20 * i, 0, 20, 20), frame))).toEqual([
      true,
      true,
      true,
    ]);
    const turned = await runCli(["pixelate", "sheet.png", "cells.gif", "--columns", "3"], { cwd: dir });
    expect(turned).toMatchObject({ code: 0, stdout: expect.stringContaining("3 frames of 20x20") });
    const cells = await decodeFrames(await readFile(join(dir, "cells.gif")), "picture");
    expect(cells.durationsMs).toEqual([100, 100, 100]);
    expect(cells.frames.map((frame, i) => equalImages(frame, frames[i] ?? frame))).toEqual([
      true,
      true,
      true,
    ]);
    const uneven = await runCli(["pixelate", "sheet.png", "no.png", "--columns", "7"], { cwd: dir });
    expect(uneven).toMatchObject({ code: 2, stderr: expect.stringContaining("columns: got 7") });
  }));

test("--batch gives a line for each picture and goes on after one that cannot be read", () =>
  inFolder(async (dir) => {
    await writeFile(join(dir, "a.png"), await encodePng(upscaleNearest(NATIVE, 5)));
    await writeFile(join(dir, "b.png"), "no picture");
    const list = ["b", "a"].map((name) => ({ input: `${name}.png`, output: `${name}-out.png` }));
    await writeFile(join(dir, "list.json"), JSON.stringify(list));
    const { code, stdout } = await runCli(["pixelate", "--batch", "list.json"], { cwd: dir });
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { ok: false, input: "b.png", output: "b-out.png", error: expect.any(String) },
      {
        ...{ input: "a.png", output: "a-out.png", ok: true, width: 24, height: 20, frames: 1, warnings: [] },
        colors: expect.any(Number),
        grid: { kind: "enlarged", pitch_x: 5, pitch_y: 5, confidence: expect.any(Number) },
        timings_ms: expect.objectContaining({ post: expect.any(Number) }),
      },
    ]);
    expect(code).toBe(2);
    expect(equalImages(await read(join(dir, "a-out.png")), NATIVE)).toBe(true);
    expect(await readdir(dir)).not.toContain("b-out.png");
  }));

test("wrong arguments and pictures exit 2 with one line, and nothing is written", () =>
  inFolder(async (dir) => {
    await writeFile(join(dir, "in.png"), await encodePng(NATIVE));
    await writeFile(join(dir, "cut.png"), (await encodePng(NATIVE)).subarray(0, 60));
    await writeFile(join(dir, "draw.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    for (const args of [
      [],
      ["in.png"],
      ["gone.png", "-o", "out.png"],
      ["cut.png", "-o", "out.png"],
      ["draw.svg", "-o", "out.png"],
      ["in.png", "-o", "out.png", "--pixel-size", "0"],
      ["in.png", "-o", "out.png", "--pixel-size", "25"],
      ["in.png", "-o", "out.png", "--color-count", "2.5"],
      ["in.png", "-o", "out.png", "--input-palette", "no-such-palette"],
      ["in.png", "-o", "out.png", "--cleanup", "all"],
      ["--batch", "in.png"],
    ]) {
      const { code, stdout, stderr } = await runCli(["pixelate", ...args], { cwd: dir });
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
      expect(stderr.trim().split("\n")).toHaveLength(1);
    }
    expect(await readdir(dir)).not.toContain("out.png");
  }));

test("a file that is there stays unless its bytes are the same or --force is given", () =>
  inFolder(async (dir) => {
    await writeFile(join(dir, "in.png"), await encodePng(upscaleNearest(NATIVE, 5)));
    await writeFile(join(dir, "list.json"), JSON.stringify([{ input: "in.png", output: "out.png" }]));
    const pixelate = (...args: string[]) => runCli(["pixelate", ...args], { cwd: dir });
    for (let i = 0; i < 2; i++) expect((await pixelate("in.png", "out.png")).code).toBe(0);
    await writeFile(join(dir, "out.png"), "mine");
    expect(await pixelate("in.png", "out.png")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("out.png already exists: choose another name, or use --force."),
    });
    const batch = await pixelate("--batch", "list.json");
    expect([batch.code, JSON.parse(batch.stdout).error]).toEqual([
      2,
      expect.stringContaining("already exists"),
    ]);
    expect(await readFile(join(dir, "out.png"), "utf8")).toBe("mine");
    expect((await pixelate("in.png", "out.png", "--force")).code).toBe(0);
    expect(equalImages(await read(join(dir, "out.png")), NATIVE)).toBe(true);
  }));
