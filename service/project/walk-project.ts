import { join } from "node:path";
import { walkFolders } from "../library/walk-folders.ts";

/**
 * Lists the files in a tree whose names are wanted, as absolute paths sorted by name. Links are not followed; names that
 * start with a dot and node_modules are skipped. A folder that cannot be read counts as empty.
 */
export async function walkProject(dir: string, wants: (name: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  await walkFolders(dir, (folder, entries) => {
    for (const entry of entries)
      if (entry.isFile() && wants(entry.name)) found.push(join(folder, entry.name));
  });
  return found.sort();
}
