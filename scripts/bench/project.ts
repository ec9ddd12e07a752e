import { execFile } from "node:child_process";
import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { realDisk } from "../../service/library/disk.ts";
import { openRoot } from "../../service/library/paths.ts";
import { writeProjectFiles } from "../../service/library/project-output.ts";
import { startBenchService, withProject } from "./service-process.ts";
import { atMost, type Measure, plain, quantile } from "./table.ts";

const BINARY = fileURLToPath(new URL("../../bin/pixelkiln.mjs", import.meta.url));
const ASSETS = 500;
const FOLDERS = 20;
const BUILDS = 7;
const MOST_BUILD_MS = 1_000;
const WRITES = 60;
const MOST_EVENT_MS = 15;

/** How fast a game with many kiln files is found unchanged, and how soon a written asset is told. */
export async function projectSuite(): Promise<Measure[]> {
  return [...(await withProject(measureBuilds)), ...(await withProject(measureEvents))];
}

/** Whole runs of the program, its start included: 500 pictures made once, then found up to date. */
async function measureBuilds(project: string): Promise<Measure[]> {
  const data = new Uint8Array(8 * 8 * 4).fill(255);
  await writeFile(join(project, "base.png"), await encodePng({ width: 8, height: 8, data }));
  for (let i = 0; i < ASSETS; i++) {
    const folder = join(project, "art", String(i % FOLDERS));
    await mkdir(folder, { recursive: true });
    const kiln = { kind: "pixelate", input_image: "../../base.png" };
    await writeFile(join(folder, `asset-${i}.kiln.json`), JSON.stringify(kiln));
  }
  const first = await timeBuild(project);
  const times: number[] = [];
  for (let i = 0; i < BUILDS; i++) times.push(await timeBuild(project));
  return [
    plain(`build of ${ASSETS} pictures for the first time, each`, first / ASSETS, "ms"),
    atMost(
      `build of ${ASSETS} unchanged assets, median of ${BUILDS}`,
      quantile(times, 0.5),
      MOST_BUILD_MS,
      "ms",
    ),
    plain("fastest", Math.min(...times), "ms"),
  ];
}

async function timeBuild(project: string): Promise<number> {
  const started = performance.now();
  await promisify(execFile)(process.execPath, [BINARY, "build", "--json"], { cwd: project });
  return performance.now() - started;
}

/** From the rename of the manifest, the last one of a write in this process to the event on the wire of a service in another. */
async function measureEvents(project: string): Promise<Measure[]> {
  const dir = await realpath(project);
  const service = await startBenchService(dir);
  const stop = new AbortController();
  const came = new Map<string, number>();
  try {
    const response = await fetch(`${service.url}/v1/events`, { signal: stop.signal });
    void readNames(response, (name) => came.set(name, performance.now())).catch(() => {});
    const root = await openRoot(dir);
    const times: number[] = [];
    for (let i = 0; i < WRITES; i++) {
      const name = `asset-${i}`;
      const files = [{ path: `${name}.png`, bytes: Buffer.from(name) }];
      const lock = { assetId: name, kind: "sprite", model: null, request: {}, trainingDataLicenses: [] };
      let written = 0;
      const rename: typeof realDisk.rename = async (from, to) => {
        await realDisk.rename(from, to);
        written = performance.now();
      };
      await writeProjectFiles({
        projectRoot: root,
        dir: "art",
        name,
        files,
        lock,
        disk: { ...realDisk, rename },
      });
      await sleep(200);
      times.push((came.get(name) ?? Number.POSITIVE_INFINITY) - written);
    }
    return [
      atMost(
        `asset written to event received, median of ${WRITES}`,
        quantile(times, 0.5),
        MOST_EVENT_MS,
        "ms",
      ),
      plain("p95", quantile(times, 0.95), "ms"),
    ];
  } finally {
    stop.abort();
    await service.stop("SIGTERM");
  }
}

async function readNames(response: Response, onName: (name: string) => void): Promise<void> {
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    for (const [, name = ""] of chunk.matchAll(/"type":"project\.changed".*?"name":"([^"]+)"/g)) onName(name);
  }
}
