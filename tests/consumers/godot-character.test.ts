import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MadeCharacter, makeCharacter } from "../kinds/make-character.ts";
import { writeFiles } from "./output-bytes.ts";
import { describeWith, findGodot } from "./programs.ts";
import { GODOT_PROJECT, runGodot } from "./run-godot.ts";

interface Shown {
  loop: boolean;
  frames: { seconds: number; rgba: string }[];
}

const REQUEST = {
  prompt: "knight with a red cape",
  seed: 1,
  actions: ["idle", "walk", "attack"],
  fps: { walk: 12 },
};

describeWith(findGodot(), "Godot 4 opens a character", (godot) => {
  let project = "";
  let output = "";
  let hero: MadeCharacter;
  let animations: Record<string, Shown>;

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), "pixelkiln-godot-"));
    hero = await makeCharacter(REQUEST);
    const ask = { textures: [], sprite_frames: ["res://art/hero.tres"], scenes: ["res://art/hero.tscn"] };
    const probe = (name: string) => readFile(new URL(`probes/${name}`, import.meta.url));
    await writeFiles(
      join(project, "art"),
      hero.files.map(({ path, bytes }) => [path, bytes]),
    );
    await writeFiles(project, [
      ["project.godot", GODOT_PROJECT],
      ["ask.json", JSON.stringify(ask)],
      ["report.gd", await probe("report.gd")],
    ]);
    output = await runGodot(godot, project, ["--import"]);
    output += await runGodot(godot, project, ["--script", "res://report.gd"]);
    const report = JSON.parse(await readFile(join(project, "report.json"), "utf8"));
    animations = report.sprite_frames["res://art/hero.tres"].animations;
  }, 300_000);

  afterAll(async () => {
    if (project !== "") await rm(project, { recursive: true, force: true });
  });

  test("as one SpriteFrames with every action and direction, without an error", () => {
    expect(output.split("\n").filter((line) => /ERROR|WARNING|Parse Error/.test(line))).toEqual([]);
    const tags = hero.info.actions.flatMap((action) => action.tags.map(({ name }) => name));
    expect(Object.keys(animations).sort()).toEqual(tags.sort());
  });

  test("with exactly its pixels, its rates and its loops", () => {
    for (const { fps, loop, tags } of hero.info.actions) {
      for (const { name } of tags) {
        const shown = animations[name]!;
        expect(shown.loop).toBe(loop);
        const pixels = hero.framesOf(name).map(({ data }) => Buffer.from(data).toString("base64"));
        expect(shown.frames.map(({ rgba }) => rgba)).toEqual(pixels);
        for (const { seconds } of shown.frames) expect(seconds).toBeCloseTo(1 / fps, 6);
      }
    }
  });
});
