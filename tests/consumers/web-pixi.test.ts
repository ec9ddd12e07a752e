import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ViteDevServer } from "vite";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ProjectManifest } from "../../service/library/project-files.ts";
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

const AT = { hero: [8, 8], beyondHero: [20, 20], walker: [40, 8], tile: [4, 52] } as const;

describeWith(findChromium(), "art changes in a running Pixi game over Vite", (chromium) => {
  let pages: GamePages;
  let project: WebProject;
  let vite: ViteDevServer;
  let game: GamePage;

  beforeAll(async () => {
    pages = await startGamePages(chromium);
    project = await makeWebProject("main-pixi.js", { "pixi.js": "pixi.js" });
    const started = await startVite(await viteConfig(project.dir));
    vite = started.vite;
    game = await pages.visit(started.url);
    await look(game.page).ready();
    await game.page.evaluate(() => Reflect.set(globalThis, "mark", "not reloaded"));
  });

  beforeEach(async () => {
    await resetArt(project.dir);
    await look(game.page).until(AT.hero, "#ff0000");
    game.complaints.length = 0;
  });

  afterAll(async () => {
    await pages?.close();
    await vite?.close();
    await project?.remove();
  });

  async function expectAlive(): Promise<void> {
    const before = (await look(game.page).state()).frame;
    await expect.poll(async () => (await look(game.page).state()).frame, PATIENT).toBeGreaterThan(before + 5);
    expect(await game.page.evaluate(() => Reflect.get(globalThis, "mark"))).toBe("not reloaded");
    expect(game.complaints).toEqual([]);
  }

  test("a sprite shows new pixels and takes another size", async () => {
    await writeArt(project.dir, { ...HERO, size: 24, colors: ["#00ffff"] });
    await look(game.page).until(AT.hero, "#00ffff");
    expect(await look(game.page).colors([AT.beyondHero])).toEqual(["#00ffff"]);
    expect((await look(game.page).state()).hero).toEqual([24, 24]);
    await writeArt(project.dir, { ...HERO, size: 8, colors: ["#ff00ff"] });
    await look(game.page).until([4, 4], "#ff00ff");
    expect(await look(game.page).colors([[12, 12]])).toEqual(["#000000"]);
    await expectAlive();
  });

  test("a playing animation goes on with more frames and with fewer, there and back", async () => {
    const colors = ["#100000", "#200000", "#300000", "#400000", "#500000"];
    await writeArt(project.dir, { ...WALKER, colors, durationMs: 40, direction: "pingpong" });
    await expect.poll(async () => (await look(game.page).state()).frames, PATIENT).toBe(8);
    expect((await look(game.page).colorsOverTime(AT.walker, 2000)).sort()).toEqual(colors);
    expect((await look(game.page).state()).playing).toBe(true);
    await writeArt(project.dir, { ...WALKER, colors: ["#abcdef"] });
    await look(game.page).until(AT.walker, "#abcdef");
    expect(await look(game.page).colorsOverTime(AT.walker, 300)).toEqual(["#abcdef"]);
    await expectAlive();
  });

  test("a tile of a tileset follows another layout", async () => {
    expect(await look(game.page).colors([AT.tile])).toEqual(["#888888"]);
    const colors = ["#222222", "#aa00aa", "#333333", "#444444", "#555555", "#666666"];
    await writeTiles(project.dir, { ...GROUND, colors, columns: 3, extrude: 1 });
    await look(game.page).until(AT.tile, "#aa00aa");
    await expectAlive();
  });

  test("a broken picture leaves what was shown", async () => {
    const bytes = await outputBytes(plainAnimation({ ...HERO, colors: ["#0000aa"] }), "");
    const half = new Map(
      [...bytes].map(([path, all]) => [path, path.endsWith(".png") ? all.slice(0, 60) : all]),
    );
    await writeAsset(project.dir, { name: "hero", kind: "animation", bytes: half });
    await expect.poll(() => game.complaints.join(), PATIENT).toContain('"hero" stays as it was');
    expect(await look(game.page).colors([AT.hero])).toEqual(["#ff0000"]);
  });

  test("a change between the reading of the module and its start is not lost", async () => {
    await game.page.route(/virtual:pixelkiln/, async (route) => {
      const response = await route.fetch();
      await writeArt(project.dir, { ...HERO, colors: ["#99ff00"] });
      // By then Vite has told the change, to a page that does not listen yet.
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.fulfill({ response });
    });
    await game.page.reload({ timeout: 90_000 });
    await look(game.page).ready();
    const path = join(project.dir, "public/assets/pixelkiln.manifest.json");
    const { assets } = ProjectManifest.parse(JSON.parse(await readFile(path, "utf8")));
    const known = () => game.page.evaluate(() => Reflect.get(globalThis, "probe").rev("hero"));
    await expect.poll(known, PATIENT).toBe(assets.find(({ name }) => name === "hero")?.rev);
  });
});
