import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder, runCli } from "./run-cli.ts";

test("words become an effect with the files of the engines; other words are refused in one line", () =>
  inFolder(async (dir) => {
    const args = [
      "effect",
      "blue explosion",
      "--size",
      "24",
      "--fps",
      "15",
      "--seed",
      "3",
      "--engine",
      "godot",
    ];
    const { code, stdout, stderr } = await runCli([...args, "-o", "art/boom.png"], { cwd: dir });
    expect([code, stderr]).toMatchObject([0, expect.not.stringContaining("pixelkiln:")]);
    expect(stdout).toBe("art/boom-sheet.png  explosion, 13 frames of 24x24, 6 colors\n");
    const files = ["boom-sheet.png", "boom.gif", "boom.json", "boom.tres", "boom.tscn"];
    expect(await readdir(join(dir, "art"))).toEqual(expect.arrayContaining(files));
    const chair = await runCli(["effect", "wooden chair"], { cwd: dir });
    expect([chair.code, chair.stderr]).toMatchObject([
      2,
      expect.stringContaining("the name of an effect: explosion"),
    ]);
  }));
