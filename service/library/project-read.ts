import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { z } from "zod";
import { ServiceError } from "../../shared/errors.ts";
import { sha256 } from "./hashes.ts";
import { isSafeFilePath, openRoot, type Root } from "./paths.ts";
import { type HashedFile, LOCK_SUFFIX, PendingFiles, ProjectLock } from "./project-files.ts";

/** Files that Godot's editor rewrites on import: we write them once, then they belong to the editor. */
export const ENGINE_OWNED = /\.(import|uid)$/;

/** What is known about an asset in a folder of a game: its lock, and which bytes of which files came from us. */
export interface OwnedFiles {
  lock: ProjectLock | null;
  /** Hashes from the lock, and those of an interrupted write. */
  ours: HashedFile[];
}

/** Reads the lock of an asset. A lock that does not parse counts as a person's: throws file-changed. */
export async function readOwned(folder: string, name: string): Promise<OwnedFiles> {
  const lock = await readOwn(join(folder, `${name}${LOCK_SUFFIX}`), ProjectLock);
  const pending = await readOwn(pendingPath(folder, name), PendingFiles).catch(() => null);
  return { lock, ours: [...(lock?.files ?? []), ...(lock?.former_files ?? []), ...(pending?.files ?? [])] };
}

/** The state on disk of the files listed in a lock. */
export interface FileState {
  /** Missing, or from an earlier write of ours. */
  outdated: string[];
  /** Changed by a person. */
  changed: string[];
}

/** Compares the files in a lock with the disk. Files owned by an engine only have to exist. */
export async function compareFiles(folder: string, { lock, ours }: OwnedFiles): Promise<FileState> {
  const state: FileState = { outdated: [], changed: [] };
  if (!lock) return state;
  const root = await openRoot(folder);
  await Promise.all(
    lock.files.map(async (file) => {
      const place = await placeOf(root, file.path);
      const bytes = place === null ? null : await readIfThere(place);
      const found = bytes === null ? null : sha256(bytes);
      if (found === file.sha256 || (found !== null && ENGINE_OWNED.test(file.path))) return;
      const isOurs = found === null || ours.some((own) => own.path === file.path && own.sha256 === found);
      (isOurs ? state.outdated : state.changed).push(file.path);
    }),
  );
  return { outdated: state.outdated.sort(), changed: state.changed.sort() };
}

/**
 * Gives the path of a file that the lock of a folder lists. Null if there is no such place in the folder: a lock may
 * come from a repository, so a name that leads elsewhere, or a link on the way, is not ours.
 */
export async function placeOf(root: Root, path: string): Promise<string | null> {
  if (!isSafeFilePath(path)) return null;
  return root.resolve(...path.split("/")).catch((error) => {
    if (error instanceof ServiceError) return null;
    throw error;
  });
}

/** Where a write records what it is about to do. */
export function pendingPath(folder: string, name: string): string {
  return join(folder, `.${name}.kiln.pending.json`);
}

/** Makes the error that names the files that a person made or changed. */
export function changedByPerson(paths: string[]): ServiceError {
  return new ServiceError(
    "file-changed",
    `Nothing was written, because these files are not Pixelkiln's, or were changed since it wrote them: ${paths.join(", ")}. Move them away, or choose another name.`,
    {
      errors: paths.map((path) => ({
        field: path,
        got: "different bytes",
        expected: "the bytes that Pixelkiln wrote, or no file",
      })),
    },
  );
}

/** Reads a JSON file of ours, or null if it does not exist. One that does not parse counts as a person's: file-changed. */
export async function readOwn<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  const bytes = await readIfThere(path);
  if (bytes === null) return null;
  try {
    return schema.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    throw changedByPerson([basename(path)]);
  }
}

/** Reads a file, or returns null if it does not exist. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
