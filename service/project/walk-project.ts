import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isForeign } from "../library/is-foreign.ts";

/** How many folders are read at a time. */
const AT_ONCE = 16;

/**
 * Lists the files in a tree whose names are wanted, as absolute paths sorted by name. Links are not followed; names that
 * start with a dot and node_modules are skipped. A folder that cannot be read counts as empty.
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
