import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Generator } from "../../../service/generators/generator.ts";
import { equalImages } from "../../../service/pixel/image.ts";
import { until } from "../../service/service-process.ts";
import { sampleRequest } from "../generator-fixture.ts";
import { generatorOf } from "./server-entry.ts";

const PROGRAM = fileURLToPath(new URL("sd-server-process.mjs", import.meta.url));

let dir: string;
let generator: Generator | null = null;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "owned-"));
  await writeFile(join(dir, "model.safetensors"), "weights");
});
afterEach(async () => {
  await generator?.dispose();
  generator = null;
  await rm(dir, { recursive: true, force: true });
});

const pids = async (): Promise<number[]> => {
  const text = await readFile(join(dir, "pids"), "utf8").catch(() => "");
  return text.split("\n").filter(Boolean).map(Number);
};

async function open(args: string[] = [], more: object = {}): Promise<Generator> {
  generator = await generatorOf({
    ...{ id: "sd", backend: "sd-server", server: PROGRAM, checkpoint: join(dir, "model.safetensors") },
    ...{ sizes: [512], args: ["--pids", join(dir, "pids"), ...args], ...more },
  });
  return generator;
}

const request = (changes = {}) =>
  sampleRequest({ width: 512, height: 512, grid: { width: 32, height: 32 }, plainGround: true, ...changes });
const idle = () => ({ signal: new AbortController().signal, onStep: () => {}, onStage: () => {} });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("it starts with the first picture, draws the next ones in the same process, and ends when it is disposed of", async () => {
  const model = await open();
  expect(await pids()).toEqual([]);
  const first = await model.generate(request(), idle());
  const again = await model.generate(request(), idle());
  expect(equalImages(first.image, again.image)).toBe(true);
  expect(first.server).toMatchObject({
    ...{ protocol: "sd-server", program: "sd-server", url: null },
    checkpoint: { name: "model.safetensors", sha256: null },
  });
  const [pid, ...others] = await pids();
  expect(others).toEqual([]);
  await model.dispose();
  expect(isAlive(pid!)).toBe(false);
});

test("the steps of its output are told", async () => {
  const told: number[] = [];
  const model = await open(["--step-ms", "60"]);
  const started = new Map<number, number>();
  await model.generate(request({ steps: 5 }), {
    ...idle(),
    onStep: (step) => {
      told.push(step);
      started.set(step, performance.now());
    },
  });
  expect(told).toEqual([1, 2, 3, 4, 5]);
  // As they are taken, and not all at the end.
  expect(started.get(5)! - started.get(1)!).toBeGreaterThan(100);
});

test("a picture whose server is killed is drawn by the next one, with the same bytes", async () => {
  const model = await open(["--step-ms", "80"]);
  const calm = await model.generate(request({ seed: 3 }), idle());
  let kills = 0;
  const raw = await model.generate(request({ seed: 3 }), {
    ...idle(),
    onStep: (step) => {
      if (step !== 2 + kills || kills === 2) return;
      kills += 1;
      void pids().then((all) => process.kill(all.at(-1)!, "SIGKILL"));
    },
  });
  expect(equalImages(raw.image, calm.image)).toBe(true);
  expect((await pids()).length).toBeGreaterThan(1);
});

test("a cancel ends it, and the next picture has a new one", async () => {
  const model = await open(["--step-ms", "100"]);
  const controller = new AbortController();
  const hooks = { ...idle(), signal: controller.signal, onStep: () => controller.abort() };
  await expect(model.generate(request({ steps: 50 }), hooks)).rejects.toMatchObject({ code: "cancelled" });
  const [first] = await pids();
  await until(async () => (isAlive(first!) ? undefined : true), 5);
  await model.generate(request({ steps: 2 }), idle());
  expect(await pids()).toHaveLength(2);
});

test("too little memory is said in words, and not tried again", async () => {
  const model = await open(["--out-of-memory"]);
  await expect(model.generate(request(), idle())).rejects.toMatchObject({
    code: "generation-failed",
    message: expect.stringMatching(
      /^The server of the model sd has too little graphics memory \(.*out of memory/,
    ),
  });
  expect(await pids()).toHaveLength(1);
});

test("a program that ends at once is shown with its last words", async () => {
  const model = await open(["--no-such-flag"]);
  await expect(model.generate(request(), idle())).rejects.toMatchObject({
    message: expect.stringMatching(
      /^The server of the model sd ended by itself \(.*\)\. Try its command by hand\.$/,
    ),
  });
});

test("a model file that is gone is named before anything starts", async () => {
  const model = await open([], { checkpoint: join(dir, "other.safetensors") });
  await expect(model.generate(request(), idle())).rejects.toMatchObject({
    code: "model-unavailable",
    message: expect.stringContaining("other.safetensors, which is not there"),
  });
});
