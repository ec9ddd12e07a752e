import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { childrenOf, send, startBenchService, withProject } from "./service-process.ts";
import { type Measure, plain, quantile } from "./table.ts";

const OWN = fileURLToPath(new URL("../..", import.meta.url));
const STARTS = 7;
const SERVICES = 3;
/** What start and memory may take of what they took in the clone they are compared with. */
const MOST_SHARE = 0.6;
/** What warm services are asked, and what it may take of the time in the other clone. */
const ORDERS = [
  {
    what: "4 sprites of 32x32",
    path: "/v1/sprites",
    body: { prompt: "treasure chest", num_images: 4 },
    share: 1 / 3,
  },
  {
    what: "a blob47 set of 64x64 with 4 variants",
    path: "/v1/tilesets",
    body: {
      upper_description: "grass",
      lower_description: "water",
      tileset_type: "blob47",
      tile_size: 64,
      variants: 4,
    },
    share: 1 / 5,
  },
] as const;
const ORDER_RUNS = 5;
/** A service without work for so long has closed what it opens on demand. */
const IDLE_MS = 15_000;
const run = promisify(execFile);

/**
 * Times `pixelkiln sprite` from a cold shell, in turn with that of another clone, so that a busy machine slows both down
 * alike. The first round is left out: it builds and fills the page cache.
 */
export async function startSuite(other?: string): Promise<Measure[]> {
  const clones = clonesOf(other);
  const times = clones.map((): number[] => []);
  for (let round = 0; round <= STARTS; round++) {
    for (const [i, clone] of clones.entries()) {
      const time = await timeSprite(clone);
      if (round > 0) times[i]!.push(time);
    }
  }
  return compared("pixelkiln sprite from a cold shell", "ms", times);
}

function clonesOf(other: string | undefined): string[] {
  return other === undefined ? [OWN] : [OWN, resolve(other)];
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

/** Times orders of a warm service, and of another clone's. The first answer of each is left out. */
export async function ordersSuite(other?: string): Promise<Measure[]> {
  const rows: Measure[] = [];
  for (const { what, path, body, share } of ORDERS) {
    const times = clonesOf(other).map((): number[] => []);
    for (const [i, clone] of clonesOf(other).entries()) {
      await withProject(async (project) => {
        const service = await startBenchService(project, clone);
        try {
          for (let seed = 0; seed <= ORDER_RUNS; seed++) {
            const started = performance.now();
            await send(service.url + path, { ...body, seed });
            if (seed > 0) times[i]!.push(performance.now() - started);
          }
        } finally {
          await service.stop("SIGTERM");
        }
      });
    }
    rows.push(...compared(what, "ms", times, share));
  }
  return rows;
}

/**
 * MiB that the service and all its processes hold after one drawn sprite, at once and when idle: resident (RSS), and with
 * shared pages divided (PSS). Linux only.
 */
export async function memorySuite(other?: string): Promise<Measure[]> {
  const clones = clonesOf(other);
  const found = clones.map((): Memory[] => []);
  for (let round = 0; round < SERVICES; round++) {
    for (const [i, clone] of clones.entries()) {
      found[i]!.push(await withProject((project) => memoryOf(clone, project)));
    }
  }
  const rows = (what: string, pick: (memory: Memory) => number): Measure[] =>
    compared(
      what,
      "MiB",
      found.map((memories) => memories.map(pick)),
    );
  return [
    ...rows("service and its processes after a sprite, RSS", ({ drawn }) => drawn.rss),
    ...rows("the same, PSS", ({ drawn }) => drawn.pss),
    ...rows(`the same ${IDLE_MS / 1000} s later, RSS`, ({ idle }) => idle.rss),
    ...rows("the same, PSS", ({ idle }) => idle.pss),
  ];
}

interface Memory {
  drawn: { rss: number; pss: number };
  idle: { rss: number; pss: number };
}

async function memoryOf(clone: string, project: string): Promise<Memory> {
  const service = await startBenchService(project, clone);
  try {
    await send(`${service.url}/v1/sprites`, { prompt: "red gem", seed: 1 });
    const drawn = readMemory(service.pid);
    await sleep(IDLE_MS);
    return { drawn, idle: readMemory(service.pid) };
  } finally {
    await service.stop("SIGTERM");
  }
}

function readMemory(pid: number): { rss: number; pss: number } {
  const texts = descendantsOf(pid).map((one) => readFileSync(`/proc/${one}/smaps_rollup`, "utf8"));
  const sum = (field: string): number =>
    texts.reduce((all, text) => all + Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(text)?.[1]), 0);
  return { rss: sum("Rss") / 1024, pss: sum("Pss") / 1024 };
}

function descendantsOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(descendantsOf)];
}

/** Rows for the medians of this clone and of the other one, and their ratio. */
function compared(
  what: string,
  unit: string,
  [own = [], other]: readonly number[][],
  most = MOST_SHARE,
): Measure[] {
  const median = quantile(own, 0.5);
  const rows = [plain(`${what}, median of ${own.length}`, median, unit)];
  if (!other) return rows;
  const share = median / quantile(other, 0.5);
  return [
    ...rows,
    plain("in the other clone", quantile(other, 0.5), unit),
    { what: "ratio", value: share.toFixed(2), promise: `<= ${most.toFixed(2)}`, kept: share <= most },
  ];
}
