import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TileAnswer } from "../../service/kinds/tile/answer.ts";
import { TilesetAnswer } from "../../service/kinds/tileset/answer.ts";
import { startServiceProcess } from "../service/service-process.ts";
import { inFolder, runCli } from "./run-cli.ts";

const FAST = ["--steps", "2", "--seed", "7"];
const SET = [
  "tileset",
  "--upper",
  "grass",
  "--lower",
  "water",
  "--tileset-type",
  "wang16",
  "--tile-size",
  "16",
];

test("a terrain set is written with the files of the engines that are asked for", () =>
  inFolder(async (dir) => {
    const args = [...SET, "--collision", "lower", "-o", "art", "--engine", "godot,tiled", ...FAST];
    const { code, stdout, stderr } = await runCli(args, { cwd: dir });
    expect(stderr).not.toContain("pixelkiln:");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^art\/grass-water-sheet\.png {2}16 tiles of 16x16, \d+ colors, seam ratio [\d.]+ \/ [\d.]+\n$/,
    );
    const files = await readdir(join(dir, "art"));
    for (const suffix of ["-sheet.png", ".tileset.json", ".tres", ".tsj"])
      expect(files).toContain(`grass-water${suffix}`);
  }));

test("with a service the sheet is the same, and so is what is known of the set", () =>
  inFolder(async (dir) => {
    const service = await startServiceProcess(join(dir, "project"));
    try {
      const args = [
        ...SET,
        "--collision",
        "upper",
        "--variants",
        "1",
        "--animated",
        "lower",
        ...FAST,
        "--json",
      ];
      const here = await runCli([...args, "-o", "here"], { cwd: dir });
      const there = await runCli([...args, "-o", "there", "--service", service.url], { cwd: dir });
      const answers = [here, there].map(({ stdout }) => TilesetAnswer.parse(JSON.parse(stdout)));
      expect(answers[1]?.images[0]?.sha256).toBe(answers[0]?.images[0]?.sha256);
      const [one, other] = await Promise.all(
        ["here", "there"].map(async (folder) => {
          return JSON.parse(await readFile(join(dir, folder, "grass-water.tileset.json"), "utf8"));
        }),
      );
      expect(other).toEqual(one);
    } finally {
      await service.kill();
    }
  }));

test("a tile is seamless on both axes, or on the one that is named; one fits a painted neighbor", () =>
  inFolder(async (dir) => {
    const tile = async (...args: string[]) => {
      const { stdout, stderr } = await runCli(["tile", "stone floor", ...args, ...FAST, "--json"], {
        cwd: dir,
      });
      expect(stderr).not.toContain("pixelkiln:");
      return TileAnswer.parse(JSON.parse(stdout));
    };
    expect((await tile("-o", "both.png")).request).toMatchObject({ tile_x: true, tile_y: true });
    expect((await tile("-o", "one.png", "--tile-x")).request).toMatchObject({ tile_x: true, tile_y: false });
    const fitted = await tile("-o", "next.png", "--match-left", "both.png");
    expect(fitted.checks.seam_ratio_x).toBe(0);
    expect(await readdir(dir)).toContain("next.png");
  }));

test.each([
  [["tileset", "--lower", "water"], "upper: got nothing"],
  [[...SET, "--layout", "blob_8x6"], "layout: got"],
  [[...SET, "--lower-base-tile-id", "set_0123456789abcdef.wang_0"], "--service"],
  [["tile"], "prompt: got nothing"],
  [["tile", "stone", "--match-left", "nowhere.png"], "match-left: got nowhere.png"],
])("a wrong argument is one line and exit code 2: %j", (args, text) =>
  inFolder(async (dir) => {
    const { code, stderr } = await runCli(args, { cwd: dir });
    expect(code).toBe(2);
    expect(stderr).toContain(text);
    expect(await readdir(dir)).toEqual([]);
  }),
);

test("the help of a list names what it takes, and a wrong item is told by the name of its flag", () =>
  inFolder(async (dir) => {
    const { stdout } = await runCli(["tileset", "--help"], { cwd: dir });
    expect(stdout).toMatch(/--animated A,B .*\(lower, upper\)\n/);
    const args = ["tileset", "--upper", "grass", "--lower", "water", "--animated", "water"];
    expect(await runCli(args, { cwd: dir })).toMatchObject({
      code: 2,
      stderr: 'pixelkiln: animated: got "water", expected one of "lower", "upper"\n',
    });
  }));
