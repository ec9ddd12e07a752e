import { readFile, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { Engine } from "../kinds/made-asset.ts";

export interface FoundProject {
  engines: Engine[];
  /** Folder of the game, or null if there is no game. */
  root: string | null;
}

/**
 * Finds the game that a folder belongs to by looking up the tree: project.godot means Godot, and a package.json that
 * depends on phaser means Phaser. The nearest game counts.
 */
export async function detectEngines(folder: string): Promise<FoundProject> {
  for (let dir = folder; ; dir = dirname(dir)) {
    const engines: FoundProject["engines"] = [];
    if (await isFile(join(dir, "project.godot"))) engines.push("godot");
    if (await dependsOnPhaser(join(dir, "package.json"))) engines.push("phaser");
    if (engines.length > 0) return { engines, root: dir };
    if (dirname(dir) === dir) return { engines: [], root: null };
  }
}

/** Gives the path of a folder inside its game, with "/" as in res:// and web paths; "" without a game. */
export function folderInProject(folder: string, { root }: FoundProject): string {
  return root === null ? "" : relative(root, folder).split(sep).join("/");
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

async function dependsOnPhaser(path: string): Promise<boolean> {
  try {
    const { dependencies, devDependencies } = JSON.parse(await readFile(path, "utf8"));
    return "phaser" in { ...dependencies, ...devDependencies };
  } catch {
    return false;
  }
}
