import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Provider } from "../../service/generators/execution-provider.ts";
import { type MemoryOptions, rememberFailures } from "../../service/generators/provider-memory.ts";

const DAY = 24 * 3_600_000;
let folder: string;
let file: string;
/** Where the runtime's libraries lie. */
let libraries: string;
let tried: Provider[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "memory-"));
  file = join(folder, "pixelkiln/devices.json");
  libraries = await mkdtemp(join(folder, "libraries-"));
  tried = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A probe of a process that starts anew: only the file remembers. */
function start(changes: Partial<MemoryOptions> = {}, fails = true) {
  const env = { XDG_CACHE_HOME: folder, HOME: folder, LOCALAPPDATA: folder };
  const probe = async (provider: Provider): Promise<void> => {
    tried.push(provider);
    if (fails) throw new Error("Failed to get a WebGPU adapter: No supported adapters");
  };
  return rememberFailures(probe, {
    env,
    model: "m".repeat(64),
    runtime: { version: "1", folder: libraries },
    ...changes,
  });
}

// macOS has its caches in another folder of HOME; the file is the same.
const onLinux = process.platform === "linux";

test("what failed is not tried again at the next start, and gives its reason in words", async () => {
  await expect(start()("webgpu")).rejects.toThrow("adapter");
  await expect(start()("webgpu")).rejects.toThrow("no graphics card was found that it can use");
  expect(tried).toEqual(["webgpu"]);
});

test("each provider and each model is remembered for itself", async () => {
  await expect(start()("webgpu")).rejects.toThrow();
  await expect(start()("cuda")).rejects.toThrow();
  await expect(start({ model: "n".repeat(64) })("webgpu")).rejects.toThrow();
  expect(tried).toEqual(["webgpu", "cuda", "webgpu"]);
});

test("it is tried again after a week, with another runtime or driver, and when that is asked for", async () => {
  await expect(start()("webgpu")).rejects.toThrow();
  await expect(start({ now: () => Date.now() + 8 * DAY })("webgpu")).rejects.toThrow();
  await expect(start({ runtime: { version: "2", folder: libraries } })("webgpu")).rejects.toThrow();
  await expect(
    start({ again: true, runtime: { version: "2", folder: libraries } })("webgpu"),
  ).rejects.toThrow();
  await writeFile(join(libraries, "libonnxruntime_providers_cuda.so"), "");
  await expect(start({ runtime: { version: "2", folder: libraries } })("webgpu")).rejects.toThrow();
  expect(tried).toHaveLength(5);
});

test("what works is tried at each start, and its earlier failure is forgotten", async () => {
  await expect(start()("webgpu")).rejects.toThrow();
  await start({ again: true }, false)("webgpu");
  await start({}, false)("webgpu");
  expect(tried).toHaveLength(3);
});

test.runIf(onLinux)("a provider that ended two processes is left alone until it is asked for", async () => {
  await start({}, false)("cuda");
  const memory = JSON.parse(await readFile(file, "utf8"));
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  const died = async (count: number) => {
    memory.begun = { [`${"m".repeat(16)} cuda`]: { pid, count } };
    await writeFile(file, JSON.stringify(memory));
  };
  await died(1);
  await start({}, false)("cuda");
  await died(2);
  await expect(start({}, false)("cuda")).rejects.toThrow("pixelkiln gpu");
  await start({ again: true }, false)("cuda");
  await start({}, false)("cuda");
  expect(tried).toHaveLength(4);
});

test.runIf(onLinux)("a file that is damaged or cannot be written is as good as none", async () => {
  await expect(start()("webgpu")).rejects.toThrow();
  await writeFile(file, "{");
  await expect(start()("webgpu")).rejects.toThrow();
  const nowhere = { HOME: "/dev/null", XDG_CACHE_HOME: "/dev/null" };
  await expect(start({ env: nowhere })("webgpu")).rejects.toThrow("adapter");
  await expect(start({ env: {} })("webgpu")).rejects.toThrow("adapter");
  expect(tried).toHaveLength(4);
  expect(await readdir(join(folder, "pixelkiln"))).toEqual(["devices.json"]);
});
