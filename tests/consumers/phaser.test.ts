import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { walkPackage } from "../asset/sample-animations.ts";
import { blinkPackage, potionPackage, rainbowPackage } from "../asset/sample-packages.ts";
import { frameRow } from "./frame-row.ts";
import { engineBuild, type GamePages, startGamePages } from "./game-page.ts";
import { outputBytes } from "./output-bytes.ts";
import { describeWith, findChromium } from "./programs.ts";

interface Report {
  version: string;
  frames: string[];
  animations: {
    key: string;
    repeat: number;
    yoyo: boolean;
    frames: string[];
    times: number[];
    duration: number;
  }[];
  source: [number, number];
  pixels: number[];
}

const PROBE = fileURLToPath(new URL("probes/phaser-probe.js", import.meta.url));
const BUILDS = [
  { version: "3.90.0", script: engineBuild("phaser3/dist/phaser.min.js") },
  { version: "4.2.1", script: engineBuild("phaser/dist/phaser.min.js") },
];
const PACKAGES: [title: string, make: () => AssetPackage][] = [
  ["one picture", () => potionPackage(1)],
  ["three variations", () => potionPackage(3)],
  ["pictures of more than 256 colors", rainbowPackage],
  ["an animation", blinkPackage],
  ["a walk in two directions", walkPackage],
];

describeWith(findChromium(), "Phaser reads the files", (chromium) => {
  let pages: GamePages;

  beforeAll(async () => {
    pages = await startGamePages(chromium);
  });

  afterAll(async () => {
    await pages?.close();
  });

  /** Loads a package in a game of its own and gives what that has, once nothing was complained about. */
  async function loadInGame(
    script: string,
    loader: "aseprite" | "atlas",
    asset: AssetPackage,
  ): Promise<Report> {
    const files = await outputBytes(asset, "");
    const { page, complaints } = await pages.open([script, PROBE], files);
    const json = `${asset.name}.json`;
    const png = JSON.parse(Buffer.from(files.get(json)!).toString()).meta.image;
    const ask = {
      loader,
      png: `files/${png}`,
      json: `files/${json}`,
      frameCount: asset.frames.length,
      frameWidth: asset.sheet.cellWidth,
      frameHeight: asset.sheet.cellHeight,
    };
    const report = await page.evaluate((probe) => Reflect.get(globalThis, "probePhaser")(probe), ask);
    await page.close();
    expect(complaints).toEqual([]);
    return report;
  }

  for (const { version, script } of BUILDS) {
    describe(`Phaser ${version}`, () => {
      for (const [title, make] of PACKAGES) {
        for (const loader of ["aseprite", "atlas"] as const) {
          test(`load.${loader} gives every frame of ${title}, drawn pixel for pixel`, async () => {
            const asset = make();
            const report = await loadInGame(script, loader, asset);
            expect(report.version).toBe(version);
            expect(report.frames).toEqual(asset.frames.map((_, i) => String(i)));
            expect(report.source).toEqual([asset.sheet.image.width, asset.sheet.image.height]);
            expect(report.pixels).toEqual(frameRow(asset));
          });
        }
      }

      test("variations make no animation", async () => {
        const { animations } = await loadInGame(script, "aseprite", potionPackage(3));
        expect(animations).toEqual([]);
      });

      test("tags become animations with their frames, their times and their way of playing", async () => {
        const { animations } = await loadInGame(script, "aseprite", blinkPackage());
        const [blink, back, swing] = animations;
        expect(animations.map(({ key }) => key)).toEqual(["blink", "back", "swing", "swing-back"]);
        expect(blink).toMatchObject({ frames: ["0", "1", "2"], duration: 450, yoyo: false });
        expect(blink!.times).toEqual([100, 250, 100]);
        expect(back!.frames).toEqual(["2", "1", "0"]);
        expect(swing).toMatchObject({ frames: ["0", "1", "2", "3"], yoyo: true });
      });
    });
  }
});
