import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { walkPackage } from "../asset/sample-animations.ts";
import { blinkPackage, potionPackage, rainbowPackage } from "../asset/sample-packages.ts";
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
});
