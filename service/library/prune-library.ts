import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
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
  /** Finds the ids that the game uses: they stay. */
  findUsed: () => Promise<ReadonlySet<string>>;
}

interface Entry {
  id: string;
  publishedAt: number;
  /** Size of its manifest, in bytes. */
  manifestBytes: number;
}

/**
 * Removes old assets from the library, the oldest first, until it is within its bounds. What the game uses stays, and so
 * do recent assets; no asset is read while none is old. Returns the ids of what was removed.
 */
export async function pruneLibrary(library: Root, bounds: LibraryBounds): Promise<string[]> {
  const entries = (await listEntries(library)).sort((a, b) => a.publishedAt - b.publishedAt);
  const old = entries.filter(({ publishedAt }) => publishedAt < bounds.keepAfter);
  if (old.length === 0) return [];
  const sizes = new Map<string, number>();
  for (const entry of entries) sizes.set(entry.id, await readSize(library, entry));
  let total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (total <= bounds.mostBytes) return [];
  const used = await bounds.findUsed();
  const removed: string[] = [];
  for (const { id } of old) {
    if (total <= bounds.mostBytes) break;
    const bytes = sizes.get(id) ?? 0;
    if (bytes === 0 || used.has(id)) continue;
    await removeAll(await library.resolve(ASSETS, id));
    total -= bytes;
    removed.push(id);
  }
  return removed;
}

async function listEntries(library: Root): Promise<Entry[]> {
  const folder = await library.folder(ASSETS);
  const entries: Entry[] = [];
  for (const id of await readdir(folder)) {
    const about = ASSET_ID.test(id) ? await stat(join(folder, id, MANIFEST)).catch(() => null) : null;
    if (about) entries.push({ id, publishedAt: about.mtimeMs, manifestBytes: about.size });
  }
  return entries;
}

/** Bytes of all files of an asset; 0 if its manifest cannot be read. */
async function readSize(library: Root, { id, manifestBytes }: Entry): Promise<number> {
  const manifest = await findManifest(library, id).catch(() => null);
  return manifest?.files.reduce((sum, { bytes }) => sum + bytes, manifestBytes) ?? 0;
}
