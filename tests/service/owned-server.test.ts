import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  getJson,
  post,
  type RunningService,
  startServiceProcess,
  temporaryProject,
  until,
} from "./service-process.ts";

const PROGRAM = fileURLToPath(new URL("../generators/servers/sd-server-process.mjs", import.meta.url));

let project: Awaited<ReturnType<typeof temporaryProject>>;
let service: RunningService;
beforeEach(async () => {
  project = await temporaryProject();
  const checkpoint = join(project.dir, "model.safetensors");
  await writeFile(checkpoint, "weights");
  const args = ["--pids", join(project.dir, "pids"), "--step-ms", "40"];
  const sd = { id: "sd", backend: "sd-server", server: PROGRAM, checkpoint, args, sizes: [512], steps: 4 };
  const models = join(project.dir, "models.json");
  await writeFile(models, JSON.stringify({ models: [sd] }));
  service = await startServiceProcess(project.dir, { PIXELKILN_MODELS_FILE: models });
});
afterEach(async () => {
  await service.kill();
  await project.remove();
});

const pids = async (): Promise<number[]> => {
  const text = await readFile(join(project.dir, "pids"), "utf8").catch(() => "");
  return text.split("\n").filter(Boolean).map(Number);
};
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const stateOf = async (id: unknown) => (await getJson(`${service.url}/v1/jobs/${String(id)}`)).body.status;

test("a server that is killed again and again in the middle of jobs loses none of them", async () => {
  const ids: unknown[] = [];
  for (let seed = 1; seed <= 6; seed++) {
    const request = { prompt: "a shield", model: "sd", seed, width: 32, height: 32, async: true };
    ids.push((await post(`${service.url}/v1/sprites`, request)).body.job_id);
  }
  let done = false;
  const killing = (async () => {
    for (let kills = 0; kills < 5 && !done; kills++) {
      const before = await until(async () => (await pids()).find(isAlive));
      await new Promise((resolve) => setTimeout(resolve, 40 + 90 * kills));
      if (isAlive(before)) process.kill(before, "SIGKILL");
    }
  })();
  for (const id of ids) {
    const state = await until(async () => {
      const status = await stateOf(id);
      return status === "queued" || status === "running" ? undefined : status;
    }, 100);
    expect(state).toBe("succeeded");
  }
  done = true;
  await killing;
  expect((await pids()).length).toBeGreaterThan(2);
});

test("no server outlives the service, whether that is stopped or killed", async () => {
  await post(`${service.url}/v1/sprites`, { prompt: "a shield", model: "sd", seed: 1 });
  const [first] = await pids();
  expect(isAlive(first!)).toBe(true);
  await service.stop();
  await until(async () => (isAlive(first!) ? undefined : true), 10);

  service = await startServiceProcess(project.dir, {
    PIXELKILN_MODELS_FILE: join(project.dir, "models.json"),
  });
  await post(`${service.url}/v1/sprites`, { prompt: "a shield", model: "sd", seed: 2 });
  const second = (await pids()).at(-1)!;
  expect(isAlive(second)).toBe(true);
  await service.kill();
  await until(async () => (isAlive(second) ? undefined : true), 10);
});

test("a cancel of a running job ends its server, and the next job draws", async () => {
  const long = { prompt: "a shield", model: "sd", seed: 1, steps: 100, async: true };
  const { body } = await post(`${service.url}/v1/sprites`, long);
  await until(async () => {
    const { progress } = (await getJson(`${service.url}/v1/jobs/${String(body.job_id)}`)).body as {
      progress: { step: number };
    };
    return progress.step > 1 ? true : undefined;
  });
  await fetch(`${service.url}/v1/jobs/${String(body.job_id)}`, { method: "DELETE" });
  await until(async () => ((await stateOf(body.job_id)) === "cancelled" ? true : undefined));
  const { status } = await post(`${service.url}/v1/sprites`, { prompt: "a shield", model: "sd", seed: 2 });
  expect(status).toBe(200);
  expect(await pids()).toHaveLength(2);
});
