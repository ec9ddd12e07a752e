import { access, constants, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describeValue, invalidParameter, notAFolder } from "../../shared/errors.ts";
import { sha256 } from "../library/hashes.ts";
import type { ProjectLock } from "../library/project-files.ts";
import { changedByPerson, readIfThere, readOwned } from "../library/project-read.ts";

/** Starts the provenance in a PNG of ours. */
const PROVENANCE = 'pixelkiln\0{"generator":';

/** Throws storage-full for a folder that can be neither created nor written to. It creates nothing. */
export async function checkFolder(dir: string): Promise<void> {
  for (let path = dir; ; path = dirname(path)) {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" && path !== dirname(path)) return null;
      throw notAFolder(dir, error);
    });
    if (found === null) continue;
    if (!found.isDirectory()) throw notAFolder(dir, Object.assign(new Error("a file"), { code: "ENOTDIR" }));
    await access(path, constants.W_OK | constants.X_OK).catch((error) => {
      throw notAFolder(dir, error);
    });
    return;
  }
}

/** The same for the folder of a file, which must not be a folder itself. */
export async function checkFile(path: string): Promise<void> {
  await checkFolder(dirname(path));
  if ((await stat(path).catch(() => null))?.isDirectory())
    throw invalidParameter("output", describeValue(path), "the name of a file, not of a folder");
}

/**
 * Checks the place of an asset before it is drawn, and gives the lock of the one that is there. Throws like checkFolder,
 * and file-changed if its picture is certain not to be ours; all other files are checked when they are written.
 */
export async function checkTarget(
  folder: string,
  name: string,
  picture: string,
): Promise<ProjectLock | null> {
  await checkFolder(folder);
  const { lock, ours } = await readOwned(folder, name);
  const bytes = await readIfThere(join(folder, picture));
  const isOurs =
    bytes === null || bytes.includes(PROVENANCE) || ours.some((file) => file.sha256 === sha256(bytes));
  if (!isOurs) throw changedByPerson([picture]);
  return lock;
}
