import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeFrames } from "../../service/codecs/decode-frames.ts";
import { encodeGif } from "../../service/codecs/encode-gif.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { rotatePixels } from "../../service/pixel/rotate-pixels.ts";
import { EditAnswer } from "../../shared/edit-tools.ts";
import { draw, GOBLIN } from "../pixel/ascii-image.ts";
import { startServiceProcess } from "../service/service-process.ts";
import { inFolder, runCli } from "./run-cli.ts";

const goblin = draw(GOBLIN);
const withPicture = (work: (dir: string) => Promise<void>) =>
  inFolder(async (dir) => {
    await writeFile(join(dir, "goblin.png"), await encodePng(goblin));
    await work(dir);
  });

test("a tool writes its result where it is told, or beside the picture", () =>
  withPicture(async (dir) => {
    const { code, stdout } = await runCli(["edit", "rotate", "goblin.png", "-o", "out/turned.png"], {
      cwd: dir,
    });
    expect([code, stdout]).toEqual([0, "out/turned.png  12x12, 6 colors\n"]);
    const { frames } = await decodeFrames(await readFile(join(dir, "out/turned.png")), "x");
    expect(frames).toEqual([rotatePixels(goblin, 90)]);
    expect(
      (await runCli(["edit", "color-reducer", "goblin.png", "--color-count", "2"], { cwd: dir })).code,
    ).toBe(0);
    expect((await readdir(dir)).sort()).toEqual(["goblin-color-reducer.png", "goblin.png", "out"]);
  }));

test("all frames of a GIF are worked on, and --json prints the answer of the API", () =>
  withPicture(async (dir) => {
    const { bytes } = encodeGif({
      frames: [goblin, rotatePixels(goblin, 180)],
      durationsMs: [90, 210],
      loop: 0,
    });
    await writeFile(join(dir, "walk.gif"), bytes);
    const args = [
      "edit",
      "palette_converter",
      "walk.gif",
      "-o",
      "w.gif",
      "--input-palette",
      "000000,ffffff",
      "--json",
    ];
    const { stdout } = await runCli(args, { cwd: dir });
    expect(EditAnswer.parse(JSON.parse(stdout))).toMatchObject({ tool_id: "palette_converter", frames: 2 });
    const { frames, durationsMs } = await decodeFrames(await readFile(join(dir, "w.gif")), "x");
    expect([frames.length, durationsMs]).toEqual([2, [90, 210]]);
  }));

test("a file that is there with other bytes stays, unless --force says otherwise", () =>
  withPicture(async (dir) => {
    await writeFile(join(dir, "mine.png"), "mine");
    const args = ["edit", "rotate", "goblin.png", "-o", "mine.png"];
    const refused = await runCli(args, { cwd: dir });
    expect([refused.code, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toContain("--force");
    expect(await readFile(join(dir, "mine.png"), "utf8")).toBe("mine");
    expect((await runCli([...args, "--force"], { cwd: dir })).code).toBe(0);
    expect((await runCli(args, { cwd: dir })).code).toBe(0);
  }));

test("with --service a running service works, and the bytes are the same", () =>
  withPicture(async (dir) => {
    const service = await startServiceProcess(dir, { PIXELKILN_DEVICE: "cpu" });
    try {
      const args = ["edit", "rotate", "goblin.png", "--rotation-degrees", "33"];
      await runCli([...args, "-o", "here.png"], { cwd: dir });
      const there = await runCli([...args, "-o", "there.png", "--service", service.url], { cwd: dir });
      expect(there.code).toBe(0);
      const wrong = await runCli(["edit", "seam-tiling", "goblin.png", "--service", service.url], {
        cwd: dir,
      });
      expect([wrong.code, wrong.stderr]).toEqual([
        2,
        "pixelkiln: tile_x: got false, expected tile_x or tile_y to be true\n",
      ]);
      expect(await readFile(join(dir, "there.png"))).toEqual(await readFile(join(dir, "here.png")));
    } finally {
      await service.kill();
    }
  }));

test.for([
  { args: ["edit"], line: "tool: got nothing, expected one of color_reducer" },
  { args: ["edit", "paint", "goblin.png"], line: 'tool: got "paint", expected one of color_reducer' },
  { args: ["edit", "rotate"], line: "picture: got nothing, expected a picture file" },
  { args: ["edit", "rotate", "nope.png"], line: "picture: got nope.png, expected a file that exists" },
  {
    args: ["edit", "rotate", "goblin.png", "-o", "x.gif"],
    line: 'output: got "x.gif", expected a file name that ends in .png',
  },
  {
    args: ["edit", "rotate", "goblin.png", "--rotation-degrees", "no"],
    line: 'rotation_degrees: got "no", expected a number',
  },
  {
    args: ["edit", "seam_tiling", "goblin.png"],
    line: "tile_x: got false, expected tile_x or tile_y to be true",
  },
  { args: ["edit", "palette_converter", "goblin.png"], line: "input_palette: got nothing" },
])("bad usage exits 2 with one line: $line", ({ args, line }) =>
  withPicture(async (dir) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: dir });
    expect(stderr).toContain(`pixelkiln: ${line}`);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(await readdir(dir)).toEqual(["goblin.png"]);
  }),
);

test("--help after a tool explains that tool alone", () =>
  inFolder(async (dir) => {
    const { stdout } = await runCli(["edit", "rotate", "--help"], { cwd: dir });
    expect(stdout).toContain("--rotation-degrees");
    expect(stdout).not.toContain("color_reducer");
    const every = await runCli(["edit", "--help"], { cwd: dir });
    expect(every.stdout).toContain("\ncolor_reducer: ");
  }));

test("an output below a file is refused before the picture is read", () =>
  withPicture(async (dir) => {
    const { code, stderr } = await runCli(["edit", "rotate", "none.png", "-o", "goblin.png/out.png"], {
      cwd: dir,
    });
    expect(stderr).toMatch(
      /^pixelkiln: The folder .*goblin\.png cannot be created or written to \(ENOTDIR\)/,
    );
    expect(code).toBe(1);
  }));
