import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ServiceError } from "../../shared/errors.ts";

/**
 * Writes a file atomically and creates its folder: a reader sees either the old file or the new one.
 * Throws ServiceError("storage-full") if it cannot be written, and leaves nothing behind.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  // Hidden, so that watchers and engines skip it; unique, so that two writers do not collide.
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, bytes, { flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    const code = (error as NodeJS.ErrnoException).code ?? "an error";
    const message =
      code === "ENOSPC"
        ? `The disk is full (ENOSPC), so ${path} was not written: free some space and try again.`
        : `${path} could not be written (${code}): check that its folder is writable.`;
    throw new ServiceError("storage-full", message, { cause: error });
  }
}

/** Does the same, but a file that is there with other bytes stays, unless `force` is set: throws file-changed. */
export async function writeUnlessChanged(path: string, bytes: Uint8Array, force: boolean): Promise<void> {
  const present = force ? null : await readFile(path).catch(() => null);
  if (present && !present.equals(bytes))
    throw new ServiceError("file-changed", `${path} already exists: choose another name, or use --force.`);
  await writeWhole(path, bytes);
}
