import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { ServiceError } from "../../shared/errors.ts";

const LOCK_FILE = "instance.lock";

/** Keeps held databases from the garbage collector, which would close them and with them the lock. */
const held = new Set<Database.Database>();

/** Held by the one service of a data folder until `release`, or until its process ends, however it ends. */
export interface InstanceLock {
  release(): void;
}

/**
 * Takes the data folder for this process, or throws: a second service on it would take the running jobs of
 * the first one back. The lock is SQLite's exclusive lock on an empty database, so the system itself gives
 * it back when a process is killed: no stale process ids, no waiting. Makes the folder when it is missing.
 */
export function lockInstance(dir: string): InstanceLock {
  mkdirSync(dir, { recursive: true });
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
      `Expected no other service on ${dir} but received a lock that is held: stop the other service, or use another project.`,
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
