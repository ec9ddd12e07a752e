import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isForeign } from "./is-foreign.ts";

/** How many folders are read at a time. */
const AT_ONCE = 16;

/**
 * Reads a folder and every folder below it, and calls `visit` with each and its entries, except those that isForeign
 * names. Links are not followed. A folder that cannot be read is left out.
 */
export async function walkFolders(
  dir: string,
  visit: (folder: string, entries: readonly Dirent[]) => Promise<void> | void,
): Promise<void> {
  const readFolder = async (folder: string): Promise<string[]> => {
    const all = await readdir(folder, { withFileTypes: true }).catch(() => null);
    if (!all) return [];
    const entries = all.filter((entry) => !isForeign(entry.name));
    await visit(folder, entries);
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  };
  let folders = [dir];
  while (folders.length > 0) {
    const next: string[] = [];
    for (let i = 0; i < folders.length; i += AT_ONCE)
      next.push(...(await Promise.all(folders.slice(i, i + AT_ONCE).map(readFolder))).flat());
    folders = next;
  }
}
