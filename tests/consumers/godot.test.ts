import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { blinkPackage, HOSTILE_TEXT, potionPackage, rainbowPackage } from "../asset/sample-packages.ts";
import { outputBytes, writeFiles } from "./output-bytes.ts";
import { describeWith, findGodot } from "./programs.ts";
import { GODOT_PROJECT, runGodot } from "./run-godot.ts";

interface SeenTexture {
  width: number;
  height: number;
  mipmaps: boolean;
  compressed: boolean;
  rgba: string;
}

interface SeenAnimation {
  loop: boolean;
  frames: { seconds: number; region: number[]; atlas: string; rgba: string }[];
}

interface Report {
  textures: Record<string, SeenTexture>;
  sprite_frames: Record<string, { animations: Record<string, SeenAnimation>; dependencies: string[] }>;
  scenes: Record<string, Record<string, unknown>>;
}

/** `folder` is what the writers are told; `place` is where the files then lie in the project. */
const ASSETS: { place: string; folder: string; asset: AssetPackage }[] = [
  { place: "art/single", folder: "art/single", asset: potionPackage(1) },
  { place: "art/three", folder: "art/three", asset: potionPackage(3) },
  { place: "art/blink", folder: "art/blink", asset: blinkPackage() },
  { place: "art/hostile", folder: "art/hostile", asset: blinkPackage(HOSTILE_TEXT) },
  { place: "art/rainbow", folder: "art/rainbow", asset: rainbowPackage() },
  { place: "moved/deep/down", folder: "", asset: potionPackage(2) },
];

const base64 = (data: Uint8Array) => Buffer.from(data).toString("base64");

describeWith(findGodot(), "Godot 4 reads the files", (godot) => {
  let project = "";
  let output = "";
  let report: Report;

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), "pixelkiln-godot-"));
    const ask = { textures: [] as string[], sprite_frames: [] as string[], scenes: [] as string[] };
    for (const { place, folder, asset } of ASSETS) {
      const files = await outputBytes(asset, folder);
      await writeFiles(join(project, place), files);
      for (const path of files.keys()) {
        if (path.endsWith(".png")) ask.textures.push(`res://${place}/${path}`);
        if (path.endsWith(".tres")) ask.sprite_frames.push(`res://${place}/${path}`);
        if (path.endsWith(".tscn")) ask.scenes.push(`res://${place}/${path}`);
      }
    }
    await writeFiles(project, [
      ["project.godot", GODOT_PROJECT],
      ["ask.json", JSON.stringify(ask)],
      ["report.gd", await readFile(new URL("probes/report.gd", import.meta.url))],
    ]);
    output = await runGodot(godot, project, ["--import"]);
    output += await runGodot(godot, project, ["--script", "res://report.gd"]);
    report = JSON.parse(await readFile(join(project, "report.json"), "utf8"));
  }, 300_000);

  afterAll(async () => {
    if (project !== "") await rm(project, { recursive: true, force: true });
  });

  test("importing and loading them prints no error and no warning", () => {
    const complaints = output.split("\n").filter((line) => /ERROR|WARNING|Parse Error/.test(line));
    expect(complaints).toEqual([]);
  });

  test("every PNG has exactly the pixels that were written, also the transparent ones", () => {
    let compared = 0;
    for (const { place, asset } of ASSETS) {
      for (const frame of asset.frames) {
        const seen = report.textures[`res://${place}/${frame.name}.png`];
        expect(seen).toMatchObject({
          width: frame.image.width,
          height: frame.image.height,
          rgba: base64(frame.image.data),
        });
        compared++;
      }
      if (asset.frames.length === 1) continue;
      const sheet = report.textures[`res://${place}/${asset.name}-sheet.png`];
      expect(sheet?.rgba).toBe(base64(asset.sheet.image.data));
    }
    expect(compared).toBe(1 + 3 + 5 + 5 + 2 + 2);
  });

  test("textures are imported lossless and without mipmaps, and the editor completes the settings", async () => {
    for (const seen of Object.values(report.textures))
      expect(seen).toMatchObject({ mipmaps: false, compressed: false });
    const settings = await readFile(join(project, "art/three/potion-sheet.png.import"), "utf8");
    expect(settings).toMatch(/^uid="uid:\/\/[a-z0-9]+"$/m);
    for (const line of ["compress/mode=0", "mipmaps/generate=false", "process/fix_alpha_border=false"]) {
      expect(settings.split("\n")).toContain(line);
    }
  });

  test("one picture can be shown as the default animation", () => {
    const { animations } = report.sprite_frames["res://art/single/potion.tres"]!;
    expect(Object.keys(animations).sort()).toEqual(["default", "potion"]);
    expect(animations.default!.frames).toMatchObject([
      { atlas: "res://art/single/potion.png", region: [0, 0, 8, 8] },
    ]);
  });

  test("variations are still animations with the pixels of their pictures", () => {
    const { asset } = ASSETS[1]!;
    const { animations } = report.sprite_frames["res://art/three/potion.tres"]!;
    expect(Object.keys(animations).sort()).toEqual(["default", "potion-1", "potion-2", "potion-3"]);
    for (const frame of asset.frames) {
      const seen = animations[frame.name]!;
      expect(seen.loop).toBe(false);
      expect(seen.frames.map(({ rgba }) => rgba)).toEqual([base64(frame.image.data)]);
    }
    expect(animations.default!.frames[0]!.rgba).toBe(base64(asset.frames[0]!.image.data));
  });

  test("tags play their frames in order, each for its own time", () => {
    const { asset } = ASSETS[2]!;
    const { animations } = report.sprite_frames["res://art/blink/potion.tres"]!;
    const played = {
      blink: [0, 1, 2],
      back: [2, 1, 0],
      swing: [0, 1, 2, 3, 2, 1],
      "swing-back": [4, 3, 2, 1, 2, 3],
    };
    expect(Object.keys(animations).sort()).toEqual(Object.keys(played).sort());
    for (const [name, order] of Object.entries(played)) {
      const seen = animations[name]!.frames;
      expect(seen.map(({ rgba }) => rgba)).toEqual(order.map((i) => base64(asset.frames[i]!.image.data)));
      seen.forEach(({ seconds }, i) => {
        expect(seconds).toBeCloseTo(asset.frames[order[i]!]!.durationMs / 1000, 4);
      });
    }
    expect(
      Object.values(animations)
        .map(({ loop }) => loop)
        .filter((loop) => !loop),
    ).toHaveLength(1);
    expect(animations.back!.loop).toBe(false);
  });

  test("one picture is a Sprite2D to drag into a level: nearest, standing on its pivot, without a script", () => {
    expect(report.scenes["res://art/single/potion.tscn"]).toEqual({
      name: "potion",
      class: "Sprite2D",
      texture_filter: 1,
      centered: false,
      offset: [-4, -7],
      script: false,
      children: 0,
      resource: "res://art/single/potion.png",
    });
  });

  test("several pictures are an AnimatedSprite2D that starts with an animation it has", () => {
    expect(report.scenes["res://art/three/potion.tscn"]).toMatchObject({
      class: "AnimatedSprite2D",
      texture_filter: 1,
      animation: "default",
      resource: "res://art/three/potion.tres",
    });
    expect(report.scenes["res://art/blink/potion.tscn"]).toMatchObject({ animation: "blink" });
  });

  test("files made for an unknown folder find each other wherever they are put", () => {
    const { animations, dependencies } = report.sprite_frames["res://moved/deep/down/potion.tres"]!;
    expect(animations.default!.frames[0]!.atlas).toBe("res://moved/deep/down/potion-sheet.png");
    expect(dependencies.join()).toContain("res://moved/deep/down/potion-sheet.png");
    expect(report.scenes["res://moved/deep/down/potion.tscn"]).toMatchObject({
      resource: "res://moved/deep/down/potion.tres",
    });
  });

  test("a hostile tag stays the name of an animation", () => {
    const { animations, dependencies } = report.sprite_frames["res://art/hostile/potion.tres"]!;
    const name = HOSTILE_TEXT.replace("\u0000", "");
    expect(Object.keys(animations)).toContain(name);
    expect(dependencies).toHaveLength(1);
    expect(report.scenes["res://art/hostile/potion.tscn"]).toMatchObject({
      animation: name,
      script: false,
      children: 0,
    });
  });
});
