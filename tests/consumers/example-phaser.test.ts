import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { build, type PreviewServer, preview } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TilesetInfo } from "../../shared/asset.ts";
import { copyExample, type ExampleGame, type PaintedCell, tornCorners } from "./example-game.ts";
import { engineBuild, type GamePage, type GamePages, startGamePages } from "./game-page.ts";
import { describeWith, findChromium } from "./programs.ts";
import { PATIENT } from "./web-probe.ts";

interface Seen {
  frame: number;
  things: number;
  /** Column, row, and the number of the tile in its set. */
  cells: [x: number, y: number, index: number][];
  hero: { x: number; y: number; animation: string; playing: boolean; frame: string };
}

/** Looks at the running game. */
function look(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    // biome-ignore lint/suspicious/noExplicitAny: it is the game's own global, seen from the page.
    const { game } = globalThis as any;
    const scene = game.scene.getScene("meadow");
    const { hero, ground } = scene;
    return {
      frame: game.loop.frame,
      things: scene.children.list.filter((child: { type: string }) => child.type === "Sprite").length,
      cells: ground
        .getTilesWithin()
        .map((tile: { x: number; y: number; index: number }) => [
          tile.x,
          tile.y,
          tile.index - ground.tileset[0].firstgid,
        ]),
      hero: {
        x: hero.x,
        y: hero.y,
        animation: hero.anims.currentAnim.key,
        playing: hero.anims.isPlaying,
        frame: hero.frame.name,
      },
    };
  });
}

describeWith(findChromium(), "the Phaser example, built from its kiln files and by Vite", (chromium) => {
  let game: ExampleGame;
  let server: PreviewServer;
  let pages: GamePages;
  let page: Page;
  let complaints: GamePage["complaints"];

  beforeAll(async () => {
    game = await copyExample("phaser-meadow");
    await game.pixelkiln("build");
    await game.pixelkiln("add", "phaser", ".");
    // What npm install would do, without the network.
    const modules = join(game.dir, "node_modules");
    await mkdir(join(modules, "@pixelkiln"), { recursive: true });
    await symlink(join(game.dir, "vendor/pixelkiln-web"), join(modules, "@pixelkiln/web"));
    for (const name of ["phaser", "vite"]) await symlink(engineBuild(name), join(modules, name));
    await build({ root: game.dir, logLevel: "error" });
    server = await preview({
      root: game.dir,
      logLevel: "error",
      preview: { host: "127.0.0.1", port: 0 },
    });
    pages = await startGamePages(chromium);
    ({ page, complaints } = await pages.visit(server.resolvedUrls?.local[0] ?? ""));
    const started = page.waitForFunction(
      // biome-ignore lint/suspicious/noExplicitAny: it is the game's own global, seen from the page.
      () => Boolean((globalThis as any).game?.scene.getScene("meadow")?.hero),
      undefined,
      { timeout: 90_000 },
    );
    await started.catch((cause) => {
      throw new Error(`The game did not start: ${complaints.join("\n")}`, { cause });
    });
  }, 300_000);

  afterAll(async () => {
    await pages?.close();
    await server?.close();
    await game?.remove();
  });

  test("the game loop runs and complains about nothing", async () => {
    const { frame } = await look(page);
    await expect.poll(async () => (await look(page)).frame, PATIENT).toBeGreaterThan(frame + 5);
    expect(complaints).toEqual([]);
  });

  test("the map is covered, its tiles join at every corner, and grass is where the level has grass", async () => {
    const path = join(game.dir, "public/assets/meadow.tileset.json");
    const { tiles } = JSON.parse(await readFile(path, "utf8")) as TilesetInfo;
    const { COLUMNS, ROWS, sign } = await import(join(game.dir, "src/level.js"));
    const cells = (await look(page)).cells.map(([x, y, index]): PaintedCell => {
      const corners = Object.entries(tiles.find((tile) => tile.index === index)?.corners ?? {});
      const shown = Object.fromEntries(corners.map(([side, role]) => [side, role === "upper"]));
      return { x, y, corners: shown as PaintedCell["corners"] };
    });
    expect(cells).toHaveLength(COLUMNS * ROWS);
    expect(cells.every(({ corners }) => Object.keys(corners).length === 4)).toBe(true);
    expect(tornCorners(cells)).toEqual([]);
    const grass = cells.filter(({ corners }) => Object.values(corners).every(Boolean));
    expect(grass).toEqual(expect.arrayContaining(cells.filter(({ x, y }) => sign(x, y) !== "~")));
    expect(cells.some(({ corners }) => !Object.values(corners).includes(true))).toBe(true);
  });

  test("everything that the level names stands on it, the hero too", async () => {
    const { COLUMNS, ROWS, sign } = await import(join(game.dir, "src/level.js"));
    const signs = Array.from({ length: COLUMNS * ROWS }, (_, i) =>
      sign(i % COLUMNS, Math.floor(i / COLUMNS)),
    );
    expect((await look(page)).things).toBe(signs.filter((one) => "Tbm@".includes(one)).length);
  });

  test("the hero breathes, walks where the keys say in the animation of that direction, and stands again", async () => {
    expect((await look(page)).hero).toMatchObject({ animation: "hero/idle_south", playing: true });
    const ways = {
      Right: ["east", 1, 0],
      Down: ["south", 0, 1],
      Left: ["west", -1, 0],
      Up: ["north", 0, -1],
    };
    for (const [key, [name, x, y]] of Object.entries(ways)) {
      const { hero: from } = await look(page);
      await page.keyboard.down(`Arrow${key}`);
      const frames = new Set<string>();
      await expect
        .poll(async () => {
          const { hero } = await look(page);
          if (hero.animation === `hero/walk_${name}`) frames.add(hero.frame);
          return frames.size;
        }, PATIENT)
        .toBeGreaterThan(1);
      await page.keyboard.up(`Arrow${key}`);
      await expect.poll(async () => (await look(page)).hero.animation, PATIENT).toBe(`hero/idle_${name}`);
      const { hero: to } = await look(page);
      expect([Math.sign(to.x - from.x), Math.sign(to.y - from.y)]).toEqual([x, y]);
    }
  });

  test("the hero strikes once with all frames of the attack, and stands again", async () => {
    await page.keyboard.down("Space");
    const frames = new Set<string>();
    await expect
      .poll(async () => {
        const { hero } = await look(page);
        if (hero.animation.startsWith("hero/attack_")) frames.add(hero.frame);
        return frames.size;
      }, PATIENT)
      .toBeGreaterThan(1);
    await page.keyboard.up("Space");
    await expect.poll(async () => (await look(page)).hero.animation, PATIENT).toMatch(/^hero\/idle_/);
    expect(complaints).toEqual([]);
  });

  test("water stops the hero on the shore", async () => {
    await page.keyboard.down("ArrowLeft");
    const places: number[] = [];
    await expect
      .poll(async () => {
        places.push((await look(page)).hero.x);
        const [before, now] = [places.at(-6), places.at(-1)];
        return before !== undefined && before === now;
      }, PATIENT)
      .toBe(true);
    await page.keyboard.up("ArrowLeft");
    const { isLand } = await import(join(game.dir, "src/level.js"));
    const { x, y } = (await look(page)).hero;
    expect(isLand(x, y)).toBe(true);
    expect(isLand(x - 8, y)).toBe(false);
    expect(complaints).toEqual([]);
  });
});
