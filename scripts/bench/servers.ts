import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { startFake } from "../../tests/generators/servers/fake-http.ts";
import { fakePixelArt, nativePicture } from "../../tests/pixel/pixelate/fake-pixel-art.ts";
import { type BenchService, childrenOf, send, startBenchService, withProject } from "./service-process.ts";
import { atMost, type Measure } from "./table.ts";

const RUNS = 9;
const WARM_UPS = 8;
const EDGE = 1024;
const ART = 64;
const MOST_MS = 300;
const JOBS = Number(process.env.BENCH_JOBS ?? 50);
const KILLS = Number(process.env.BENCH_KILLS ?? 20);
const MOST_PAUSE_MS = 1000;
const PROGRAM = fileURLToPath(
  new URL("../../tests/generators/servers/sd-server-process.mjs", import.meta.url),
);

/** What picture servers cost beside their own time, and what becomes of jobs whose server is killed. */
export async function serversSuite(): Promise<Measure[]> {
  return [
    await withProject(timeArrival),
    ...(process.env.BENCH_KILLS === "0" ? [] : await withProject(countLost)),
  ];
}

/**
 * What a sprite with its engine files takes beside its server, which answers at once: CPU time of the service and of all
 * its workers, so that other work on the machine does not count. Linux only.
 */
async function timeArrival(project: string): Promise<Measure> {
  const art = nativePicture(ART, ART, { clear: true });
  for (let i = 0; i < art.data.length; i += 4) if (art.data[i + 3] === 0) art.data.set([255, 0, 255, 255], i);
  const pitch = EDGE / ART;
  const png = await encodePng(fakePixelArt(art, { pitchX: pitch, blur: pitch / 10, noise: 3 }));
  const answer = { images: [Buffer.from(png).toString("base64")], info: "" };
  const fake = await startFake(({ path }) => {
    if (path === "/sdapi/v1/options") return { json: {} };
    if (path !== "/sdapi/v1/txt2img") return { status: 404, json: { detail: "Not Found" } };
    return { json: answer };
  });
  const model = { id: "bench", backend: "sdapi", url: fake.url, sizes: [EDGE] };
  await writeFile(join(project, "pixelkiln.config.json"), JSON.stringify({ models: [model] }));
  const service = await startBenchService(project);
  let before = 0;
  for (let run = 1 - WARM_UPS; run <= RUNS; run++) {
    const output = { dir: "art", name: `run_${run + WARM_UPS}`, engine: ["godot", "phaser", "tiled"] };
    const size = { width: ART, height: ART };
    await send(`${service.url}/v1/sprites`, {
      prompt: "a knight",
      model: "bench",
      seed: run + 10,
      ...size,
      output,
    });
    if (run === 0) before = await cpuMs(service);
  }
  const each = ((await cpuMs(service)) - before) / RUNS;
  await service.stop("SIGTERM");
  await fake.close();
  const what = `${EDGE}x${EDGE} picture to a ${ART}x${ART} sprite with engine files, CPU time, mean of ${RUNS}`;
  return atMost(what, each, MOST_MS, "ms");
}

/** CPU time of a service and its workers so far, in ms: the kernel counts it in hundredths of a second. */
async function cpuMs({ pid }: BenchService): Promise<number> {
  const stats = [pid, ...childrenOf(pid)].map(async (one) => {
    const text = await readFile(`/proc/${one}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return 10 * (Number(fields[11]) + Number(fields[12]));
  });
  return (await Promise.all(stats)).reduce((sum, ms) => sum + ms, 0);
}

/** Kills a server that the service runs at random points of some jobs. */
async function countLost(project: string): Promise<Measure[]> {
  const checkpoint = join(project, "model.safetensors");
  await writeFile(checkpoint, "weights");
  const pids = join(project, "pids");
  const args = ["--pids", pids, "--step-ms", "30"];
  const sd = { id: "sd", backend: "sd-server", server: PROGRAM, checkpoint, args, sizes: [512], steps: 6 };
  const list = join(project, "models.json");
  await writeFile(list, JSON.stringify({ models: [sd] }));
  const env = { ...process.env, PIXELKILN_MODELS_FILE: list };
  const service = await startBenchService(project, undefined, env);
  const ids: string[] = [];
  for (let seed = 0; seed < JOBS; seed++) {
    const request = { prompt: "a shield", model: "sd", seed, width: 32, height: 32, async: true };
    ids.push(String((await send(`${service.url}/v1/sprites`, request)).job_id));
  }
  let kills = 0;
  while (kills < KILLS) {
    await sleep(Math.random() * MOST_PAUSE_MS);
    kills += (await killNewest(pids)) ? 1 : 0;
  }
  const lost = (await statesOf(service, ids)).filter((status) => status !== "succeeded").length;
  await service.stop("SIGTERM");
  return [
    { what: "SIGKILLs of a server of our own", value: `${kills} in ${JOBS} jobs` },
    { what: "jobs lost", value: String(lost), promise: "0", kept: lost === 0 },
  ];
}

async function killNewest(pids: string): Promise<boolean> {
  const text = await readFile(pids, "utf8").catch(() => "");
  const newest = Number(text.trim().split("\n").at(-1));
  try {
    return newest > 0 && process.kill(newest, "SIGKILL");
  } catch {
    return false;
  }
}

/** Waits for jobs to end, and gives their states. */
async function statesOf(service: BenchService, ids: readonly string[]): Promise<unknown[]> {
  const states: unknown[] = [];
  for (const id of ids) {
    let { status } = await send(`${service.url}/v1/jobs/${id}`);
    while (status === "queued" || status === "running") {
      await sleep(100);
      status = (await send(`${service.url}/v1/jobs/${id}`)).status;
    }
    states.push(status);
  }
  return states;
}
