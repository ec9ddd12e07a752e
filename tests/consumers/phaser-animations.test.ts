import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { walkPackage } from "../asset/sample-animations.ts";
import { engineBuild, type GamePages, startGamePages } from "./game-page.ts";
import { outputBytes } from "./output-bytes.ts";
import { describeWith, findChromium } from "./programs.ts";

interface Report {
  version: string;
  /** Frame names of the sprite, one a tick. */
  shown: string[];
  animations: { key: string; repeat: number; yoyo: boolean; frames: string[]; times: number[] }[];
}

const PROBE = fileURLToPath(new URL("probes/phaser-anims-probe.js", import.meta.url));
const TICK = 25;
const BUILDS = [
  { version: "3.90.0", script: engineBuild("phaser3/dist/phaser.min.js") },
  { version: "4.2.1", script: engineBuild("phaser/dist/phaser.min.js") },
];

describeWith(findChromium(), "Phaser plays the animations", (chromium) => {
  let pages: GamePages;

  beforeAll(async () => {
    pages = await startGamePages(chromium);
  });

  afterAll(async () => {
    await pages?.close();
  });

  async function play(script: string, loader: "aseprite" | "atlas", asset: AssetPackage): Promise<Report> {
    const { page, complaints } = await pages.open([script, PROBE], await outputBytes(asset, ""));
    const { name } = asset;
    const ask = {
      loader,
      name,
      png: `files/${name}-sheet.png`,
      json: `files/${name}.json`,
      anims: `files/${name}-anims.json`,
      tick: TICK,
      ticks: 26,
    };
    const report = await page.evaluate((probe) => Reflect.get(globalThis, "probePhaserAnims")(probe), ask);
    await page.close();
    expect(complaints).toEqual([]);
    return report;
  }

  for (const { version, script } of BUILDS) {
    describe(`Phaser ${version}`, () => {
      test.each(["aseprite", "atlas"] as const)(
        "fromJSON gives each direction over load.%s",
        async (loader) => {
          const { animations, version: seen } = await play(script, loader, walkPackage());
          expect(seen).toBe(version);
          expect(animations.map(({ key }) => key)).toEqual(["goblin/walk_west", "goblin/walk_east"]);
          expect(animations[1]).toMatchObject({
            repeat: -1,
            yoyo: false,
            frames: ["goblin:4", "goblin:5", "goblin:6", "goblin:7"],
            times: [100, 125, 100, 250],
          });
        },
      );

      test("a sprite shows every frame for its own time, and begins again", async () => {
        const { shown } = await play(script, "aseprite", walkPackage());
        const ms = (frame: string) => TICK * shown.slice(0, 23).filter((name) => name === frame).length;
        expect(["0", "1", "2", "3"].map(ms)).toEqual([100, 125, 100, 250]);
        expect(shown[24]).toBe("0");
      });

      test("what happens once stops at its last frame, a ping-pong comes back", async () => {
        const once = await play(script, "aseprite", walkPackage({ loop: false }));
        expect(once.animations[0]).toMatchObject({ repeat: 0, yoyo: false });
        expect(once.shown.at(-1)).toBe("3");
        const { animations } = await play(script, "aseprite", walkPackage({ loop: "pingpong" }));
        expect(animations[0]).toMatchObject({ repeat: -1, yoyo: true });
      });
    });
  }
});
