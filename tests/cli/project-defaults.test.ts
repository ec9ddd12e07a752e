import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { KINDS } from "../../service/kinds/table.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import { nativePicture } from "../pixel/pixelate/fake-pixel-art.ts";
import { inFolder, runCli } from "./run-cli.ts";

const PALETTE = ["#1a1c2c", "#5d275d", "#f4f4f4"];
const FAST = ["--steps", "2", "--seed", "7", "--json"];

test.each([
  ["sprite", ["sprite", "red dragon"], "art/red-dragon.png"],
  ["tile", ["tile", "stone floor"], "art/stone-floor.png"],
  [
    "tileset",
    ["tileset", "--upper", "grass", "--lower", "water", "--tile-size", "16"],
    "art/grass-water-sheet.png",
  ],
  ["animate", ["animate", "green slime", "--action", "idle"], "art/green-slime-idle-sheet.png"],
])("the configuration of the game decides palette, folder and engines of %s", (_, args, sheet) =>
  inFolder(async (dir) => {
    const config = { palette: PALETTE, output: "art", engines: ["tiled"] };
    await writeFile(join(dir, "pixelkiln.config.json"), JSON.stringify(config));
    const { code, stdout, stderr } = await runCli([...args, ...FAST], { cwd: dir });
    expect(stderr).not.toContain("pixelkiln:");
    expect(code).toBe(0);
    const { palette } = JSON.parse(stdout);
    expect(palette.colors.every((color: string) => PALETTE.includes(color))).toBe(true);
    expect(await readdir(dir, { recursive: true })).toContain(sheet);
  }),
);

test("the configuration of the game decides the palette of pixelate, and every kind has its defaults", () =>
  inFolder(async (dir) => {
    expect(KINDS.map(({ verb }) => verb)).toEqual([
      "sprite",
      "tile",
      "tileset",
      "character",
      "animate",
      "effect",
      "pixelate",
    ]);
    await writeFile(join(dir, "pixelkiln.config.json"), JSON.stringify({ palette: PALETTE, output: "art" }));
    await writeFile(join(dir, "in.png"), await encodePng(upscaleNearest(nativePicture(24, 20), 4)));
    const { code, stdout } = await runCli(["pixelate", "in.png", "out.png", "--json"], { cwd: dir });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).palette).toMatchObject({ colors: PALETTE, locked: true });
    expect((await readdir(dir)).sort()).toEqual(["in.png", "out.png", "pixelkiln.config.json"]);
  }));

test("a flag goes before the configuration", () =>
  inFolder(async (dir) => {
    await writeFile(join(dir, "pixelkiln.config.json"), JSON.stringify({ palette: PALETTE, output: "art" }));
    const args = ["tile", "stone floor", "--input-palette", "#000000,#ffffff", "-o", "own/", ...FAST];
    const { stdout } = await runCli(args, { cwd: dir });
    expect(["#000000", "#ffffff"]).toEqual(expect.arrayContaining(JSON.parse(stdout).palette.colors));
    expect(await readdir(dir)).not.toContain("art");
  }));

test("whom to name for a sprite is said", () =>
  inFolder(async (dir) => {
    const { stderr } = await runCli(["sprite", "pizza", "--steps", "2", "--seed", "1"], { cwd: dir });
    expect(stderr).toMatch(/^credit: (Google|Microsoft)/m);
  }));
