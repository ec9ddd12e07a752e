import { statfs } from "node:fs/promises";
import { ServiceError } from "../../shared/errors.ts";
import type { InstanceLock } from "../queue/instance-lock.ts";
import type { JobStore } from "../queue/job-store.ts";

/** What has to be free for the files of the jobs that were accepted, in bytes. */
const DISK_FLOOR = 64 * 1024 * 1024;

export interface StorageCheckOptions {
  /** The service's own folder. */
  dir: string;
  lock: Pick<InstanceLock, "isLost">;
  store: Pick<JobStore, "failure" | "probe">;
  /** Free bytes of the disk of a folder; default: what the system says. */
  freeBytes?: (dir: string) => Promise<number>;
}

/** Throws a ServiceError while new jobs could not be stored, or what they make. */
export type StorageCheck = () => Promise<void>;

/** Makes the check of a service's folder: it is still there, its disk has room, and the job database takes writes. */
export function createStorageCheck(options: StorageCheckOptions): StorageCheck {
  const { dir, lock, store, freeBytes = readFreeBytes } = options;
  return async () => {
    if (lock.isLost()) throw folderGone(dir);
    if ((await freeBytes(dir)) < DISK_FLOOR) {
      throw new ServiceError(
        "storage-full",
        `The disk of ${dir} has less than ${DISK_FLOOR / 1024 / 1024} MiB left: free some space and try again.`,
      );
    }
    if (store.failure !== null) await store.probe();
  };
}

/** The error of a service whose folder was deleted or replaced while it ran. */
export function folderGone(dir: string): ServiceError {
  return new ServiceError(
    "shutting-down",
    `The folder ${dir} was deleted while the service ran, so the service stops: start it again.`,
  );
}

async function readFreeBytes(dir: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize;
  } catch {
    // A file system that does not tell says so when it is written to.
    return Number.POSITIVE_INFINITY;
  }
}
