import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isForeign } from "../library/watch-tree.ts";

/** Folders that are read at one time. */
const AT_ONCE = 16;

/**
 * Lists the files of a tree whose name is wanted, as absolute paths in the order of their names. Links are not
 * followed; dot names and node_modules are passed over. A folder that cannot be read counts as empty.
 */
export async function walkProject(dir: string, wants: (name: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  let folders = [dir];
  while (folders.length > 0) {
    const next: string[] = [];
    for (let i = 0; i < folders.length; i += AT_ONCE) {
      const some = folders.slice(i, i + AT_ONCE).map((folder) => readFolder(folder, wants));
      for (const { files, below } of await Promise.all(some)) {
        found.push(...files);
        next.push(...below);
      }
    }
    folders = next;
  }
  return found.sort();
}

async function readFolder(
  folder: string,
  wants: (name: string) => boolean,
): Promise<{ files: string[]; below: string[] }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const seen = entries.filter((entry) => !isForeign(entry.name));
  const paths = (of: typeof seen): string[] => of.map((entry) => join(folder, entry.name));
  return {
    files: paths(seen.filter((entry) => entry.isFile() && wants(entry.name))),
    below: paths(seen.filter((entry) => entry.isDirectory())),
  };
}
