import { LOCK_SUFFIX, ProjectLock } from "../library/project-files.ts";
import { readOwn } from "../library/project-read.ts";
import { walkProject } from "./walk-project.ts";

/** Finds the ids of all assets that lie in a game, by their locks. A lock that cannot be read is passed over. */
export async function usedAssets(dir: string): Promise<Set<string>> {
  const locks = await walkProject(dir, (name) => name.endsWith(LOCK_SUFFIX));
  const read = await Promise.all(locks.map((path) => readOwn(path, ProjectLock).catch(() => null)));
  return new Set(read.flatMap((lock) => (lock ? [lock.asset_id] : [])));
}
