import { join } from "node:path";
import { ProjectInfo } from "../../shared/project.ts";
import { readServiceRecord } from "../library/service-record.ts";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
/** A service on this machine that does not answer within so many ms is not used. */
const PATIENCE_MS = 2_000;

/**
 * Finds the service that runs for a project now, or null. What the project says of it is a hint only: the address must
 * be one of this machine and answer as the very instance that wrote the hint.
 */
export async function findService(projectDir: string): Promise<string | null> {
  const record = await readServiceRecord(join(projectDir, ".pixelkiln"));
  if (!record || !isLoopback(record.url)) return null;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(new URL("/v1/project", record.url), { signal, redirect: "error" });
    const { instance } = ProjectInfo.parse(await response.json());
    return instance === record.instance ? record.url : null;
  } catch {
    return null;
  }
}

/** Whether an address is one of this machine. */
export function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
}
