/**
 * Draws the pictures of docs/studio.md with the real service and Chromium:
 *
 *   npm run studio-pictures -- [--out docs/images]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import { startService } from "../service/compose.ts";

const SIZE = { width: 1180, height: 740 };

interface Scene {
  name: string;
  fragment: string;
  /** What must be there before the picture is taken. */
  ready: string;
  arrange?: (page: Page) => Promise<void>;
}

const SCENES: readonly Scene[] = [
  {
    name: "grid",
    fragment: "kind=sprite&prompt=red+dragon&num_images=4&seed=7",
    ready: ".result:nth-child(4)",
  },
  {
    name: "terrain",
    fragment: "kind=tileset&upper_description=grass&lower_description=water&seed=3",
    ready: ".paintable",
  },
  {
    name: "play",
    fragment: "kind=animation&prompt=knight+in+blue&directions=4&seed=3",
    ready: ".filmstrip",
    arrange: async (page) => {
      for (const key of [" ", ".", ".", "o"]) await page.keyboard.press(key);
    },
  },
  {
    name: "tile",
    fragment: "kind=tile&prompt=mossy+stone&seed=5",
    ready: ".single canvas",
    arrange: (page) => page.keyboard.press("h"),
  },
];

const { values } = parseArgs({ options: { out: { type: "string", default: "docs/images" } } });
mkdirSync(values.out, { recursive: true });
const project = await mkdtemp(join(tmpdir(), "pixelkiln-pictures-"));
const service = await startService({ project, port: 0, env: process.env, log: () => {} });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  for (const { name, fragment, ready, arrange } of SCENES) {
    const page = await browser.newPage({ viewport: SIZE, colorScheme: "dark" });
    await page.goto(`${service.url}/#${fragment}`);
    await page.waitForSelector(".light.on");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(ready, { timeout: 120_000 });
    await arrange?.(page);
    // The last frame of the layout: sizes are measured by observers.
    await page.waitForTimeout(500);
    writeFileSync(join(values.out, `studio-${name}.png`), await page.screenshot());
    process.stderr.write(`studio-${name}.png\n`);
    await page.close();
  }
} finally {
  await browser.close();
  await service.close();
  await rm(project, { recursive: true, force: true, maxRetries: 3 });
}
