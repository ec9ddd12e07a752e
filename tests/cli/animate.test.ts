import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { AnimationAnswer } from "../../service/kinds/animation/answer.ts";
import { sha256 } from "../../service/library/hashes.ts";
import { draw, GOBLIN } from "../pixel/ascii-image.ts";
import { startServiceProcess } from "../service/service-process.ts";
import { inFolder, runCli } from "./run-cli.ts";

const WALK = ["animate", "knight in blue", "--action", "walk", "--directions", "4", "--seed", "3"];

async function hashes(dir: string): Promise<Record<string, string>> {
  const names = (await readdir(dir)).filter((name) => /^knight/.test(name) && !name.includes("lock"));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, sha256(await readFile(join(dir, name)))])),
  );
}

test("words become a sheet with the files of the engines beside it, and again the same bytes", () =>
  inFolder(async (dir) => {
    const args = [...WALK, "--frames-duration", "8", "--engine", "godot,phaser", "-o", "art"];
    const { code, stdout, stderr } = await runCli(args, { cwd: dir });
    expect(stderr).not.toContain("pixelkiln:");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^art\/knight-in-blue-walk-sheet\.png {2}32 frames of 32x32, walk in 4 directions, \d+ colors, motion: exemplar\n$/,
    );
    expect(stderr).toContain("credit: ");
    const before = await hashes(join(dir, "art"));
    expect(Object.keys(before).sort()).toEqual([
      "knight-in-blue-walk-anims.json",
      "knight-in-blue-walk-sheet.png",
      "knight-in-blue-walk-sheet.png.import",
      "knight-in-blue-walk.apng",
      "knight-in-blue-walk.gif",
      "knight-in-blue-walk.json",
      "knight-in-blue-walk.tres",
      "knight-in-blue-walk.tscn",
    ]);
    expect((await runCli(args, { cwd: dir })).code).toBe(0);
    expect(await hashes(join(dir, "art"))).toEqual(before);
  }));

test("several actions, listed or one flag each, are one asset with times of their own", () =>
  inFolder(async (dir) => {
    const subject = ["animate", "farmer", "--seed", "3", "--engine", "godot", "--fps", "idle=3,attack=12"];
    const once = [...subject, "--action", "idle", "--action", "walk,attack", "-o", "one/farmer.png"];
    const { code, stdout } = await runCli(once, { cwd: dir });
    expect(code).toBe(0);
    expect(stdout).toContain("idle, walk, attack in 1 direction");
    const names = await readdir(join(dir, "one"));
    expect(names.filter((name) => /^farmer\.(?:tres|tscn|json)$/.test(name)).sort()).toEqual([
      "farmer.json",
      "farmer.tres",
      "farmer.tscn",
    ]);
    const godot = await readFile(join(dir, "one/farmer.tres"), "utf8");
    expect(godot.match(/(?<="speed": )[\d.]+/g)).toEqual(["3.0", "10.0", "12.0"]);
    const listed = [...subject, "--actions", "idle,walk,attack", "-o", "two/farmer.png"];
    expect((await runCli(listed, { cwd: dir })).code).toBe(0);
    expect(await readFile(join(dir, "two/farmer-sheet.png"))).toEqual(
      await readFile(join(dir, "one/farmer-sheet.png")),
    );
    const both = await runCli([...once, "--actions", "run"], { cwd: dir });
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining("--action: got --actions as well")]);
  }));

test("--json prints the service's answer; lists and words of flags become what the request takes", () =>
  inFolder(async (dir) => {
    const flags = [
      "--directions",
      "east,south",
      "--frame-durations-ms",
      "80,90",
      "--loop",
      "pingpong",
      "--json",
    ];
    const { code, stdout } = await runCli(["animate", "farmer", "-o", "out/", ...flags], { cwd: dir });
    expect(code).toBe(0);
    const { animation } = AnimationAnswer.parse(JSON.parse(stdout));
    expect(animation).toMatchObject({ directions: ["east", "south"], loop: "pingpong" });
    expect(animation.frames.map(({ duration }) => duration)).toEqual([80, 90, 80, 90]);
  }));

test("what is wrong is said in one line each, with exit code 2", () =>
  inFolder(async (dir) => {
    const { code, stderr } = await runCli(["animate", "knight", "--action", "moonwalk"], { cwd: dir });
    expect(code).toBe(2);
    expect(stderr).toMatch(/actions: got "moonwalk", expected one of "idle"/);
    expect((await runCli(["animate"], { cwd: dir })).stderr).toContain("prompt: got nothing");
  }));

test("a running service gives the same files", () =>
  inFolder(async (dir) => {
    const service = await startServiceProcess(dir);
    try {
      expect((await runCli([...WALK, "-o", "here"], { cwd: dir })).code).toBe(0);
      const there = await runCli([...WALK, "-o", "there", "--service", service.url], { cwd: dir });
      expect(there.stderr).not.toContain("pixelkiln:");
      expect(await hashes(join(dir, "there"))).toEqual(await hashes(join(dir, "here")));
    } finally {
      await service.kill();
    }
  }));

test("an animation of a picture has the name of the picture, so that a second one replaces nothing", () =>
  inFolder(async (dir) => {
    for (const name of ["slime", "Blue Ghost"]) {
      await writeFile(join(dir, `${name}.png`), await encodePng(draw(GOBLIN)));
      const args = ["animate", "--input-image", `${name}.png`, "--action", "idle", "-o", "art"];
      expect((await runCli(args, { cwd: dir })).code).toBe(0);
    }
    const sheets = (await readdir(join(dir, "art"))).filter((name) => name.endsWith("-sheet.png"));
    expect(sheets.sort()).toEqual(["blue-ghost-idle-sheet.png", "slime-idle-sheet.png"]);
  }));
