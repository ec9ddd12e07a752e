import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { AssetManifest } from "../../shared/asset.ts";
import { ASSET_ID } from "../../shared/job.ts";
import { removeAll } from "./disk.ts";
import type { Root } from "./paths.ts";
import { ASSETS, MANIFEST } from "./publish.ts";
import { findManifest } from "./read.ts";

export interface LibraryBounds {
  /** Assets published after this time (ms since 1970) stay, however many they are. */
  keepAfter: number;
  /** Of older assets, the newest stay as long as the library is not larger than this, in bytes. */
  mostBytes: number;
  /** Ids that the game uses: they stay. */
  used: ReadonlySet<string>;
}

interface Entry {
  id: string;
  publishedAt: number;
  bytes: number;
}

/**
 * Removes old assets from the library, the oldest first, until it is within its bounds. What the game uses stays, and so
 * do recent assets. Returns the ids of what was removed.
 */
export async function pruneLibrary(library: Root, bounds: LibraryBounds): Promise<string[]> {
  const entries = (await readEntries(library)).sort((a, b) => a.publishedAt - b.publishedAt);
  let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  const removed: string[] = [];
  for (const { id, publishedAt, bytes } of entries) {
    if (total <= bounds.mostBytes || publishedAt >= bounds.keepAfter) break;
    if (bounds.used.has(id)) continue;
    await removeAll(await library.resolve(ASSETS, id));
    total -= bytes;
    removed.push(id);
  }
  return removed;
}

async function readEntries(library: Root): Promise<Entry[]> {
  const folder = await library.folder(ASSETS);
  const entries: Entry[] = [];
  for (const id of await readdir(folder)) {
    const manifest = ASSET_ID.test(id) ? await findManifest(library, id).catch(() => null) : null;
    const about = await stat(join(folder, id, MANIFEST)).catch(() => null);
    if (!manifest || !about) continue;
    entries.push({ id, publishedAt: about.mtimeMs, bytes: sizeOf(manifest) + about.size });
  }
  return entries;
}

function sizeOf({ files }: AssetManifest): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
