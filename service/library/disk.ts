import { constants } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { ServiceError } from "../../shared/errors.ts";
import { openAsNew } from "./paths.ts";

/** The writing half of a disk. A parameter, so that tests can let a disk fill up at any point. */
export interface Disk {
  /** Writes a new file and returns once its bytes are on disk. The path must not exist. */
  writeNew(path: string, bytes: Uint8Array): Promise<void>;
  /** Moves a complete file into place in one step. */
  rename(from: string, to: string): Promise<void>;
  /** Returns once the entries of a folder (names, renames) are on disk. */
  syncFolder(path: string): Promise<void>;
}

export const realDisk: Disk = {
  async writeNew(path, bytes) {
    const handle = await openAsNew(path);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  rename,
  async syncFolder(path) {
    // Windows cannot open a folder; its file system journals names anyway.
    if (process.platform === "win32") return;
    const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

const NO_SPACE = new Set(["ENOSPC", "EDQUOT"]);
const NOT_WRITABLE = new Set(["EROFS", "EACCES", "EPERM"]);

/** Turns the errors of a full or read-only disk into storage-full; others are returned unchanged. */
export function asStorageError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? "";
  if (NO_SPACE.has(code)) {
    return new ServiceError("storage-full", `The disk is full (${code}): free some space and try again.`, {
      cause: error,
    });
  }
  if (NOT_WRITABLE.has(code)) {
    return new ServiceError("storage-full", `Cannot write to the folder (${code}): check its permissions.`, {
      cause: error,
    });
  }
  return error;
}

/** Removes a file or folder with everything in it; it does not have to exist. */
export function removeAll(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
}

/** Returns a value as the JSON text that our files contain: two spaces, a newline at the end, UTF-8. */
export function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
