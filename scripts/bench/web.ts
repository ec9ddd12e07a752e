import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type GamePages, startGamePages } from "../../tests/consumers/game-page.ts";
import { findChromium } from "../../tests/consumers/programs.ts";
import { serveFolders } from "../../tests/consumers/serve-folder.ts";
import { writeArt } from "../../tests/consumers/web-art.ts";
import { HERO, makeWebProject, startVite, viteConfig } from "../../tests/consumers/web-project.ts";
import { startServiceProcess } from "../../tests/service/service-process.ts";
import { atMost, type Measure, plain, quantile } from "./table.ts";

const RUNS = 40;
/** Between two changes: longer than any debounce there is. */
const PAUSE_MS = 250;
/** Medians, from the manifest in place to the new pixels on the screen. */
const MOST_SSE_MS = 60;
const MOST_VITE_MS = 120;

/** Art that changes in a running Phaser 4 game: over the service's event stream, and over Vite. */
export async function webSuite(): Promise<Measure[]> {
  const { path, hint } = findChromium();
  if (path === null) throw new Error(`There is no Chromium here: ${hint}.`);
  const pages = await startGamePages(path);
  try {
    return [...(await measureSse(pages)), ...(await measureVite(pages))];
  } finally {
    await pages.close();
  }
}

async function measureSse(pages: GamePages): Promise<Measure[]> {
  const project = await makeWebProject("main-plain.js", { phaser: "phaser" });
  const site = await serveFolders([project.dir, join(project.dir, "public")]);
  const service = await startServiceProcess(project.dir, { PIXELKILN_ALLOWED_ORIGINS: site.url });
  try {
    const { page } = await pages.visit(`${site.url}/?service=${service.url}`);
    return describe("event stream", await measure(page, project.dir), MOST_SSE_MS);
  } finally {
    await service.stop();
    await site.close();
    await project.remove();
  }
}

async function measureVite(pages: GamePages): Promise<Measure[]> {
  const project = await makeWebProject("main-vite.js", { phaser: "phaser" });
  const { vite, url } = await startVite(await viteConfig(project.dir));
  try {
    const { page } = await pages.visit(url);
    return describe("Vite", await measure(page, project.dir), MOST_VITE_MS);
  } finally {
    await vite.close();
    await project.remove();
  }
}

/** ms from each manifest in place to its pixels, after a first change that warms everything. */
async function measure(page: Page, dir: string): Promise<number[]> {
  await page.waitForFunction(() => "probe" in globalThis);
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const color = `#${(0x102030 + run).toString(16).padStart(6, "0")}`;
    const seen = page.evaluate((wanted) => Reflect.get(globalThis, "probe").seen([8, 8], wanted), color);
    await writeArt(dir, { ...HERO, colors: [color] });
    // A rename sets the time of the change: only then is the new manifest there.
    const { ctimeMs } = await stat(join(dir, "public/assets/pixelkiln.manifest.json"));
    const time = (await seen) - ctimeMs;
    if (run > 0) times.push(time);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return times;
}

function describe(title: string, times: readonly number[], most: number): Measure[] {
  return [
    atMost(`${title}: file to pixels, median of ${RUNS}`, quantile(times, 0.5), most, "ms"),
    plain(`${title}: 95 of 100 are faster than`, quantile(times, 0.95), "ms"),
  ];
}
