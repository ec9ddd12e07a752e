import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isForeign } from "./is-foreign.ts";

/** How many folders are read at a time. */
const AT_ONCE = 16;

/** What a tree looks like: a stamp for each folder that is another one after it was made anew, and for each wanted file. */
export interface TreeStamps {
  folders: Map<string, string>;
  files: Map<string, string>;
}

/**
 * Reads the stamps of a folder and everything below it, by absolute path, except what isForeign names. Links are not
 * followed. What vanishes meanwhile is left out.
 */
export async function readTree(dir: string, wants: (path: string) => boolean): Promise<TreeStamps> {
  const stamps: TreeStamps = { folders: new Map(), files: new Map() };
  let folders = [dir];
  while (folders.length > 0) {
    const next: string[] = [];
    for (let i = 0; i < folders.length; i += AT_ONCE) {
      const below = await Promise.all(
        folders.slice(i, i + AT_ONCE).map((folder) => readFolder(folder, wants, stamps)),
      );
      next.push(...below.flat());
    }
    folders = next;
  }
  return stamps;
}

/** Reads one folder into `stamps` and returns the folders in it. */
async function readFolder(
  folder: string,
  wants: (path: string) => boolean,
  { folders, files }: TreeStamps,
): Promise<string[]> {
  const own = await lstat(folder, { bigint: true }).catch(() => null);
  const entries = own && (await readdir(folder, { withFileTypes: true }).catch(() => null));
  if (!entries) return [];
  // An inode is used again at once on some file systems, so the time of birth counts as well.
  folders.set(folder, `${own.ino}:${own.birthtimeNs}`);
  const seen = entries.filter((entry) => !isForeign(entry.name));
  const wanted = seen.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name));
  await Promise.all(
    wanted.filter(wants).map(async (path) => {
      const about = await lstat(path, { bigint: true }).catch(() => null);
      if (about) files.set(path, `${about.ino}:${about.size}:${about.mtimeNs}`);
    }),
  );
  return seen.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
}
