import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { childrenOf, send, startBenchService, withProject } from "./service-process.ts";
import { type Measure, plain, quantile } from "./table.ts";

const OWN = fileURLToPath(new URL("../..", import.meta.url));
const ROUNDS = 7;
/** What start and memory may take of what they took in the clone they are compared with. */
const MOST_SHARE = 0.6;
const run = promisify(execFile);

/**
 * Times `pixelkiln sprite` from a cold shell, in turn with that of another clone, so that a busy machine slows both down
 * alike. The first round is left out: it builds and fills the page cache.
 */
export async function startSuite(other?: string): Promise<Measure[]> {
  const clones = [OWN, ...(other === undefined ? [] : [other])];
  const times = clones.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, clone] of clones.entries()) {
      const time = await timeSprite(clone);
      if (round > 0) times[i]!.push(time);
    }
  }
  return compared("pixelkiln sprite from a cold shell", "ms", times);
}

async function timeSprite(clone: string): Promise<number> {
  const cwd = await mkdtemp(join(tmpdir(), "pixelkiln-bench-"));
  try {
    const args = [join(clone, "bin/pixelkiln.mjs"), "sprite", "red gem", "--seed", "1", "-o", "gem.png"];
    const started = performance.now();
    await run(process.execPath, args, { cwd, env: { ...process.env, PIXELKILN_URL: "" } });
    return performance.now() - started;
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** Memory of the service and all its processes after one drawn sprite: resident, and with shared pages divided. Linux only. */
export async function memorySuite(other?: string): Promise<Measure[]> {
  const clones = [OWN, ...(other === undefined ? [] : [other])];
  const measured: { rss: number; pss: number }[] = [];
  for (const clone of clones) measured.push(await withProject((project) => memoryOf(clone, project)));
  return [
    ...compared(
      "service and its processes after a sprite, RSS",
      "MiB",
      measured.map(({ rss }) => [rss]),
    ),
    ...compared(
      "the same with shared pages divided, PSS",
      "MiB",
      measured.map(({ pss }) => [pss]),
    ),
  ];
}

async function memoryOf(clone: string, project: string): Promise<{ rss: number; pss: number }> {
  const service = await startBenchService(project, clone);
  try {
    await send(`${service.url}/v1/sprites`, { prompt: "red gem", seed: 1 });
    const processes = descendantsOf(service.pid);
    const sum = (field: string) =>
      processes.reduce((total, pid) => total + readMiB(`/proc/${pid}/smaps_rollup`, field), 0);
    return { rss: sum("Rss"), pss: sum("Pss") };
  } finally {
    await service.stop("SIGTERM");
  }
}

function descendantsOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(descendantsOf)];
}

function readMiB(file: string, field: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readFileSync(file, "utf8"));
  return Number(found?.[1]) / 1024;
}

/** Rows for the values of this clone and of the other one: medians, least values, and their ratio. */
function compared(what: string, unit: string, [own = [], other]: readonly number[][]): Measure[] {
  const rows = [plain(`${what}, median of ${own.length}`, quantile(own, 0.5), unit)];
  if (!other) return rows;
  const share = Math.min(...own) / Math.min(...other);
  return [
    ...rows,
    plain("the same in the other clone", quantile(other, 0.5), unit),
    {
      what: "ratio of the least values",
      value: share.toFixed(2),
      promise: `<= ${MOST_SHARE}`,
      kept: share <= MOST_SHARE,
    },
  ];
}
