import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { sha256 } from "../../service/library/hashes.ts";
import { openRoot } from "../../service/library/paths.ts";
import { getManifest } from "../../service/library/read.ts";
import { picturesOf, treeOf } from "../library/asset-setup.ts";
import { assetIdOf, openTestStore, put } from "./queue-setup.ts";

const SCRIPT = fileURLToPath(new URL("./store-process.ts", import.meta.url));
const JOBS = 60;
const KILLS = 8;
/** Ten processes have to start, possibly on a busy machine. */
const TIMEOUT_MS = 120_000;

/** Starts a process on the folder. `heard` resolves when a service says "ready", or "done" for a finished job. */
function start(dir: string, task: "work" | "accept" = "work") {
  const child = fork(SCRIPT, [task, dir], { execArgv: ["--import", "tsx"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const messages = new Set<unknown>();
  child.on("message", (message) => messages.add(message));
  const heard = async (message: string): Promise<void> => {
    while (!messages.has(message)) await sleep(1);
  };
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { heard, kill, messages };
}

/** At any moment, every manifest may list only files that exist and are complete. */
function expectWholeAssets(library: string): number {
  const assets = join(library, "assets");
  if (!existsSync(assets)) return 0;
  let whole = 0;
  for (const id of readdirSync(assets)) {
    const manifest = join(assets, id, "manifest.json");
    if (!existsSync(manifest)) continue;
    const { files } = JSON.parse(readFileSync(manifest, "utf8")) as {
      files: { path: string; sha256: string }[];
    };
    for (const file of files) expect(sha256(readFileSync(join(assets, id, file.path)))).toBe(file.sha256);
    whole++;
  }
  return whole;
}

test(
  "a job is on the disk once it is accepted: a process killed while it accepts loses none",
  async () => {
    const { store, dir } = await openTestStore();
    const service = start(dir, "accept");
    while (service.messages.size < 50) await sleep(1);
    await service.kill();
    const stored = (await store.list({ limit: 1_000_000 })).map(({ id }) => id);
    expect(stored).toEqual(expect.arrayContaining([...service.messages]));
    // One more may have been written but not reported.
    expect(stored.length - service.messages.size).toBeLessThanOrEqual(1);
  },
  TIMEOUT_MS,
);

test(
  "a service killed at eight random points loses no job, publishes none twice and leaves no torn file",
  async () => {
    const { store, dir } = await openTestStore();
    const ids = await Promise.all(
      Array.from({ length: JOBS }, (_, i) =>
        put(store, `prompt ${i}`, { lane: i % 2 ? "pixels" : "generator" }),
      ),
    );
    const library = join(dir, "library");

    for (let kill = 0; kill < KILLS; kill++) {
      const service = start(dir);
      await service.heard(kill % 2 === 1 ? "done" : "ready");
      // A job takes at least 15 ms and two run at a time, so that eight rounds never finish all sixty.
      await sleep(Math.random() * 40);
      await service.kill();
      expectWholeAssets(library);
    }
    const last = start(dir);
    while ((await store.counts()).succeeded < JOBS) {
      await sleep(20);
      expect((await store.counts()).failed).toBe(0);
    }
    await last.kill();

    expect(await store.counts()).toEqual({ queued: 0, running: 0, succeeded: JOBS, failed: 0, cancelled: 0 });
    expect(expectWholeAssets(library)).toBe(JOBS);
    const root = await openRoot(library);
    for (const [i, id] of ids.entries()) {
      const job = await store.get(id);
      expect(job?.assetId).toBe(assetIdOf(id));
      const { files } = await getManifest(root, assetIdOf(id));
      const unkilled = picturesOf(`prompt ${i}`).map((file) => sha256(file.bytes));
      expect(files.map((file) => file.sha256)).toEqual(unkilled);
    }
    const published = readFileSync(join(dir, "published.log"), "utf8").trim().split("\n");
    expect(new Set(published).size).toBe(published.length);
    // Three files per asset and nothing else: no temporary names, no staging.
    expect(Object.keys(treeOf(library))).toHaveLength(3 * JOBS);
    const rows = await Promise.all(ids.map((id) => store.get(id)));
    expect(rows.reduce((sum, row) => sum + (row?.starts ?? 0), 0)).toBeGreaterThan(JOBS);
  },
  TIMEOUT_MS,
);
