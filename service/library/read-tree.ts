import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { walkFolders } from "./walk-folders.ts";

/** What a tree looks like: a stamp for each folder that is another one after it was made anew, and for each wanted file. */
export interface TreeStamps {
  folders: Map<string, string>;
  files: Map<string, string>;
}

/**
 * Reads the stamps of a folder and everything below it, by absolute path (see walkFolders). What vanishes meanwhile is
 * left out.
 */
export async function readTree(dir: string, wants: (path: string) => boolean): Promise<TreeStamps> {
  const stamps: TreeStamps = { folders: new Map(), files: new Map() };
  await walkFolders(dir, async (folder, entries) => {
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name));
    const [own] = await Promise.all([
      lstat(folder, { bigint: true }).catch(() => null),
      ...files.filter(wants).map(async (path) => {
        const about = await lstat(path, { bigint: true }).catch(() => null);
        if (about) stamps.files.set(path, `${about.ino}:${about.size}:${about.mtimeNs}`);
      }),
    ]);
    // An inode is used again at once on some file systems, so the time of birth counts as well.
    if (own) stamps.folders.set(folder, `${own.ino}:${own.birthtimeNs}`);
  });
  return stamps;
}
