import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { notAFolder, ServiceError } from "../../shared/errors.ts";
import { asDatabaseError } from "./sqlite-error.ts";

const LOCK_FILE = "instance.lock";

/** Keeps open databases from the garbage collector, which would close them and release the lock. */
const held = new Set<Database.Database>();

/** Held by a data folder's only service until `release`, or until its process ends, however it ends. */
export interface InstanceLock {
  /** Whether the locked file was deleted or replaced (`git clean -fdx`), so that another service could lock the folder. */
  isLost(): boolean;
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
  const db = openLockFile(file);
  try {
    db.pragma("busy_timeout = 0");
    db.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    db.close();
    if ((cause as { code?: string }).code !== "SQLITE_BUSY") throw asDatabaseError(cause as Error);
    throw new ServiceError(
      "already-running",
      `Another service already uses this project (${dir}): stop it, or choose another project.`,
      { cause },
    );
  }
  held.add(db);
  const { ino } = statSync(file);
  return {
    isLost: () => statSync(file, { throwIfNoEntry: false })?.ino !== ino,
    release() {
      if (!held.delete(db)) return;
      db.exec("ROLLBACK");
      db.close();
    },
  };
}

function openLockFile(file: string): Database.Database {
  try {
    return new Database(file);
  } catch (error) {
    throw asDatabaseError(error as Error);
  }
}
