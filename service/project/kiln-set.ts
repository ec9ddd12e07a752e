import { stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { ServiceError } from "../../shared/errors.ts";
import { KILN_SUFFIX } from "../../shared/kiln-file.ts";
import { LOCK_SUFFIX, ProjectLock } from "../library/project-files.ts";
import { type RemovedAsset, removeAsset } from "../library/project-manifest.ts";
import { readOwn } from "../library/project-read.ts";
import { type KilnHead, type KilnProject, readKilnHead } from "./kiln-file.ts";
import { walkProject } from "./walk-project.ts";

/** The kiln files under a folder, and the locks of what they made. */
export interface KilnSet {
  heads: KilnHead[];
  /** Kiln files that cannot be read. */
  broken: { path: string; shown: string; error: ServiceError }[];
  /** Absolute paths of all locks. */
  locks: string[];
}

/** An asset in the game whose kiln file is gone or makes other files now. */
export interface Orphan {
  /** Real folder and name of the asset. */
  folder: string;
  name: string;
  /** The kiln file, relative to the game. */
  kilnFile: string;
  files: string[];
}

/** Finds and reads the kiln files under a folder of a game. Those that cannot be read are listed as broken. */
export async function readKilnSet(dir: string, project: KilnProject): Promise<KilnSet> {
  const paths = await walkProject(dir, (name) => name.endsWith(KILN_SUFFIX) || name.endsWith(LOCK_SUFFIX));
  const set: KilnSet = { heads: [], broken: [], locks: paths.filter((path) => path.endsWith(LOCK_SUFFIX)) };
  const files = paths.filter((path) => path.endsWith(KILN_SUFFIX));
  const read = await Promise.all(files.map((path) => readOrExplain(path, project)));
  for (const one of read) {
    if ("error" in one) set.broken.push(one);
    else set.heads.push(one);
  }
  return set;
}

/** Reads one kiln file, or says why it cannot be read. */
export async function readOrExplain(
  path: string,
  project: KilnProject,
): Promise<KilnHead | KilnSet["broken"][number]> {
  try {
    return await readKilnHead(path, project);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { path, shown: shownPath(path, project), error };
  }
}

/** Gives a path relative to the game, for messages. */
export function shownPath(path: string, { dir }: Pick<KilnProject, "dir">): string {
  return relative(dir, path).split(sep).join("/");
}

/** Finds the assets that kiln files made but that none makes now. A kiln file that cannot be read keeps its assets. */
export async function findOrphans({ heads, locks }: KilnSet, project: KilnProject): Promise<Orphan[]> {
  const targets = new Set(heads.map(({ folder, name }) => join(folder, `${name}${LOCK_SUFFIX}`)));
  const readable = new Set(heads.map(({ path }) => path));
  const orphans: Orphan[] = [];
  for (const path of locks.filter((one) => !targets.has(one))) {
    const lock = await readOwn(path, ProjectLock).catch(() => null);
    if (!lock?.kiln) continue;
    const kilnFile = resolve(dirname(path), lock.kiln.file);
    const isThere = (await stat(kilnFile).catch(() => null)) !== null;
    if (isThere && !readable.has(kilnFile)) continue;
    orphans.push({
      folder: dirname(path),
      name: basename(path).slice(0, -LOCK_SUFFIX.length),
      kilnFile: shownPath(kilnFile, project),
      files: lock.files.map((file) => shownPath(join(dirname(path), file.path), project)),
    });
  }
  return orphans;
}

/** Removes an orphan from the game (see removeAsset). Returned paths are relative to the game. */
export async function pruneOrphan({ folder, name }: Orphan, project: KilnProject): Promise<RemovedAsset> {
  const { removed, kept } = await removeAsset(folder, name);
  const shown = (file: string): string => shownPath(join(folder, file), project);
  return { removed: removed.map(shown), kept: kept.map(shown) };
}
