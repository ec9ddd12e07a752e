import { makeHere } from "../../service/cli/local-workers.ts";
import type { MadeAsset } from "../../service/kinds/made-asset.ts";
import { sprite } from "../../service/kinds/sprite/kind.ts";
import { modelsDirs } from "../../service/package-info.ts";
import { createWorkers } from "../../service/workers/workers.ts";
import { childrenOf, residentMiB, send, startBenchService, withProject } from "./service-process.ts";
import { atMost, type Measure, plain, quantile } from "./table.ts";

const RUNS = 15;
/** Promises for a 32x32 sprite of a warm service on 2 CPU cores. */
const MOST_MS = 1500;
const MOST_MIB = 600;

/** One 32x32 sprite: inside the program part by part, then through a real service. */
export async function spriteSuite(): Promise<Measure[]> {
  return [...(await measureParts()), ...(await withProject(measureService))];
}

async function measureParts(): Promise<Measure[]> {
  const workers = await createWorkers({
    modelsDirs: modelsDirs(process.env),
    env: process.env,
    log: () => {},
  });
  try {
    const loading = performance.now();
    await workers.warm();
    const loaded = performance.now() - loading;
    const runs: MadeAsset["timings"][] = [];
    for (let seed = 0; seed <= RUNS; seed++) {
      const parsed = sprite.parse({ prompt: "red dragon", seed });
      const target = { name: "dragon", engines: ["godot", "phaser"] as const, folder: "", assetId: null };
      const hooks = { signal: new AbortController().signal, onProgress: () => {} };
      const sprites = await makeHere(workers, { kind: sprite, parsed, target }, hooks);
      // The first run fills caches that a warm service has.
      if (seed > 0) runs.push(sprites.timings);
    }
    const median = (part: "model" | "step" | "post" | "encode") =>
      quantile(
        runs.map((run) => run[part]),
        0.5,
      );
    return [
      plain("start of the worker process and loading", loaded, "ms"),
      plain("all drawing (median)", median("model"), "ms"),
      plain("one guided denoising step (median)", median("step"), "ms"),
      plain("pixel passes (median)", median("post"), "ms"),
      plain("engine files and PNG (median)", median("encode"), "ms"),
    ];
  } finally {
    await workers.close();
  }
}

async function measureService(project: string): Promise<Measure[]> {
  const service = await startBenchService(project);
  try {
    const totals: number[] = [];
    for (let seed = 0; seed <= RUNS; seed++) {
      const started = performance.now();
      await send(`${service.url}/v1/sprites`, { prompt: "red dragon", seed });
      if (seed > 0) totals.push(performance.now() - started);
    }
    const memory = residentMiB([service.pid, ...childrenOf(service.pid)]);
    return [
      atMost(`POST /v1/sprites 32x32, median of ${RUNS}`, quantile(totals, 0.5), MOST_MS, "ms"),
      plain("slowest of them", Math.max(...totals), "ms"),
      atMost("memory of service and worker process", memory, MOST_MIB, "MiB"),
    ];
  } finally {
    await service.stop("SIGTERM");
  }
}
