import { join } from "node:path";
import { ProjectInfo } from "../../shared/project.ts";
import { isLoopbackUrl } from "../../shared/server-models.ts";
import { readServiceRecord } from "../library/service-record.ts";

/** A service on this machine that does not answer within this many ms is not used. */
const PATIENCE_MS = 2_000;

/**
 * Finds the service that is running for a project, or null. The project's record of it is only a hint: the address must
 * be on this machine, and the instance that wrote the record must answer there.
 */
export async function findService(projectDir: string): Promise<string | null> {
  const record = await readServiceRecord(join(projectDir, ".pixelkiln"));
  if (!record || !isLoopbackUrl(record.url)) return null;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(new URL("/v1/project", record.url), { signal, redirect: "error" });
    const { instance } = ProjectInfo.parse(await response.json());
    return instance === record.instance ? record.url : null;
  } catch {
    return null;
  }
}
