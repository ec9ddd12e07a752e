import { constants } from "node:fs";
import { type FileHandle, lstat, mkdir, open, realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { describeValue, notAFolder, ServiceError } from "../../shared/errors.ts";

/** Where assets are assembled before they are published. Not a safe name, so no client can refer to it. */
export const STAGING = ".staging";

const FILE_NAME = /^[a-z0-9][a-z0-9_.-]{0,100}$/;

// On Windows "nul.png" opens the device too.
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;

/** Whether a text is a plain file name of ours: small ASCII letters, digits, `_`, `.`, `-`; not a Windows device. */
export function isSafeFileName(name: string): boolean {
  return FILE_NAME.test(name) && !name.includes("..") && !name.endsWith(".") && !DEVICE.test(name);
}

/** Whether a text is safe file names joined by "/": the place of a file below a folder of ours. */
export function isSafeFilePath(path: string): boolean {
  return path.split("/").every(isSafeFileName);
}

/** A folder to build paths in: the only way from a name to a path. */
export interface Root {
  /** Real path of the folder, determined when it was opened. */
  readonly dir: string;
  /**
   * Returns the path of a file or folder below the root. The last part need not exist, the others must.
   * Throws not-found for a missing parent, invalid-request for a bad name or a link.
   */
  resolve(...parts: string[]): Promise<string>;
  /** Like `resolve`, but creates missing folders. */
  folder(...parts: string[]): Promise<string>;
  /** Returns the path of a file, safe names joined by "/", below a folder that exists; creates folders between them. */
  place(folder: readonly string[], path: string): Promise<string>;
}

/**
 * Opens a folder as a root, creating it if it is missing. Its real path is determined once: a link that is
 * swapped in later does not move it.
 */
export async function openRoot(dir: string): Promise<Root> {
  await mkdir(dir, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    throw notAFolder(dir, cause);
  });
  const root = await realpath(dir);
  return {
    dir: root,
    resolve: (...parts) => resolveInside(root, parts),
    folder: (...parts) => makeFolders(root, parts),
    place: (folder, path) => placeInside(root, folder, path.split("/")),
  };
}

async function resolveInside(root: string, parts: string[]): Promise<string> {
  checkParts(parts);
  const path = join(root, ...parts);
  await checkParent(root, path);
  await refuseLink(path);
  return path;
}

async function placeInside(root: string, folder: readonly string[], path: string[]): Promise<string> {
  if (path.length > 1) await makeFolders(root, [...folder, ...path.slice(0, -1)]);
  return resolveInside(root, [...folder, ...path]);
}

async function makeFolders(root: string, parts: string[]): Promise<string> {
  checkParts(parts);
  let path = root;
  for (const part of parts) {
    path = join(path, part);
    await mkdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    await refuseLink(path);
  }
  await checkParent(root, path);
  return path;
}

function checkParts(parts: string[]): void {
  for (const [i, part] of parts.entries()) {
    if (isSafeFileName(part) || (i === 0 && part === STAGING)) continue;
    const got = describeValue(part);
    throw new ServiceError("invalid-request", `A file name may only have a-z, 0-9, -, _ and .; got ${got}.`, {
      errors: [
        { field: "name", got, expected: "a file name of a-z, 0-9, -, _ and . with at most 101 characters" },
      ],
    });
  }
}

async function checkParent(root: string, path: string): Promise<void> {
  if (path === root) return;
  const parent = await realpath(dirname(path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
    throw new ServiceError("not-found", `${basename(path)} does not exist.`);
  });
  if (parent !== root && !parent.startsWith(root.endsWith(sep) ? root : root + sep)) throw leavesRoot(path);
}

async function refuseLink(path: string): Promise<void> {
  const info = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  if (info?.isSymbolicLink()) throw leavesRoot(path);
}

function leavesRoot(path: string): ServiceError {
  return new ServiceError(
    "invalid-request",
    `${basename(path)} leads out of the folder: links are not followed.`,
  );
}

/** Opens a resolved path for reading. If a link has taken its place, the system refuses (ELOOP). */
export function openForReading(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
}

/** Opens a resolved path as a new file. If anything is there already, even a link, this fails (EEXIST). */
export function openAsNew(path: string): Promise<FileHandle> {
  return open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o644);
}

/** The hidden name of a file until it is complete: watchers and engines ignore it. */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.tmp`);
}
