import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ViteDevServer } from "vite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type GamePage, type GamePages, startGamePages } from "./game-page.ts";
import { outputBytes } from "./output-bytes.ts";
import { describeWith, findChromium } from "./programs.ts";
import { plainAnimation, writeArt, writeAsset, writeTiles } from "./web-art.ts";
import { look, PATIENT } from "./web-probe.ts";
import {
  GROUND,
  HERO,
  makeWebProject,
  resetArt,
  startVite,
  viteConfig,
  WALKER,
  type WebProject,
} from "./web-project.ts";

const VERSIONS = { "3.90.0": "phaser3", "4.2.1": "phaser" };
/** Places on the screen: inside the hero and beside it, in its copy in a container, on the two maps. */
const AT = {
  hero: [8, 8],
  beyondHero: [20, 20],
  inContainer: [72, 8],
  floor: [4, 52],
  sample: [68, 52],
} as const;
const WALKER_AT = [40, 8] as const;

describeWith(findChromium(), "art changes in a running Phaser game over Vite", (chromium) => {
  let pages: GamePages;

  beforeAll(async () => {
    pages = await startGamePages(chromium);
  });

  afterAll(async () => {
    await pages?.close();
  });

  describe.each(Object.entries(VERSIONS))("Phaser %s", (_version, folder) => {
    let project: WebProject;
    let vite: ViteDevServer;
    let url = "";
    let game: GamePage;

    beforeAll(async () => {
      project = await makeWebProject("main-vite.js", { phaser: folder });
      ({ vite, url } = await startVite(await viteConfig(project.dir)));
      game = await pages.visit(url);
      await look(game.page).ready();
      await game.page.evaluate(() => Reflect.set(globalThis, "mark", "not reloaded"));
    });

    beforeEach(async () => {
      await resetArt(project.dir);
      await look(game.page).until(AT.hero, "#ff0000");
      await look(game.page).until(AT.floor, "#888888");
      await look(game.page).until(AT.sample, "#888888");
      game.complaints.length = 0;
    });

    afterAll(async () => {
      await vite?.close();
      await project?.remove();
    });

    /** The game still runs, in the page that was opened, and nothing was complained about. */
    async function expectAlive(): Promise<void> {
      const before = (await look(game.page).state()).frame;
      await expect
        .poll(async () => (await look(game.page).state()).frame, PATIENT)
        .toBeGreaterThan(before + 5);
      expect(await game.page.evaluate(() => Reflect.get(globalThis, "mark"))).toBe("not reloaded");
      expect(game.complaints).toEqual([]);
    }

    test("a sprite, alone and in a container, shows new pixels in the same texture", async () => {
      await writeArt(project.dir, { ...HERO, colors: ["#00ffff"] });
      await look(game.page).until(AT.hero, "#00ffff");
      expect(await look(game.page).colors([AT.inContainer, AT.beyondHero])).toEqual(["#00ffff", "#000000"]);
      expect(await look(game.page).state()).toMatchObject({ sameTexture: true, hero: [16, 16] });
      await expectAlive();
    });

    test("a sprite takes another size, also one that is no power of two, and goes back", async () => {
      await writeArt(project.dir, { ...HERO, size: 24, colors: ["#ffff00"] });
      await look(game.page).until(AT.hero, "#ffff00");
      expect(await look(game.page).colors([AT.beyondHero])).toEqual(["#ffff00"]);
      expect((await look(game.page).state()).hero).toEqual([24, 24]);
      await writeArt(project.dir, { ...HERO, size: 8, colors: ["#ff00ff"] });
      await look(game.page).until([4, 4], "#ff00ff");
      expect(await look(game.page).colors([[12, 12]])).toEqual(["#000000"]);
      await expectAlive();
    });

    test("a sprite stands on the new ground point, unless it was given an origin of its own", async () => {
      expect((await look(game.page).state()).origins).toEqual([
        [0, 0],
        [0.5, 1],
      ]);
      await writeArt(project.dir, { ...HERO, feet: 12, colors: ["#00ff99"] });
      await look(game.page).until(AT.hero, "#00ff99");
      expect((await look(game.page).state()).origins).toEqual([
        [0, 0],
        [0.5, 0.75],
      ]);
      await expectAlive();
    });

    test("a playing animation goes on with more frames, in their own time, and with fewer", async () => {
      const colors = ["#100000", "#200000", "#300000", "#400000", "#500000"];
      await writeArt(project.dir, { ...WALKER, colors, durationMs: 80 });
      await expect.poll(async () => (await look(game.page).state()).frames, PATIENT).toBe(5);
      expect((await look(game.page).colorsOverTime(WALKER_AT, 2000)).sort()).toEqual(colors);
      expect(await look(game.page).state()).toMatchObject({
        playing: true,
        animation: "walker/walk",
        frameMs: [80, 80, 80, 80, 80],
      });
      await writeArt(project.dir, { ...WALKER, colors: ["#abcdef"] });
      await look(game.page).until(WALKER_AT, "#abcdef");
      expect(await look(game.page).colorsOverTime(WALKER_AT, 300)).toEqual(["#abcdef"]);
      await expectAlive();
    });

    test("a map with an external tileset is drawn, and follows new pixels", async () => {
      expect(await look(game.page).colors([AT.floor])).toEqual(["#888888"]);
      await writeTiles(project.dir, { ...GROUND, colors: ["#222222", "#00aa00"] });
      await look(game.page).until(AT.floor, "#00aa00");
      await expectAlive();
    });

    test("a map follows a tileset with more tiles, another number of columns, and a margin", async () => {
      const colors = ["#222222", "#aa00aa", "#333333", "#444444", "#555555", "#666666"];
      await writeTiles(project.dir, { ...GROUND, colors, columns: 3, extrude: 1 });
      await look(game.page).until(AT.floor, "#aa00aa");
      const { tileset, cachedTilesets } = await look(game.page).state();
      expect(tileset).toEqual([{ columns: 3, rows: 2, tileMargin: 1 }]);
      expect(cachedTilesets).toMatchObject([{ firstgid: 1, name: "ground", margin: 1, columns: 3 }]);
      await expectAlive();
    });

    test("a tileset's own map follows its tiles, and is drawn again where it changed", async () => {
      expect(await look(game.page).colors([AT.sample])).toEqual(["#888888"]);
      const colors = ["#222222", "#333333", "#0000bb", "#444444"];
      await writeTiles(project.dir, { ...GROUND, colors, columns: 4, sample: 3 });
      await look(game.page).until(AT.sample, "#0000bb");
      expect(await look(game.page).colors([AT.floor])).toEqual(["#333333"]);
      await writeTiles(project.dir, { ...GROUND, colors, columns: 4, sample: 0 });
      await look(game.page).until(AT.sample, "#000000");
      await expectAlive();
    });

    test("a broken picture leaves what was shown, and the next good one is taken", async () => {
      const bytes = await outputBytes(plainAnimation({ ...HERO, colors: ["#0000aa"] }), "");
      const half = new Map(
        [...bytes].map(([path, all]) => [path, path.endsWith(".png") ? all.slice(0, 60) : all]),
      );
      await writeAsset(project.dir, { name: "hero", kind: "animation", bytes: half });
      await expect.poll(() => game.complaints.join(), PATIENT).toContain('"hero" stays as it was');
      expect(await look(game.page).colors([AT.hero, AT.inContainer])).toEqual(["#ff0000", "#ff0000"]);
      game.complaints.length = 0;
      await writeArt(project.dir, { ...HERO, colors: ["#0000aa"] });
      await look(game.page).until(AT.hero, "#0000aa");
      await expectAlive();
    });

    test("a manifest that cannot be read changes nothing", async () => {
      const manifest = join(project.dir, "public/assets/pixelkiln.manifest.json");
      const before = await readFile(manifest);
      await writeFile(manifest, before.subarray(0, 40));
      expect(await look(game.page).colors([AT.hero])).toEqual(["#ff0000"]);
      await writeFile(manifest, before);
      await expectAlive();
    });
  });
});
