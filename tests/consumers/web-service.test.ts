import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ViteDevServer } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningService, startServiceProcess } from "../service/service-process.ts";
import { type GamePages, startGamePages } from "./game-page.ts";
import { describeWith, findChromium } from "./programs.ts";
import { serveFolders } from "./serve-folder.ts";
import { writeArt, writeTiles } from "./web-art.ts";
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

const AT = { hero: [8, 8], walker: [40, 8], boss: [104, 8], floor: [4, 52] } as const;
/** The color of the checks of a placeholder at its middle. */
const CHECKS = ["#3b3b4f", "#5a5a78"];

describeWith(findChromium(), "a web game beside the real service", (chromium) => {
  let pages: GamePages;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    pages = await startGamePages(chromium);
  });

  afterAll(async () => {
    await pages?.close();
    for (const close of closing.reverse()) await close();
  });

  async function startProject(main: string): Promise<WebProject> {
    const project = await makeWebProject(main, { phaser: "phaser" });
    closing.push(project.remove);
    return project;
  }

  async function startService(dir: string, env: Record<string, string>): Promise<RunningService> {
    const service = await startServiceProcess(dir, env);
    closing.push(service.stop);
    return service;
  }

  test("a page without a bundler follows the event stream, also over a restart of the service", async () => {
    const project = await startProject("main-plain.js");
    const site = await serveFolders([project.dir, join(project.dir, "public")]);
    closing.push(site.close);
    const env = { PIXELKILN_ALLOWED_ORIGINS: site.url };
    const service = await startServiceProcess(project.dir, env);
    const game = await pages.visit(`${site.url}/?service=${service.url}`);
    await look(game.page).ready();
    await look(game.page).until(AT.hero, "#ff0000");

    await writeArt(project.dir, { ...HERO, size: 24, colors: ["#00ffff"] });
    await look(game.page).until(AT.hero, "#00ffff");
    await writeArt(project.dir, { ...WALKER, colors: ["#abcdef"] });
    await look(game.page).until(AT.walker, "#abcdef");
    await writeTiles(project.dir, { ...GROUND, colors: ["#222222", "#00aa00"] });
    await look(game.page).until(AT.floor, "#00aa00");
    expect(game.complaints).toEqual([]);

    const port = new URL(service.url).port;
    await service.stop();
    await writeArt(project.dir, { ...HERO, colors: ["#ffff00"] });
    expect((await look(game.page).colors([AT.hero]))[0]).toBe("#00ffff");
    await startService(project.dir, { ...env, PIXELKILN_PORT: port });
    await look(game.page).until(AT.hero, "#ffff00");
    await game.page.close();
  });

  test("a placeholder is there at once and becomes what the model drew", async () => {
    const project = await startProject("main-vite.js");
    const service = await startService(project.dir, {});
    const { vite, url } = await startVite(await viteConfig(project.dir, { service: service.url }));
    closing.push(() => (vite as ViteDevServer).close());
    const game = await pages.visit(`${url}?placeholder`);
    await look(game.page).ready();
    expect(CHECKS).toContain(await game.page.evaluate(() => Reflect.get(globalThis, "firstOfBoss")));
    const updates = () => game.page.evaluate(() => Reflect.get(globalThis, "probe").updates as string[]);
    await expect.poll(updates, { timeout: 60_000 }).toContain("boss");
    expect(CHECKS).not.toContain((await look(game.page).colors([AT.boss]))[0]);
    const manifest = JSON.parse(
      await readFile(join(project.dir, "public/assets/pixelkiln.manifest.json"), "utf8"),
    );
    expect(manifest.assets.map(({ name }: { name: string }) => name)).toContain("boss");

    await game.page.reload({ timeout: 90_000 });
    await look(game.page).ready();
    await expect
      .poll(async () => CHECKS.includes((await look(game.page).colors([AT.boss]))[0] ?? ""), PATIENT)
      .toBe(false);
    expect(game.complaints).toEqual([]);
  });

  test("a placeholder stays, with a word, where no service answers", async () => {
    const project = await startProject("main-vite.js");
    await resetArt(project.dir);
    const { vite, url } = await startVite(await viteConfig(project.dir, { service: "http://127.0.0.1:9" }));
    closing.push(() => vite.close());
    const game = await pages.visit(`${url}?placeholder`);
    await look(game.page).ready();
    await expect
      .poll(() => game.complaints.join(), PATIENT)
      .toContain('"boss" stays a placeholder: No Pixelkiln service answers at http://127.0.0.1:9');
    expect(CHECKS).toContain((await look(game.page).colors([AT.boss]))[0]);
  });
});
