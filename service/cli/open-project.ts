import { realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { describeValue, invalidParameter } from "../../shared/errors.ts";
import { detectEngines } from "../project/detect-engines.ts";
import type { KilnProject } from "../project/kiln-file.ts";
import { findConfigFolder, readProjectConfig } from "../project/project-config.ts";

/** A game and the folder in it that a command was given. */
export interface OpenedProject extends KilnProject {
  /** Real path of the folder that was asked for. */
  asked: string;
}

/**
 * Opens the game that a folder belongs to: the nearest folder up the tree with a configuration, else the nearest game,
 * else the folder itself. Throws a usage error when the folder is not there.
 */
export async function openProject(given: string | undefined, cwd: string): Promise<OpenedProject> {
  const asked = await realpath(resolve(cwd, given ?? ".")).catch(() => null);
  if (asked === null || !(await stat(asked)).isDirectory())
    throw invalidParameter("folder", describeValue(given), "a folder that is there");
  const dir = (await findConfigFolder(asked)) ?? (await detectEngines(asked)).root ?? asked;
  return { asked, dir, config: await readProjectConfig(dir), detectEngines: rememberEngines() };
}

/** Many files lie in few folders. */
function rememberEngines(): KilnProject["detectEngines"] {
  const known = new Map<string, ReturnType<typeof detectEngines>>();
  return (folder) => {
    const found = known.get(folder) ?? detectEngines(folder);
    known.set(folder, found);
    return found;
  };
}
