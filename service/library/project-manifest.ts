import { rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { asStorageError, jsonBytes, realDisk, removeAll } from "./disk.ts";
import { withFolderLock } from "./folder-lock.ts";
import { revisionOf, sha256 } from "./hashes.ts";
import { openRoot, temporaryPath } from "./paths.ts";
import {
  LOCK_SUFFIX,
  type OwnedFile,
  PROJECT_MANIFEST,
  type ProjectAsset,
  ProjectManifest,
} from "./project-files.ts";
import { ENGINE_OWNED, placeOf, readIfThere, readOwn, readOwned } from "./project-read.ts";

/** Describes an asset for the manifest of its folder: what an editor owns is left out. */
export function entryOf(name: string, kind: string, all: readonly OwnedFile[]): ProjectAsset {
  const files = all.filter((file) => !ENGINE_OWNED.test(file.path));
  return { name, kind, rev: revisionOf(files), files };
}

/** Returns a manifest with an asset in it, sorted by name; null stands for a manifest that does not exist. */
export function withAsset(manifest: ProjectManifest | null, asset: ProjectAsset): ProjectManifest {
  const others = (manifest?.assets ?? []).filter((other) => other.name !== asset.name);
  const assets = [...others, asset].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { schema_version: 1, assets };
}

/**
 * Puts an asset back into the manifest of its folder if a merge or a person lost it while its lock and files
 * are intact. `folder` is a real path. Throws file-changed for a manifest that does not parse, storage-full.
 */
export function restoreEntry(folder: string, asset: ProjectAsset): Promise<void> {
  return guarded(folder, async () => {
    const path = join(folder, PROJECT_MANIFEST);
    await replace(folder, path, withAsset(await readOwn(path, ProjectManifest), asset));
  });
}

/** What happened to the files of an asset that was removed from a game. */
export interface RemovedAsset {
  removed: string[];
  /** Changed by a person or an editor: they stay. */
  kept: string[];
}

/**
 * Removes an asset from a folder of a game: first its entry in the manifest, so that nobody is told about files that
 * are gone, then the files whose bytes are still ours, then its lock. `folder` is a real path.
 */
export function removeAsset(folder: string, name: string): Promise<RemovedAsset> {
  return guarded(folder, async () => {
    const { lock } = await readOwned(folder, name);
    const path = join(folder, PROJECT_MANIFEST);
    const manifest = await readOwn(path, ProjectManifest);
    const assets = (manifest?.assets ?? []).filter((asset) => asset.name !== name);
    if (assets.length > 0) await replace(folder, path, { schema_version: 1, assets });
    else await removeAll(path);
    const result: RemovedAsset = { removed: [], kept: [] };
    const root = await openRoot(folder);
    for (const file of [...(lock?.files ?? []), ...(lock?.former_files ?? [])]) {
      const place = await placeOf(root, file.path);
      const bytes = place === null ? null : await readIfThere(place);
      if (place === null || bytes === null) continue;
      const isOurs = sha256(bytes) === file.sha256;
      if (isOurs) await removeAll(place);
      if (isOurs && dirname(place) !== root.dir) await removeIfEmpty(dirname(place));
      (isOurs ? result.removed : result.kept).push(file.path);
    }
    await removeAll(join(folder, `${name}${LOCK_SUFFIX}`));
    return result;
  });
}

function removeIfEmpty(folder: string): Promise<void> {
  return rmdir(folder).catch(() => {});
}

function guarded<T>(folder: string, work: () => Promise<T>): Promise<T> {
  return withFolderLock(folder, work).catch((error) => {
    throw asStorageError(error);
  });
}

async function replace(folder: string, path: string, manifest: ProjectManifest): Promise<void> {
  await removeAll(temporaryPath(path));
  await realDisk.writeNew(temporaryPath(path), jsonBytes(manifest));
  await realDisk.rename(temporaryPath(path), path);
  await realDisk.syncFolder(folder);
}
