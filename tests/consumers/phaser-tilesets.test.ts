import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { DRAWN_TILESETS } from "../asset/drawn-tileset.ts";
import { SAMPLE_TILESETS } from "../asset/sample-tilesets.ts";
import { drawSample } from "./draw-sample.ts";
import { engineBuild, type GamePage, type GamePages, startGamePages } from "./game-page.ts";
import { outputBytes } from "./output-bytes.ts";
import { describeWith, findChromium } from "./programs.ts";

interface Report {
  version: string;
  size: [number, number];
  grid: number[];
  cells: {
    index: number;
    name: string | null;
    collides: boolean;
    shapes: number;
    animation: { tileid: number; duration: number }[] | null;
  }[];
  /** base64 */
  pixels: string;
}

const PROBE = fileURLToPath(new URL("probes/phaser-tilemap-probe.js", import.meta.url));
const PACKAGES = Object.entries({ ...SAMPLE_TILESETS, ...DRAWN_TILESETS });
const BUILDS = [
  { version: "3.90.0", script: engineBuild("phaser3/dist/phaser.min.js") },
  { version: "4.2.1", script: engineBuild("phaser/dist/phaser.min.js") },
];

describeWith(findChromium(), "Phaser reads terrain sets", (chromium) => {
  let pages: GamePages;

  beforeAll(async () => {
    pages = await startGamePages(chromium);
  });

  afterAll(async () => {
    await pages?.close();
  });

  /** Loads the map of a package in a game of its own and gives what that has, once nothing was complained about. */
  async function loadInGame({ page, complaints }: GamePage, asset: AssetPackage): Promise<Report> {
    const { info, sample } = asset.tileset!;
    const ask = {
      png: `files/${asset.name}-sheet.png`,
      json: `files/${asset.name}.phaser.tmj`,
      tilesetName: asset.name,
      width: sample.columns * info.tile_size.width,
      height: sample.rows * info.tile_size.height,
    };
    const report = await page.evaluate((probe) => Reflect.get(globalThis, "probeTilemap")(probe), ask);
    expect(complaints).toEqual([]);
    return report;
  }

  for (const { version, script } of BUILDS) {
    describe(`Phaser ${version}`, () => {
      let game: GamePage;

      beforeAll(async () => {
        const files = new Map<string, Uint8Array>();
        for (const [, make] of PACKAGES)
          for (const [path, bytes] of await outputBytes(make(), "")) files.set(path, bytes);
        game = await pages.open([script, PROBE], files);
      });

      for (const [title, make] of PACKAGES) {
        test(`the embedded map of ${title} is drawn pixel for pixel, its tiles known by name and shape`, async () => {
          const asset = make();
          const { info, polygons, sample } = asset.tileset!;
          const report = await loadInGame(game, asset);
          expect(report.version).toBe(version);
          expect(report.grid).toEqual([info.columns, info.rows, info.margin, info.spacing]);
          const expected = drawSample(asset);
          expect(report.size).toEqual([expected.width, expected.height]);
          expect(Buffer.compare(Buffer.from(report.pixels, "base64"), expected.data)).toBe(0);
          const tileOf = new Map(info.tiles.map((tile) => [tile.index, tile]));
          expect(report.cells).toEqual(
            sample.cells.map((cell) => ({
              index: tileOf.has(cell) ? cell + 1 : -1,
              name: tileOf.get(cell)?.name ?? null,
              collides: (polygons[cell]?.length ?? 0) > 0,
              shapes: polygons[cell]?.length ?? 0,
              animation: expectedAnimation(asset, cell),
            })),
          );
        });
      }
    });
  }
});

function expectedAnimation({ tileset }: AssetPackage, cell: number) {
  const animation = tileset!.info.tiles.find(({ index }) => index === cell)?.animation;
  return animation?.map(({ index, duration_ms }) => ({ tileid: index, duration: duration_ms })) ?? null;
}
