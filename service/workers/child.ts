import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { constants, setPriority } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { ServiceError } from "../../shared/errors.ts";
import type { JobProgress } from "../../shared/job.ts";
import type { ConfiguredModel } from "../generators/catalog.ts";
import type { Log } from "../service-log.ts";
import { type DeviceReport, FromWorker, type ToWorker } from "./messages.ts";
import { UnreadablePlan } from "./unreadable-plan.ts";
import { WorkerDied } from "./worker-died.ts";

/**
 * How a process deals with memory. The environment sets the allocator of glibc, and other systems do not read it.
 *
 * `kept` is for a process that stays. Freed memory goes back to the system, where the allocator would keep 60 MB after a
 * model was loaded (its own first threshold will do) and 8 MB in the arenas of threads; the nursery is small, 25 MB less
 * for the same speed; and a collection can be asked for once a model is loaded.
 *
 * `brief` is for a process that draws once: it keeps what it freed and takes huge pages, and so opens the networks in
 * two thirds of the time.
 */
const MEMORY = {
  kept: {
    env: { MALLOC_TRIM_THRESHOLD_: "131072", MALLOC_ARENA_MAX: "1" },
    flags: ["--max-semi-space-size=2", "--expose-gc"],
  },
  brief: {
    env: {
      MALLOC_TRIM_THRESHOLD_: "268435456",
      MALLOC_MMAP_THRESHOLD_: "33554432",
      MALLOC_TOP_PAD_: "16777216",
      GLIBC_TUNABLES: "glibc.malloc.hugetlb=1",
    },
    flags: [],
  },
} as const;

export interface ChildOptions {
  env: NodeJS.ProcessEnv;
  /** Folders that hold model folders; the first one with an id wins. */
  modelsDirs: readonly string[];
  /** Models that a configuration describes. */
  configured: readonly ConfiguredModel[];
  log: Log;
  /** Port at which a debugger can attach; null: none. */
  inspectPort: number | null;
  onDevice: (device: DeviceReport) => void;
  /** Whether the process ends soon, with the command that needs it: then a fast start matters more than memory. */
  isBrief: boolean;
}

/** A forked worker process, as the service sees it. */
export interface WorkerChild {
  readonly pid: number | null;
  /** Whether it can still answer. */
  readonly alive: boolean;
  /**
   * Sends a message and waits for the answer. Rejects with the ServiceError of the process, with UnreadablePlan, or with
   * WorkerDied if it ends first.
   */
  ask(message: ToWorker, onProgress?: (progress: JobProgress) => void): Promise<unknown>;
  /** Sends a message without waiting for an answer. */
  tell(message: ToWorker): void;
  /** Ends it at once with SIGKILL, even in the middle of a run. */
  kill(): void;
  /** Closes the channel, after which it ends by itself. */
  disconnect(): void;
  readonly exited: Promise<void>;
}

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
  onProgress: (progress: JobProgress) => void;
  begun: boolean;
}

/** Forks a worker process: through tsx if this file is TypeScript, else from the built .js. */
export function startChild(options: ChildOptions): WorkerChild {
  const { log, onDevice } = options;
  const child = forkEntry(options);
  // Of one command, it is what the user waits for.
  if (!options.isBrief) yieldToService(child);
  const waiting = new Map<number, Waiting>();
  const { promise: exited, resolve: ended } = promiseParts();
  let alive = true;

  const end = (reason: string) => {
    if (!alive) return;
    alive = false;
    for (const { reject, begun } of waiting.values()) reject(new WorkerDied(reason, begun));
    waiting.clear();
    ended();
  };
  child.on("exit", (code, signal) => end(signal ?? `exit code ${code}`));
  child.on("error", (error) => {
    log("A worker process cannot be reached.", { level: "error", error });
    if (child.pid === undefined) end(error.message);
  });
  // Besides console output, the runtime's own messages, such as every device that a probe did not find. `doctor`
  // explains them better.
  for (const output of [child.stdout, child.stderr])
    output?.setEncoding("utf8").on("data", (text: string) => {
      const { pid } = child;
      const noInspector = /^Starting inspector on \S+ failed/m.test(text);
      log(noInspector ? "No debugger can attach to a worker process." : "Output of a worker process.", {
        level: noInspector ? "warn" : "debug",
        pid,
        text: stripVTControlCharacters(text).trim(),
      });
    });
  child.on("message", (raw) => {
    const parsed = FromWorker.safeParse(raw);
    if (parsed.success) receive(parsed.data, waiting, onDevice);
    else {
      log("A worker process sent an invalid message.", {
        level: "error",
        reason: parsed.error.issues[0]?.message,
      });
      child.kill("SIGKILL");
    }
  });

  const tell = (message: ToWorker) => {
    // "exit" reports a closed channel too; the callback keeps send from throwing.
    if (alive && child.connected) child.send(message, () => {});
  };
  return {
    pid: child.pid ?? null,
    get alive() {
      return alive;
    },
    ask(message, onProgress = () => {}) {
      if (!alive) return Promise.reject(new WorkerDied("before the work began", false));
      return new Promise((resolve, reject) => {
        waiting.set(message.id, { resolve, reject, onProgress, begun: false });
        tell(message);
      });
    },
    tell,
    kill: () => void child.kill("SIGKILL"),
    disconnect: () => void (child.connected && child.disconnect()),
    exited,
  };
}

function receive(
  message: FromWorker,
  waiting: Map<number, Waiting>,
  onDevice: (device: DeviceReport) => void,
): void {
  if (message.type === "device") {
    onDevice(message.device);
    return;
  }
  const entry = waiting.get(message.id);
  if (!entry) return;
  if (message.type === "progress") {
    if (message.progress.stage !== "loading-model") entry.begun = true;
    entry.onProgress(message.progress);
    return;
  }
  waiting.delete(message.id);
  if (message.type === "unreadable-plan") entry.reject(new UnreadablePlan(message.fault));
  else if (message.type === "failed") {
    const { code, message: text, errors, cause } = message.error;
    entry.reject(new ServiceError(code, text, { errors, ...(cause ? { cause } : {}) }));
  } else entry.resolve("answer" in message ? message.answer : null);
}

function forkEntry({ env, modelsDirs, configured, inspectPort, isBrief }: ChildOptions): ChildProcess {
  const memory = isBrief ? MEMORY.brief : MEMORY.kept;
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const entry = fileURLToPath(new URL(`./process.${extension}`, import.meta.url));
  // Resolved from here, because "--import tsx" alone would be looked up from the working directory.
  const loader = () => pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  return fork(entry, [JSON.stringify({ modelsDirs, configured })], {
    env: { ...memory.env, ...env },
    execArgv: [
      ...memory.flags,
      ...(extension === "ts" ? ["--import", loader()] : []),
      ...(inspectPort === null ? [] : [`--inspect=127.0.0.1:${inspectPort}`]),
    ],
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

function promiseParts(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Lets the service answer first when both want a core. Where the system forbids it, they share evenly. */
function yieldToService({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Nothing depends on it.
  }
}
