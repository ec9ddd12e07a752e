import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { notAFolder, ServiceError } from "../../shared/errors.ts";

const LOCK_FILE = "instance.lock";

/** Keeps open databases from the garbage collector, which would close them and release the lock. */
const held = new Set<Database.Database>();

/** Held by a data folder's only service until `release`, or until its process ends, however it ends. */
export interface InstanceLock {
  release(): void;
}

/**
 * Locks the data folder for this process, or throws: a second service would requeue the running jobs of the first. The
 * lock is SQLite's exclusive lock on an empty database, so the system releases it when a process is killed: no stale
 * process ids, no waiting. Creates the folder if it is missing.
 */
export function lockInstance(dir: string): InstanceLock {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (cause) {
    throw notAFolder(dir, cause as NodeJS.ErrnoException);
  }
  const file = join(dir, LOCK_FILE);
  const db = new Database(file);
  try {
    db.pragma("busy_timeout = 0");
    db.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    db.close();
    if ((cause as { code?: string }).code !== "SQLITE_BUSY") throw cause;
    throw new ServiceError(
      "already-running",
      `Another service already uses this project (${dir}): stop it, or choose another project.`,
      { cause },
    );
  }
  held.add(db);
  return {
    release() {
      if (!held.delete(db)) return;
      db.exec("ROLLBACK");
      db.close();
    },
  };
}
