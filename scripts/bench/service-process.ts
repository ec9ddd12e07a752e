import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const OWN = fileURLToPath(new URL("../..", import.meta.url));

/** A real service in a process of its own. */
export interface BenchService {
  url: string;
  pid: number;
  stop: (signal: NodeJS.Signals) => Promise<void>;
}

/** Starts `pixelkiln serve` of a clone (this one) for a project and waits until it listens. */
export async function startBenchService(
  project: string,
  clone = OWN,
  env: NodeJS.ProcessEnv = process.env,
): Promise<BenchService> {
  const child = spawn(
    process.execPath,
    [join(clone, "bin/pixelkiln.mjs"), "serve", "--project", project, "--port", "0"],
    {
      stdio: ["ignore", "pipe", "ignore"],
      env,
    },
  );
  const url = await listeningUrl(child);
  const ended = once(child, "exit");
  return {
    url,
    pid: child.pid ?? 0,
    async stop(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

async function listeningUrl(child: ChildProcess): Promise<string> {
  let output = "";
  for await (const chunk of child.stdout ?? []) {
    output += chunk;
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
    if (found) {
      child.stdout?.resume();
      return found[0];
    }
  }
  throw new Error(`The service ended before it listened: ${output}`);
}

/** Runs work with an empty project folder that is removed afterwards. */
export async function withProject<T>(work: (project: string) => Promise<T>): Promise<T> {
  const project = await mkdtemp(join(tmpdir(), "pixelkiln-bench-"));
  try {
    return await work(project);
  } finally {
    await rm(project, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Sends JSON and returns the answer's JSON. Throws when the status is not a success. */
export async function send(url: string, body?: unknown): Promise<Record<string, unknown>> {
  const init =
    body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(url, init);
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Lists the ids of a process's children. POSIX only. */
export function childrenOf(pid: number): number[] {
  return processTable()
    .filter((row) => row.parent === pid)
    .map((row) => row.pid);
}

/** MiB of memory that processes hold (resident set). POSIX only. */
export function residentMiB(pids: readonly number[]): number {
  const kib = processTable()
    .filter((row) => pids.includes(row.pid))
    .map((row) => row.rss);
  return kib.reduce((sum, one) => sum + one, 0) / 1024;
}

function processTable(): { pid: number; parent: number; rss: number }[] {
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" });
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [pid = 0, parent = 0, rss = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, rss };
    });
}
