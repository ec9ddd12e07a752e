import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { ServiceError } from "../../shared/errors.ts";
import type { JobProgress } from "../../shared/job.ts";
import type { HostResult } from "../generators/drawn-pictures.ts";
import type { PixelWorkResult } from "../pixel/pixel-work.ts";
import { type DeviceReport, FromModelProcess, type ToModelProcess } from "./messages.ts";

/** What a process may answer to a message: pictures of a plan, finished frames, or null for a load. */
export type WorkResult = HostResult | PixelWorkResult | null;

/** The model process ended while it owed an answer. The same work may be tried again. */
export class ModelProcessDied extends Error {
  readonly retryable = true;
  /** Whether the work had begun: a process that died while it started or loaded did not die of the work. */
  readonly begun: boolean;

  constructor(reason: string, begun: boolean) {
    super(`The model process ended (${reason}).`);
    this.name = "ModelProcessDied";
    this.begun = begun;
  }
}

export interface ChildOptions {
  env: NodeJS.ProcessEnv;
  log: (message: string, fields?: Record<string, unknown>) => void;
  onDevice: (device: DeviceReport) => void;
}

/** One forked model process, as the service sees it. */
export interface ModelChild {
  readonly pid: number | null;
  /** Whether it can still answer. */
  readonly alive: boolean;
  /**
   * Sends a message and waits for its answer. Rejects with the ServiceError of the
   * process, or with ModelProcessDied when it ends first.
   */
  ask(message: ToModelProcess, onProgress?: (progress: JobProgress) => void): Promise<WorkResult>;
  /** Sends a message that is not waited for. */
  tell(message: ToModelProcess): void;
  /** Ends it at once: SIGKILL, also in the middle of a run. */
  kill(): void;
  /** Lets it end by itself, which it does when the channel closes. */
  disconnect(): void;
  readonly exited: Promise<void>;
}

interface Waiting {
  resolve: (result: WorkResult) => void;
  reject: (error: Error) => void;
  onProgress: (progress: JobProgress) => void;
  begun: boolean;
}

/** Forks a model process: a .ts file through tsx when this file is one, else the built .js. */
export function startModelChild({ env, log, onDevice }: ChildOptions): ModelChild {
  const child = forkEntry(env);
  const waiting = new Map<number, Waiting>();
  const { promise: exited, resolve: ended } = promiseParts();
  let alive = true;

  const end = (reason: string) => {
    if (!alive) return;
    alive = false;
    for (const { reject, begun } of waiting.values()) reject(new ModelProcessDied(reason, begun));
    waiting.clear();
    ended();
  };
  child.on("exit", (code, signal) => end(signal ?? `exit code ${code}`));
  child.on("error", (error) => {
    log("The model process cannot be reached.", { reason: error.message });
    if (child.pid === undefined) end(error.message);
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    // The runtime's own chatter, such as each device that a probe did not find: `doctor` tells it better.
    log("The model process wrote a note.", { level: "debug", text: stripVTControlCharacters(text).trim() });
  });
  child.on("message", (raw) => {
    const parsed = FromModelProcess.safeParse(raw);
    if (parsed.success) receive(parsed.data, waiting, onDevice);
    else {
      log("The model process sent a message that is not valid.", { reason: parsed.error.issues[0]?.message });
      child.kill("SIGKILL");
    }
  });

  const tell = (message: ToModelProcess) => {
    // A closed channel is told by "exit" too; the callback keeps send from throwing.
    if (alive && child.connected) child.send(message, () => {});
  };
  return {
    pid: child.pid ?? null,
    get alive() {
      return alive;
    },
    ask(message, onProgress = () => {}) {
      if (!alive) return Promise.reject(new ModelProcessDied("before the work began", false));
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
  message: FromModelProcess,
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
  if (message.type === "failed") {
    const { code, message: text, errors } = message.error;
    entry.reject(new ServiceError(code, text, { errors }));
  } else entry.resolve("result" in message ? message.result : null);
}

function forkEntry(env: NodeJS.ProcessEnv): ChildProcess {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const entry = fileURLToPath(new URL(`./process.${extension}`, import.meta.url));
  // Resolved from here: "--import tsx" alone would be looked up from the working directory.
  const loader = () => pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  return fork(entry, [], {
    env,
    execArgv: extension === "ts" ? ["--import", loader()] : [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

function promiseParts(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
