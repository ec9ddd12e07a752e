import { type ChildProcess, fork } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { SdServerModel } from "../../../shared/server-models.ts";

/** Lines of a server's output that are kept to explain its death. */
const KEPT_LINES = 40;

/** A server that runs as our own child, on this machine only. */
export interface OwnedProcess {
  readonly port: number;
  readonly alive: boolean;
  /** Its last lines. */
  lines(): string[];
  /** Calls `listener` with each line of its output; the function it gives ends that. */
  onLine(listener: (line: string) => void): () => void;
  readonly exited: Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

/** Starts stable-diffusion.cpp's sd-server on 127.0.0.1 and a free port (examples/server/README.md). */
export async function startOwned(model: SdServerModel): Promise<OwnedProcess> {
  const port = await freePort();
  const { server, checkpoint, lora_dir: loras, args } = model;
  const own = ["-m", checkpoint, "--listen-ip", "127.0.0.1", "--listen-port", String(port)];
  const all = [...own, ...(loras === undefined ? [] : ["--lora-model-dir", loras]), ...args];
  const extension = import.meta.url.endsWith(".ts") ? "mjs" : "js";
  const keeper = fileURLToPath(new URL(`./keeper.${extension}`, import.meta.url));
  const child = fork(keeper, [server, ...all], { stdio: ["ignore", "pipe", "pipe", "ipc"], execArgv: [] });
  return watch(child, port);
}

function watch(child: ChildProcess, port: number): OwnedProcess {
  const kept: string[] = [];
  const listeners = new Set<(line: string) => void>();
  let alive = true;
  let serverPid: number | null = null;
  const exited = new Promise<void>((resolve) => {
    const end = (): void => {
      alive = false;
      // Had somebody ended the keeper alone, its server would live on.
      if (serverPid !== null && child.signalCode !== null) endProcess(serverPid);
      resolve();
    };
    child.once("exit", end);
    child.once("error", end);
  });
  child.on("message", (message: { pid?: number }) => {
    serverPid = message.pid ?? null;
  });
  for (const output of [child.stdout, child.stderr]) {
    let rest = "";
    output?.setEncoding("utf8").on("data", (text: string) => {
      // Its progress is one line that is written again and again.
      const parts = (rest + stripVTControlCharacters(text)).split(/[\r\n]+/);
      rest = parts.pop() ?? "";
      const isProgress = PROGRESS.test(rest);
      for (const line of [...parts, ...(isProgress ? [rest] : [])].filter((one) => one.trim() !== "")) {
        kept.push(line.trim());
        if (kept.length > KEPT_LINES) kept.shift();
        for (const listener of listeners) listener(line);
      }
    });
  }
  return {
    port,
    get alive() {
      return alive;
    },
    lines: () => [...kept],
    onLine(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    exited,
    kill() {
      if (serverPid !== null && alive) endProcess(serverPid);
      if (child.connected) child.disconnect();
    },
  };
}

/** "  |======>      | 33/50 - 1.06it/s": a denoising step of how many. */
export const PROGRESS = /(\d+)\/(\d+) - [\d.]+ ?(?:it\/s|s\/it)/;

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
