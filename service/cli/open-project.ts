import { realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { describeValue, invalidParameter } from "../../shared/errors.ts";
import { detectEngines } from "../project/detect-engines.ts";
import type { KilnProject } from "../project/kiln-file.ts";
import { findConfigFolder, readProjectConfig } from "../project/project-config.ts";

/** A game, and the folder inside it that a command was given. */
export interface OpenedProject extends KilnProject {
  /** Real path of the folder that the command was given. */
  asked: string;
}

/**
 * Opens the game that a folder belongs to: the nearest folder up the tree with a configuration, else the nearest game,
 * else the folder itself. Throws a usage error if the folder does not exist.
 */
export async function openProject(given: string | undefined, cwd: string): Promise<OpenedProject> {
  const asked = await realpath(resolve(cwd, given ?? ".")).catch(() => null);
  if (asked === null || !(await stat(asked)).isDirectory())
    throw invalidParameter("folder", describeValue(given), "an existing folder");
  const dir = (await findConfigFolder(asked)) ?? (await detectEngines(asked)).root ?? asked;
  return { asked, dir, config: await readProjectConfig(dir), detectEngines: rememberEngines() };
}

/** Detects engines once per folder: many files share a few folders. */
function rememberEngines(): KilnProject["detectEngines"] {
  const known = new Map<string, ReturnType<typeof detectEngines>>();
  return (folder) => {
    const found = known.get(folder) ?? detectEngines(folder);
    known.set(folder, found);
    return found;
  };
}
