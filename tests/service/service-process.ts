import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../../bin/pixelkiln.mjs", import.meta.url));

/** A real `pixelkiln serve` in its own process. */
export interface RunningService {
  url: string;
  process: ChildProcess;
  /** Stops it in an orderly way and gives its exit code. */
  stop(): Promise<number | null>;
  /** Kills it with SIGKILL. */
  kill(): Promise<void>;
}

/** Makes an empty project in the system's temporary folder. */
export async function temporaryProject(): Promise<{ dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), "pixelkiln-test-"));
  return { dir, remove: () => rm(dir, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Starts the service, on PIXELKILN_PORT of `env` or a free port, and waits until it prints its address. */
export async function startServiceProcess(
  project: string,
  env: Record<string, string> = {},
): Promise<RunningService> {
  const port = env.PIXELKILN_PORT ?? "0";
  const child = spawn(process.execPath, [binary, "serve", "--project", project, "--port", port], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
      if (found) resolve(found[0]);
    };
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
    child.once("exit", (code) =>
      reject(new Error(`serve ended with ${code} before it listened:\n${output}`)),
    );
  });
  const ended = once(child, "exit");
  return {
    url,
    process: child,
    stop: async () => {
      child.kill("SIGTERM");
      return (await ended)[0] as number | null;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** POSTs JSON and gives the status and the body. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export async function getJson(url: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(url);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Polls until `look` gives a value, or throws after `seconds`. */
export async function until<T>(look: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  const limit = Date.now() + seconds * 1000;
  while (Date.now() < limit) {
    const value = await look();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing came within ${seconds} s`);
}
