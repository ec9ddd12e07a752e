import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { release } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { isAlive } from "../is-alive.ts";
import type { Provider } from "./execution-provider.ts";
import { inWords } from "./runtime-words.ts";

/** How long a failure counts, in ms: what the key does not see may have changed after a week. */
const REMEMBERED_MS = 7 * 24 * 3_600_000;
/** A provider during whose probe so many processes in a row died is left alone: it takes them with it. */
const MOST_DEATHS = 2;
/** Where the drivers of Vulkan are listed on Linux. */
const VULKAN = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d"];

const MemoryFile = z.object({
  /** Hash of the runtime, the system and its drivers. */
  machine: z.string(),
  failures: z.record(z.string(), z.object({ reason: z.string(), until: z.number() })),
  /** Probes that were begun and not ended, and by which process. */
  begun: z.record(z.string(), z.object({ pid: z.number(), count: z.number() })),
});
type MemoryFile = z.infer<typeof MemoryFile>;

export interface MemoryOptions {
  env: NodeJS.ProcessEnv;
  /** sha256 of the model whose networks are probed. */
  model: string;
  /** Version of the runtime, and the folder of its libraries. */
  runtime: { version: string; folder: string };
  /** Whether to try again what failed before. */
  again?: boolean;
  /** Time in ms. */
  now?: () => number;
}

/**
 * Makes a probe that remembers failures on this machine, in a file of the user's cache folder, until the runtime, the system
 * or a driver changes: a failed probe of WebGPU takes 0.2 s, which every start would pay. What worked is tried each time,
 * so that nothing is drawn on a card that is gone. A provider that ends the process is left alone after the second time.
 */
export function rememberFailures(
  probe: (provider: Provider) => Promise<void>,
  { env, model, runtime, again = false, now = Date.now }: MemoryOptions,
): (provider: Provider) => Promise<void> {
  const path = memoryPath(env, process.platform);
  if (path === null) return probe;
  return async (provider) => {
    const machine = await describeMachine(env, runtime);
    const key = `${model.slice(0, 16)} ${provider}`;
    const { failures, begun } = await readMemory(path, machine);
    const failure = failures[key];
    if (!again && failure && now() < failure.until) throw new Error(failure.reason);
    const last = begun[key];
    const deaths = last && !isAlive(last.pid) ? last.count : 0;
    if (!again && deaths >= MOST_DEATHS)
      throw new Error("Its driver ended the process each time. To try again: pixelkiln gpu");
    await change(path, machine, (memory) => {
      memory.begun[key] = { pid: process.pid, count: deaths + 1 };
    });
    let reason: string | null = null;
    try {
      await probe(provider);
    } catch (error) {
      reason = inWords(error);
      throw error;
    } finally {
      await change(path, machine, (memory) => {
        delete memory.begun[key];
        delete memory.failures[key];
        if (reason !== null) memory.failures[key] = { reason, until: now() + REMEMBERED_MS };
      });
    }
  };
}

/** The file of what is remembered; null where the environment names no folder for it. */
function memoryPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const { HOME, LOCALAPPDATA, XDG_CACHE_HOME } = env;
  const caches = { win32: LOCALAPPDATA, darwin: HOME && join(HOME, "Library", "Caches") } as const;
  const other = XDG_CACHE_HOME || (HOME && join(HOME, ".cache"));
  const folder = platform in caches ? caches[platform as keyof typeof caches] : other;
  return folder ? join(folder, "pixelkiln", "devices.json") : null;
}

/** Hashes what decides which providers work. On Linux, ld.so.cache changes with each library that is installed. */
async function describeMachine(env: NodeJS.ProcessEnv, runtime: MemoryOptions["runtime"]): Promise<string> {
  const changed = (path: string) =>
    stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
  const parts = [
    ...[runtime.version, process.platform, process.arch, release()],
    ...[env.LD_LIBRARY_PATH, env.VK_DRIVER_FILES, env.VK_ICD_FILENAMES, env.CUDA_VISIBLE_DEVICES],
    await readFile("/proc/driver/nvidia/version", "utf8").catch(() => ""),
    ...(await readdir(runtime.folder).catch(() => [])),
    ...(await Promise.all([runtime.folder, "/etc/ld.so.cache", ...VULKAN].map(changed))),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

/** Reads what is remembered of this very machine. */
async function readMemory(path: string, machine: string): Promise<MemoryFile> {
  const text = await readFile(path, "utf8").catch(() => "null");
  const read = MemoryFile.safeParse(parseJson(text));
  return read.success && read.data.machine === machine ? read.data : { machine, failures: {}, begun: {} };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Changes the file whole. Where it cannot be written, every start probes. */
async function change(path: string, machine: string, edit: (memory: MemoryFile) => void): Promise<void> {
  const memory = await readMemory(path, machine);
  edit(memory);
  const temporary = `${path}.${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, JSON.stringify(memory));
    await rename(temporary, path);
  } catch {
    // A cache is a help, never a need.
  }
}
