import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ServiceError } from "../../shared/errors.ts";

/**
 * Puts a file in its place in one step, its folder too: whoever reads it sees the old one or the new one.
 * Throws ServiceError("storage-full") when it cannot be written; nothing is left behind then.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  // Hidden, so that watchers and engines pass it over; its own, so that two writers do not meet.
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, bytes, { flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    const code = (error as NodeJS.ErrnoException).code ?? "an error";
    throw new ServiceError("storage-full", `Expected to write ${path} but received ${code}.`, {
      cause: error,
    });
  }
}
