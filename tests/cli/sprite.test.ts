import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { SpriteAnswer } from "../../service/kinds/sprite/answer.ts";
import { sha256 } from "../../service/library/hashes.ts";
import { createImage } from "../../service/pixel/image.ts";
import { addBrokenModel } from "../generators/broken-model.ts";
import { startServiceProcess } from "../service/service-process.ts";
import { inFolder, runCli } from "./run-cli.ts";

const FAST = ["--steps", "2"];
const files = async (dir: string) => (await readdir(dir)).sort();

async function hashes(dir: string): Promise<Record<string, string>> {
  const names = await files(dir);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, sha256(await readFile(join(dir, name)))])),
  );
}

test("a prompt becomes a PNG and its data in a folder that was not there, and again the same bytes", () =>
  inFolder(async (dir) => {
    const args = ["sprite", "red dragon", "-o", "art/new/dragon.png", "--seed", "7", ...FAST];
    const first = await runCli(args, { cwd: dir });
    expect(first.stderr).not.toContain("pixelkiln:");
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^art\/new\/dragon\.png {2}32x32, \d+ colors, seed 7\n$/);
    const folder = join(dir, "art/new");
    expect(await files(folder)).toEqual([
      "dragon.json",
      "dragon.kiln.lock.json",
      "dragon.png",
      "pixelkiln.manifest.json",
    ]);
    const before = await hashes(folder);
    expect((await runCli(args, { cwd: dir })).code).toBe(0);
    expect(await hashes(folder)).toEqual(before);
  }));

test("--json prints one object that is the service's answer, with paths relative to -o", () =>
  inFolder(async (dir) => {
    const args = [
      "sprite",
      "blue potion",
      "-o",
      "out/p.png",
      "--num-images",
      "2",
      "--seed",
      "1",
      "--width",
      "24",
      "--height",
      "16",
      "--json",
      ...FAST,
    ];
    const { code, stdout } = await runCli(args, { cwd: dir });
    expect(code).toBe(0);
    const answer = SpriteAnswer.parse(JSON.parse(stdout));
    expect(answer.images.map((image) => [image.file, image.seed, image.width, image.height])).toEqual([
      ["p-1.png", 1, 24, 16],
      ["p-2.png", 2, 24, 16],
    ]);
    for (const { path, sha256: hash } of answer.files)
      expect(sha256(await readFile(join(dir, "out", path)))).toBe(hash);
    expect(Buffer.from(answer.base64_images[0]!, "base64")).toEqual(await readFile(join(dir, "out/p-1.png")));
  }));

test("files for the engine of the game around come by themselves; --engine chooses others", () =>
  inFolder(async (dir) => {
    await writeFile(join(dir, "project.godot"), "");
    expect(
      (await runCli(["sprite", "gem", "-o", "art/gem.png", "--seed", "1", ...FAST], { cwd: dir })).code,
    ).toBe(0);
    const text = await readFile(join(dir, "art/gem.tres"), "utf8");
    expect(text).toContain('path="res://art/gem.png"');
    expect(
      (
        await runCli(["sprite", "gem", "-o", "b/gem.png", "--seed", "1", "--engine", "phaser", ...FAST], {
          cwd: dir,
        })
      ).code,
    ).toBe(0);
    expect(await files(join(dir, "b"))).not.toContain("gem.tres");
  }));

test("a file that is not ours is refused before anything is drawn, with what to do", () =>
  inFolder(async (dir) => {
    await writeFile(join(dir, "gem.png"), "mine");
    // Nothing is planned either: this model does not exist.
    const { code, stderr } = await runCli(["sprite", "gem", "-o", "gem.png", "--model", "none"], {
      cwd: dir,
    });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        "pixelkiln: Nothing was written, because these files are not Pixelkiln's, or were changed since it wrote them: gem.png. Move them away, or choose another name.\n",
    });
    expect(await files(dir)).toEqual(["gem.png"]);
  }));

test.each(["file/gem.png", "file/new/folder/"])(
  "-o %s below a file is refused before anything is drawn",
  (output) =>
    inFolder(async (dir) => {
      await writeFile(join(dir, "file"), "");
      const { code, stderr } = await runCli(["sprite", "gem", "-o", output, "--model", "none"], { cwd: dir });
      expect(stderr).toMatch(
        /^pixelkiln: The folder .*file.* cannot be created or written to \(ENOTDIR\): .*\n$/,
      );
      expect(code).toBe(1);
      expect(await files(dir)).toEqual(["file"]);
    }),
);

test("a name without an ending is a folder, and a sprite that replaces one of another request says so", () =>
  inFolder(async (dir) => {
    const draw = (seed: string) =>
      runCli(["sprite", "gem", "-o", "art", "--seed", seed, ...FAST], { cwd: dir });
    expect((await draw("1")).stderr).not.toContain("replaced");
    expect(await files(join(dir, "art"))).toContain("gem.png");
    expect((await draw("1")).stderr).not.toContain("replaced");
    expect((await draw("2")).stderr).toContain("note: replaced an earlier gem, which had another request\n");
  }));

test("a folder of models that does not exist is an error that names it", () =>
  inFolder(async (dir) => {
    for (const command of [["sprite", "gem"], ["models"], ["doctor"], ["build"], ["serve"]]) {
      const { code, stderr } = await runCli(command, {
        cwd: dir,
        env: { PIXELKILN_MODELS: "/no/such/folder" },
      });
      expect({ command, code, stderr }).toEqual({
        command,
        code: 2,
        stderr:
          'pixelkiln: PIXELKILN_MODELS: got "/no/such/folder", expected existing folders, separated by :\n',
      });
    }
  }));

test("a broken model does not keep the next one from drawing", () =>
  inFolder(async (dir) => {
    await addBrokenModel(dir, "a-broken");
    const args = ["sprite", "gem", "-o", "art/gem.png", "--seed", "1", "--json", ...FAST];
    const { code, stdout } = await runCli(args, { cwd: dir, env: { PIXELKILN_MODELS: dir } });
    expect(code).toBe(0);
    expect(SpriteAnswer.parse(JSON.parse(stdout)).provenance.model?.id).toBe("embedded-v1");
    const doctor = await runCli(["doctor"], { cwd: dir, env: { PIXELKILN_MODELS: dir } });
    expect(doctor.stdout).toMatch(/^note {2}model .*a-broken/m);
    expect(doctor).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("This machine can make sprites."),
    });
  }));

test("a file that a person changed is kept, and nothing else is written", () =>
  inFolder(async (dir) => {
    expect(
      (await runCli(["sprite", "gem", "-o", "gem.png", "--seed", "1", ...FAST], { cwd: dir })).code,
    ).toBe(0);
    await writeFile(join(dir, "gem.png"), "mine");
    const before = await hashes(dir);
    const { code, stderr } = await runCli(["sprite", "gem", "-o", "gem.png", "--seed", "2", ...FAST], {
      cwd: dir,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pixelkiln: Nothing was written, .*: gem\.png\. Move them away/);
    expect(await hashes(dir)).toEqual(before);
  }));

test("Ctrl-C while drawing exits 130 and leaves no file", () =>
  inFolder(async (dir) => {
    const args = ["sprite", "gem", "-o", "gem.png", "--steps", "100", "--num-images", "16"];
    const { code } = await runCli(args, { cwd: dir, interruptAt: "drawing" });
    expect(code).toBe(130);
    expect(await files(dir)).toEqual([]);
  }));

test("a picture and a palette come from files", () =>
  inFolder(async (dir) => {
    const base = ["sprite", "gem", "--seed", "1", ...FAST];
    expect(
      (await runCli([...base, "-o", "a.png", "--input-palette", "1a1c2c,#f4f4f4,b13e53"], { cwd: dir })).code,
    ).toBe(0);
    const args = [
      ...base,
      "-o",
      "b.png",
      "--input-image",
      "a.png",
      "--strength",
      "0",
      "--input-palette",
      "a.png",
      "--json",
    ];
    const answer = SpriteAnswer.parse(JSON.parse((await runCli(args, { cwd: dir })).stdout));
    const known = ["#1a1c2c", "#f4f4f4", "#b13e53"];
    for (const color of answer.palette.colors) expect(known).toContain(color);
    expect(answer.palette.locked).toBe(true);
    expect(answer.checks.off_palette_pixels).toBe(0);
  }));

test("a sprite takes its colors from a style reference in a file", () =>
  inFolder(async (dir) => {
    const base = ["sprite", "gem", "--seed", "1", ...FAST];
    const first = await runCli(
      [...base, "-o", "a.png", "--input-palette", "1a1c2c,f4f4f4,b13e53", "--json"],
      {
        cwd: dir,
      },
    );
    const known = SpriteAnswer.parse(JSON.parse(first.stdout)).images[0]?.colors ?? [];
    const args = [
      "sprite",
      "potion",
      "--seed",
      "2",
      ...FAST,
      "-o",
      "b.png",
      "--style-reference",
      "a.png",
      "--json",
    ];
    const answer = SpriteAnswer.parse(JSON.parse((await runCli(args, { cwd: dir })).stdout));
    for (const color of answer.palette.colors) expect(known).toContain(color);
    expect(answer.request.style_reference).toBe((await readFile(join(dir, "a.png"))).toString("base64"));
  }));

test("a mask from a file says what is drawn anew; the rest of the picture keeps its bytes", () =>
  inFolder(async (dir) => {
    const picture = createImage(32, 32);
    for (let p = 0; p < 32 * 32; p++) picture.data.set([p % 2 === 0 ? 200 : 90, 60, 40, 255], 4 * p);
    const mask = createImage(32, 32);
    for (let p = 0; p < 32 * 16; p++) mask.data.set([255, 255, 255, 255], 4 * p);
    await writeFile(join(dir, "in.png"), await encodePng(picture));
    await writeFile(join(dir, "mask.png"), await encodePng(mask));
    const args = ["sprite", "gem", "--input-image", "in.png", "--seed", "1", "--color-count", "6", ...FAST];
    const { code, stderr } = await runCli([...args, "--mask-image", "mask.png", "-o", "out.png"], {
      cwd: dir,
    });
    expect({ code, said: stderr.includes("pixelkiln:") }).toEqual({ code: 0, said: false });
    const drawn = await decodeImage(await readFile(join(dir, "out.png")), "out.png");
    const half = 4 * 32 * 16;
    expect(Buffer.compare(drawn.data.subarray(half), picture.data.subarray(half))).toBe(0);
    expect(Buffer.compare(drawn.data.subarray(0, half), picture.data.subarray(0, half))).not.toBe(0);
    const alone = await runCli(["sprite", "gem", "--mask-image", "mask.png", "-o", "x.png"], { cwd: dir });
    expect(alone.stderr).toContain("mask_image: got a mask alone, expected input_image beside it");
    expect(alone.code).toBe(2);
  }));

test.for([
  {
    args: ["sprite", "gem", "--wdith", "32"],
    line: "--wdith: got an unknown flag, expected --width (see --help)",
  },
  { args: ["sprite", "gem", "--width", "7"], line: "width: got 7, expected at least 8" },
  { args: ["sprite", "gem", "--width", "wide"], line: 'width: got "wide", expected a number' },
  { args: ["sprite", "gem", "--seed"], line: "--seed: got no value" },
  {
    args: ["sprite", "gem", "-o", "gem.jpg"],
    line: 'output: got "gem.jpg", expected a file name that ends in .png',
  },
  { args: ["sprite", "gem", "-o", "My Gem.png"], line: "such as my-gem.png" },
  {
    args: ["sprite", "gem", "--engine", "unity"],
    line: 'engine: got "unity", expected one or more of godot',
  },
  {
    args: ["sprite", "gem", "--prompt-style", "baroque"],
    line: 'prompt_style: got "baroque", expected one of default',
  },
  {
    args: ["sprite", "gem", "--input-palette", "nope"],
    line: 'input_palette: got "nope", expected one of pico-8',
  },
  {
    args: ["sprite", "gem", "--input-image", "nope.png"],
    line: "input_image: got nope.png, expected a file that exists",
  },
  {
    args: ["sprite", "gem", "--style-reference", "spr_0123456789abcdef"],
    line: 'style_reference: got "spr_0123456789abcdef", expected a tile or asset of a running service (--service)',
  },
  { args: ["sprite", "gem", "--view", "side", "--strict"], line: "view: got" },
  {
    args: ["sprite", "gem", "--seed", "1", "--seed=2"],
    line: "--seed: got more than one, expected the flag once",
  },
  { args: ["sprite", "gem", "-o", "a.png", "--output", "b.png"], line: "--output: got more than one" },
  { args: ["sprite", "gem", "-o", ""], line: "--output: got an empty text, expected --output VALUE" },
  { args: ["sprite", "gem", "--service", ""], line: "--service: got an empty text" },
  { args: ["serve", "--project="], line: "--project: got an empty text" },
  { args: ["edit", "rotate", "gem.png", "-o", ""], line: "--output: got an empty text" },
  { args: ["sprite"], line: "prompt: got nothing" },
  { args: ["sprite", "red", "dragon"], line: 'arguments: got an extra "dragon"' },
  { args: ["paint"], line: "command: got paint, expected one of sprite, tile" },
])("bad usage exits 2 with one line: $line", ({ args, line }) =>
  inFolder(async (dir) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: dir });
    expect(stderr).toContain(`pixelkiln: `);
    expect(stderr).toContain(line);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(await files(dir)).toEqual([]);
  }),
);

test("with --service a running service draws and the files are the same as without", () =>
  inFolder(async (dir) => {
    await mkdir(join(dir, "game"));
    const service = await startServiceProcess(join(dir, "game"), { PIXELKILN_DEVICE: "cpu" });
    try {
      const args = ["sprite", "gem", "--seed", "3", "--engine", "godot", ...FAST];
      const remote = await runCli([...args, "-o", "remote/gem.png", "--service", service.url], { cwd: dir });
      expect(remote.stderr).not.toContain("pixelkiln:");
      expect(remote.code).toBe(0);
      expect((await runCli([...args, "-o", "local/gem.png"], { cwd: dir })).code).toBe(0);
      expect(await hashes(join(dir, "remote"))).toEqual(await hashes(join(dir, "local")));
      const wrong = await runCli(["sprite", "gem", "--model", "sdxl", "--service", service.url], {
        cwd: dir,
      });
      expect(wrong.stderr).toContain('pixelkiln: model: got "sdxl"');
      expect(wrong.code).toBe(2);
    } finally {
      await service.kill();
    }
    const gone = await runCli(["sprite", "gem", "-o", "x.png"], {
      cwd: dir,
      env: { PIXELKILN_URL: service.url },
    });
    expect(gone.code).toBe(1);
    expect(gone.stderr).toContain("Start one with: pixelkiln serve");
    await expect(access(join(dir, "x.png"))).rejects.toThrow();
  }));
