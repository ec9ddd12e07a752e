import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SERVICE_RECORD, ServiceRecord } from "../../shared/project.ts";
import { jsonBytes, realDisk, removeAll } from "./disk.ts";
import { temporaryPath } from "./paths.ts";

/** Records in the data folder of a project where its service listens, until `remove`. */
export async function writeServiceRecord(
  dataDir: string,
  record: ServiceRecord,
): Promise<{ remove(): Promise<void> }> {
  const path = join(dataDir, SERVICE_RECORD);
  await removeAll(temporaryPath(path));
  await realDisk.writeNew(temporaryPath(path), jsonBytes(record));
  await realDisk.rename(temporaryPath(path), path);
  return { remove: () => removeAll(path) };
}

/**
 * Reads the record of a project's service, or null. A service that was killed leaves its record behind, and
 * the file may come from someone's repository: the caller asks the address whether it is that instance.
 */
export async function readServiceRecord(dataDir: string): Promise<ServiceRecord | null> {
  try {
    return ServiceRecord.parse(JSON.parse(await readFile(join(dataDir, SERVICE_RECORD), "utf8")));
  } catch {
    return null;
  }
}
