import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { walkPackage } from "../asset/sample-animations.ts";
import { outputBytes, writeFiles } from "./output-bytes.ts";
import { describeWith, findGodot } from "./programs.ts";
import { GODOT_PROJECT, runGodot } from "./run-godot.ts";

interface Report {
  sprite_frames: Record<
    string,
    {
      animations: Record<
        string,
        { loop: boolean; frames: { seconds: number; region: number[]; rgba: string }[] }
      >;
    }
  >;
  scenes: Record<string, Record<string, unknown>>;
  playing: Record<string, { playing: boolean; animation: string; autoplay: string }>;
}

const ASSETS: Record<string, AssetPackage> = {
  rows: walkPackage(),
  packed: walkPackage({ layout: "packed", loop: false }),
  pingpong: walkPackage({ layout: "strip", loop: "pingpong" }),
};
const base64 = (data: Uint8Array) => Buffer.from(data).toString("base64");

describeWith(findGodot(), "Godot 4 plays the animations", (godot) => {
  let project = "";
  let output = "";
  let report: Report;

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), "pixelkiln-godot-"));
    const ask = { textures: [] as string[], sprite_frames: [] as string[], scenes: [] as string[] };
    for (const [folder, asset] of Object.entries(ASSETS)) {
      await writeFiles(join(project, folder), await outputBytes(asset, folder));
      ask.sprite_frames.push(`res://${folder}/goblin.tres`);
      ask.scenes.push(`res://${folder}/goblin.tscn`);
    }
    const probe = (name: string) => readFile(new URL(`probes/${name}`, import.meta.url));
    await writeFiles(project, [
      ["project.godot", GODOT_PROJECT],
      ["ask.json", JSON.stringify(ask)],
      ["report.gd", await probe("report.gd")],
      ["report_playing.gd", await probe("report_playing.gd")],
    ]);
    output = await runGodot(godot, project, ["--import"]);
    output += await runGodot(godot, project, ["--script", "res://report.gd"]);
    output += await runGodot(godot, project, ["--script", "res://report_playing.gd"]);
    const read = async (name: string) => JSON.parse(await readFile(join(project, name), "utf8"));
    report = { ...(await read("report.json")), playing: await read("playing.json") };
  }, 300_000);

  afterAll(async () => {
    if (project !== "") await rm(project, { recursive: true, force: true });
  });

  test("importing, loading and playing them prints no error and no warning", () => {
    expect(output.split("\n").filter((line) => /ERROR|WARNING|Parse Error/.test(line))).toEqual([]);
  });

  test("each direction is an animation with the pixels and times of its frames, on any sheet", () => {
    for (const [folder, asset] of Object.entries(ASSETS)) {
      const { animations } = report.sprite_frames[`res://${folder}/goblin.tres`]!;
      expect(Object.keys(animations).sort()).toEqual(["walk_east", "walk_west"]);
      for (const { name, from } of asset.tags) {
        const order = folder === "pingpong" ? [0, 1, 2, 3, 2, 1] : [0, 1, 2, 3];
        const seen = animations[name]!.frames;
        expect(seen.map(({ rgba }) => rgba)).toEqual(
          order.map((i) => base64(asset.frames[from + i]!.image.data)),
        );
        seen.forEach(({ seconds }, i) => {
          expect(seconds).toBeCloseTo(asset.frames[from + order[i]!]!.durationMs / 1000, 4);
        });
      }
    }
    const loops = Object.keys(ASSETS).map(
      (folder) => report.sprite_frames[`res://${folder}/goblin.tres`]!.animations.walk_east!.loop,
    );
    expect(loops).toEqual([true, false, true]);
  });

  test("the scene stands on its feet, draws hard pixels and plays by itself", () => {
    for (const folder of Object.keys(ASSETS)) {
      expect(report.scenes[`res://${folder}/goblin.tscn`]).toMatchObject({
        class: "AnimatedSprite2D",
        texture_filter: 1,
        centered: false,
        offset: [-12, -19],
        script: false,
      });
      expect(report.playing[`res://${folder}/goblin.tscn`]).toEqual({
        playing: true,
        animation: "walk_west",
        autoplay: "walk_west",
      });
    }
  });
});
