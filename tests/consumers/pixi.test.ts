import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { walkPackage } from "../asset/sample-animations.ts";
import { blinkPackage, potionPackage, rainbowPackage } from "../asset/sample-packages.ts";
import { makeCharacter } from "../kinds/make-character.ts";
import { frameRow } from "./frame-row.ts";
import { engineBuild, type GamePages, startGamePages } from "./game-page.ts";
import { outputBytes } from "./output-bytes.ts";
import { describeWith, findChromium } from "./programs.ts";

interface Report {
  version: string;
  webgl: boolean;
  frames: string[];
  sizes: [number, number][];
  animations: string[];
  pixels: number[];
}

/** A tag as an AnimatedSprite showed it. */
interface Played {
  name: string;
  seen: { at: number; frame: number }[];
  ended: boolean;
  pixels: number[][];
}

const PROBE = fileURLToPath(new URL("probes/pixi-probe.js", import.meta.url));

describeWith(findChromium(), "PixiJS 8 reads the files", (chromium) => {
  let pages: GamePages;

  beforeAll(async () => {
    pages = await startGamePages(chromium);
  });

  afterAll(async () => {
    await pages?.close();
  });

  async function loadInGame(asset: AssetPackage): Promise<Report> {
    const { page, complaints } = await pages.open(
      [engineBuild("pixi.js/dist/pixi.min.js"), PROBE],
      await outputBytes(asset, ""),
    );
    const ask = {
      json: `files/${asset.name}.json`,
      frameCount: asset.frames.length,
      frameWidth: asset.sheet.cellWidth,
      frameHeight: asset.sheet.cellHeight,
    };
    const report = await page.evaluate((probe) => Reflect.get(globalThis, "probePixi")(probe), ask);
    await page.close();
    expect(complaints).toEqual([]);
    return report;
  }

  test.each<[string, () => AssetPackage]>([
    ["one picture", () => potionPackage(1)],
    ["three variations", () => potionPackage(3)],
    ["pictures of more than 256 colors", rainbowPackage],
    ["an animation", blinkPackage],
    ["a walk in two directions", walkPackage],
  ])("Assets.load gives every frame of %s, drawn pixel for pixel", async (_title, make) => {
    const asset = make();
    const report = await loadInGame(asset);
    expect(report.version).toMatch(/^8\./);
    expect(report.webgl).toBe(true);
    expect(report.frames).toEqual(asset.frames.map((_, i) => String(i)));
    expect(report.sizes).toEqual(asset.frames.map(({ image }) => [image.width, image.height]));
    expect(report.pixels).toEqual(frameRow(asset));
  });

  test("plays every tag of a character from one atlas: its frames, times and loops", async () => {
    const { files, info, framesOf } = await makeCharacter({
      prompt: "knight with a red cape",
      seed: 1,
      actions: ["idle", "walk", "attack"],
      fps: { walk: 12 },
      size: 24,
    });
    const written = new Map(files.map(({ path, bytes }) => [path, bytes]));
    const { page, complaints } = await pages.open([engineBuild("pixi.js/dist/pixi.min.js"), PROBE], written);
    const ms = 1400;
    const ask = { json: "files/hero.json", ms };
    const played: Played[] = await page.evaluate((probe) => Reflect.get(globalThis, "playPixi")(probe), ask);
    await page.close();
    expect(complaints).toEqual([]);
    const tags = info.actions.flatMap(({ loop, tags: own }) => own.map((tag) => ({ ...tag, loop })));
    expect(played.map(({ name }) => name)).toEqual(tags.map(({ name }) => name));
    for (const [i, { name, from, to, loop }] of tags.entries()) {
      const { seen, ended, pixels } = played[i]!;
      expect(ended, name).toBe(!loop);
      expect(pixels).toEqual(framesOf(name).map(({ data }) => [...data]));
      const durations = info.frames.slice(from, to + 1).map(({ duration }) => duration);
      const expected: Played["seen"] = [];
      let at = 0;
      for (let step = 0; at < ms && (loop || step < durations.length); step++) {
        expected.push({ at, frame: from + (step % durations.length) });
        at += durations[step % durations.length]!;
      }
      expect(
        seen.map(({ frame }) => frame),
        name,
      ).toEqual(expected.map(({ frame }) => frame));
      for (const [step, { at: shown }] of seen.entries())
        expect(Math.abs(shown - expected[step]!.at)).toBeLessThanOrEqual(2);
    }
  });
});
