import { readdir } from "node:fs/promises";
import { AssetManifest, type FileInfo } from "../../shared/asset.ts";
import { describeValue, ServiceError } from "../../shared/errors.ts";
import { ASSET_ID } from "../../shared/job.ts";
import { openForReading, type Root } from "./paths.ts";
import { ASSETS, MANIFEST } from "./publish.ts";

/** A published file: its entry in the manifest, and its bytes. */
export interface AssetFile {
  info: FileInfo;
  bytes: Uint8Array;
}

/** Reads the manifest of a published asset. Throws not-found, also for anything that is not an asset id. */
export async function getManifest(root: Root, id: string): Promise<AssetManifest> {
  const manifest = await findManifest(root, id);
  if (!manifest) throw new ServiceError("not-found", `There is no asset ${describeValue(id)}.`);
  return manifest;
}

/** Finds the manifest of an asset, or null if it is not (or not completely) published. */
export async function findManifest(root: Root, id: string): Promise<AssetManifest | null> {
  const text = ASSET_ID.test(id) ? await readInside(root, [ASSETS, id, MANIFEST]) : null;
  return text === null ? null : AssetManifest.parse(JSON.parse(text.toString("utf8")));
}

/** Reads a file of a published asset. Only names listed in its manifest; all others are not-found. */
export async function openAssetFile(root: Root, id: string, name: string): Promise<AssetFile> {
  const { files } = await getManifest(root, id);
  const info = files.find((file) => file.path === name);
  const bytes = info ? await readInside(root, [ASSETS, id, ...info.path.split("/")]) : null;
  if (!info || !bytes) {
    const names = files.map((file) => file.path).join(", ");
    throw new ServiceError("not-found", `${id} has no file ${describeValue(name)}; its files are ${names}.`);
  }
  return { info, bytes };
}

/**
 * Lists published assets, newest first (ids sort by age). `before` is an asset id: only older ones are
 * listed. `next` is the `before` of the next page, or null at the end.
 */
export async function listAssets(
  root: Root,
  options: { limit: number; before?: string | undefined },
): Promise<{ assets: AssetManifest[]; next: string | null }> {
  const { limit, before } = options;
  const names = await readdir(await root.folder(ASSETS));
  const ids = names.filter((name) => ASSET_ID.test(name)).sort(newestFirst);
  const assets: AssetManifest[] = [];
  for (const id of ids) {
    if (before !== undefined && newestFirst(before, id) >= 0) continue;
    const manifest = await findManifest(root, id);
    if (!manifest) continue;
    if (assets.length === limit) return { assets, next: assets.at(-1)?.id ?? null };
    assets.push(manifest);
  }
  return { assets, next: null };
}

/** Sorts asset ids by age; the three letters of the kind come last. */
function newestFirst(a: string, b: string): number {
  const [x, y] = [a.slice(4) + a, b.slice(4) + b];
  return x < y ? 1 : x > y ? -1 : 0;
}

/** Reads a file below the root, or returns null if it does not exist. */
async function readInside(root: Root, parts: string[]): Promise<Buffer | null> {
  try {
    const handle = await openForReading(await root.resolve(...parts));
    try {
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    if (error instanceof ServiceError && error.code === "not-found") return null;
    throw error;
  }
}
