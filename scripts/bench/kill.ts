import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AssetManifest } from "../../shared/asset.ts";
import { Job } from "../../shared/job.ts";
import { type BenchService, childrenOf, send, startBenchService, withProject } from "./service-process.ts";
import type { Measure } from "./table.ts";

const JOBS = Number(process.env.BENCH_JOBS ?? 50);
const KILLS = Number(process.env.BENCH_KILLS ?? 20);
/** Longest time between two kills, ms: about what three jobs take. */
const MOST_PAUSE_MS = 1500;
const PROMPTS = ["red dragon", "blue potion", "golden sword", "green slime", "brown door"];
const LIBRARY = join(".pixelkiln", "library", "assets");

/** SIGKILLs the service and its workers at random points over some jobs, and counts the damage. */
export async function killSuite(): Promise<Measure[]> {
  const expected = await withProject((project) => runJobs(project, 0));
  const found = await withProject((project) => runJobs(project, KILLS));
  const lost = JOBS - found.hashes.size;
  const changed = [...found.hashes].filter(([job, hash]) => expected.hashes.get(job) !== hash).length;
  const none = (what: string, count: number): Measure => ({
    what,
    value: String(count),
    promise: "0",
    kept: count === 0,
  });
  return [
    { what: "jobs", value: String(JOBS) },
    { what: "SIGKILLs of the service", value: String(found.kills.service) },
    { what: "SIGKILLs of worker processes", value: String(found.kills.worker) },
    none("jobs lost", lost),
    none("torn or foreign files in the library", found.torn),
    none("jobs with other bytes than without kills", changed),
  ];
}

interface KillRun {
  /** Number of the job -> hashes of its images. */
  hashes: Map<number, string>;
  torn: number;
  kills: { service: number; worker: number };
}

async function runJobs(project: string, kills: number): Promise<KillRun> {
  let service = await startBenchService(project);
  try {
    const ids: string[] = [];
    for (let i = 0; i < JOBS; i++) {
      const request = { prompt: PROMPTS[i % PROMPTS.length], seed: i, async: true };
      ids.push(String((await send(`${service.url}/v1/sprites`, request)).job_id));
    }
    const counts = { service: 0, worker: 0 };
    for (let i = 0; i < kills; i++) {
      await sleep(Math.random() * MOST_PAUSE_MS);
      const workers = childrenOf(service.pid);
      const worker = workers[Math.floor(Math.random() * workers.length)];
      if (worker !== undefined && Math.random() < 0.5) {
        process.kill(worker, "SIGKILL");
        counts.worker++;
      } else {
        await service.stop("SIGKILL");
        counts.service++;
        service = await startBenchService(project);
      }
    }
    const hashes = await finishedHashes(service, ids);
    return { hashes, torn: await countTorn(join(project, LIBRARY)), kills: counts };
  } finally {
    await service.stop("SIGTERM");
  }
}

async function finishedHashes(service: BenchService, ids: readonly string[]): Promise<Map<number, string>> {
  const hashes = new Map<number, string>();
  for (const [i, id] of ids.entries()) {
    let job = Job.parse(await send(`${service.url}/v1/jobs/${id}`));
    while (job.status === "queued" || job.status === "running") {
      await sleep(100);
      job = Job.parse(await send(`${service.url}/v1/jobs/${id}`));
    }
    if (job.status !== "succeeded") {
      console.error(`job ${i} ${job.status}: ${job.error?.detail}`);
      continue;
    }
    const { images } = AssetManifest.parse(await send(`${service.url}/v1/assets/${job.asset_id}`));
    hashes.set(i, images.map((image) => image.sha256).join());
  }
  return hashes;
}

/** Counts files that differ from their manifest, that no manifest names, and folders without a manifest. */
async function countTorn(assets: string): Promise<number> {
  let torn = 0;
  for (const id of await readdir(assets)) {
    const names = await readdir(join(assets, id));
    if (!names.includes("manifest.json")) {
      torn++;
      continue;
    }
    const { files } = AssetManifest.parse(
      JSON.parse(await readFile(join(assets, id, "manifest.json"), "utf8")),
    );
    for (const file of files) {
      const hash = createHash("sha256").update(await readFile(join(assets, id, file.path)));
      if (hash.digest("hex") !== file.sha256) torn++;
    }
    torn += names.length - 1 - files.length;
  }
  return torn;
}
