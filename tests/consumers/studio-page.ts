import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { type RunningService, startServiceProcess, temporaryProject } from "../service/service-process.ts";

const BUILD = fileURLToPath(new URL("../../scripts/build-studio.mjs", import.meta.url));

const PROBE = fileURLToPath(new URL("probes/studio-probe.js", import.meta.url));

/** The studio of a real service in a real browser. */
export interface StudioPages {
  service: RunningService;
  /** Folder of the game project. */
  project: string;
  /** Opens the page with a fragment; everything that it complains about or asks of others is collected. */
  open(fragment?: string, options?: Parameters<Browser["newPage"]>[0]): Promise<StudioPage>;
  close(): Promise<void>;
}

export interface StudioPage {
  page: Page;
  /** Uncaught errors, console errors and warnings. */
  complaints: string[];
  /** Addresses outside of the service that were asked for. */
  foreign: string[];
}

/** Builds the page where its sources changed, starts the service in an empty project, and Chromium. */
export async function startStudio(
  chromiumPath: string,
  env: Record<string, string> = {},
): Promise<StudioPages> {
  const built = spawnSync(process.execPath, [BUILD], { encoding: "utf8" });
  if (built.status !== 0) throw new Error(`The studio could not be built:\n${built.stderr}`);
  const project = await temporaryProject();
  const service = await startServiceProcess(project.dir, env);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  return {
    service,
    project: project.dir,
    async open(fragment = "", options = {}) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, ...options });
      const complaints: string[] = [];
      const foreign: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(message.text());
      });
      page.on("request", (request) => {
        const url = request.url();
        if (!url.startsWith(`${service.url}/`) && !/^(data|blob):/.test(url)) foreign.push(url);
      });
      await page.addInitScript({ path: PROBE });
      await page.goto(`${service.url}/${fragment === "" ? "" : `#${fragment}`}`);
      await page.waitForSelector(".light.on");
      return { page, complaints, foreign };
    },
    async close() {
      await browser.close();
      await service.stop();
      await project.remove();
    },
  };
}

/** Waits until a result is shown and nothing is waited for. */
export async function waitForResult(page: Page): Promise<void> {
  await page.waitForSelector(".stage[aria-busy=false] .stage-title", { timeout: 120_000 });
  await page.waitForSelector(".stage[aria-busy=false] canvas", { timeout: 30_000 });
}

/** What probes/studio-probe.js finds wrong, as readable lines: names, ids and contrasts. */
export async function accessFaults(page: Page): Promise<string[]> {
  return (await page.evaluate("studioProbe.faults()")) as string[];
}

/** Colors of the first canvas of the view, as sorted hex; clear pixels apart. */
export async function shownColors(page: Page): Promise<string[]> {
  await page.waitForSelector("#stage-view canvas");
  return (await page.evaluate("studioProbe.shownColors()")) as string[];
}
