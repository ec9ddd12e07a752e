import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AssetManifest, type FileInfo } from "../../shared/asset.ts";
import { ServiceError } from "../../shared/errors.ts";
import { asStorageError, type Disk, jsonBytes, realDisk, removeAll } from "./disk.ts";
import { revisionOf, sha256 } from "./hashes.ts";
import { type Root, STAGING } from "./paths.ts";

export const ASSETS = "assets";
export const MANIFEST = "manifest.json";

/** A file of an asset, as bytes. */
export interface PublishFile {
  /** Place in the folder of the asset: safe names joined by "/". */
  path: string;
  role: string;
  mediaType: string;
  bytes: Uint8Array;
}

export interface PublishOptions {
  /** The library. */
  root: Root;
  /** Asset id; also the name of the folder. */
  id: string;
  /** Name of the staging folder: two jobs never share one. */
  jobId: string;
  files: PublishFile[];
  /** The whole manifest except what is computed from the files. */
  manifest: Omit<AssetManifest, "files" | "rev" | "id">;
  disk?: Disk;
}

/**
 * Publishes an asset all or nothing: files are written and synced in a staging folder, then renamed into
 * `assets/<id>/`; the manifest, which holds the SHA-256 of each, is renamed last. So a manifest implies
 * its files, no matter when the process dies.
 * If an earlier attempt already published the same files and died afterward, they are accepted:
 * `created` is false. Throws storage-full with nothing left behind, and internal if different bytes are
 * already published under this id.
 */
export async function publishAsset(
  options: PublishOptions,
): Promise<{ manifest: AssetManifest; created: boolean }> {
  const manifest = completeManifest(options);
  try {
    const existing = await publishedBefore(options, manifest);
    if (existing) return { manifest: existing, created: false };
    await writeAsset(options, manifest);
    return { manifest, created: true };
  } catch (error) {
    throw asStorageError(error);
  }
}

async function writeAsset(options: PublishOptions, manifest: AssetManifest): Promise<void> {
  const { root, id, jobId, files, disk = realDisk } = options;
  await root.folder(STAGING);
  const staging = await root.resolve(STAGING, jobId);
  let target = "";
  try {
    await removeAll(staging);
    await root.folder(STAGING, jobId);
    for (const { path, bytes } of files) await disk.writeNew(await root.place([STAGING, jobId], path), bytes);
    await disk.writeNew(join(staging, MANIFEST), jsonBytes(manifest));
    target = await emptyTarget(options);
    const folders = new Set([target]);
    for (const { path } of files) {
      const place = await root.place([ASSETS, id], path);
      await disk.rename(join(staging, path), place);
      folders.add(dirname(place));
    }
    for (const folder of folders) await disk.syncFolder(folder);
    await disk.rename(join(staging, MANIFEST), join(target, MANIFEST));
  } catch (error) {
    if (target !== "") await removeAll(target);
    await removeAll(staging);
    throw error;
  }
  await disk.syncFolder(target);
  await disk.syncFolder(await root.resolve(ASSETS));
  await removeAll(staging);
}

/**
 * Removes what dead attempts left behind: staging folders, and asset folders without a manifest. Only on
 * startup, while nobody publishes. Returns how many folders were removed.
 */
export async function cleanStaging(root: Root): Promise<number> {
  const staging = await root.folder(STAGING);
  const assets = await root.folder(ASSETS);
  const leftovers = (await readdir(staging)).map((name) => join(staging, name));
  for (const name of await readdir(assets)) {
    const names: string[] = await readdir(join(assets, name)).catch(() => [MANIFEST]);
    if (!names.includes(MANIFEST)) leftovers.push(join(assets, name));
  }
  for (const path of leftovers) await removeAll(path);
  return leftovers.length;
}

function completeManifest({ id, manifest, files }: PublishOptions): AssetManifest {
  const described = describeFiles(files);
  const names = new Set([...files.map(({ path }) => path), MANIFEST]);
  if (names.size !== files.length + 1) {
    throw new ServiceError("internal", `Two files of ${id} have the same name.`);
  }
  return { ...manifest, id, ...described };
}

/** Gives what a manifest says of its files: each one's hash and size, and the revision of all. */
export function describeFiles(files: readonly PublishFile[]): Pick<AssetManifest, "rev" | "files"> {
  const infos = files.map(({ role, path, mediaType, bytes }): FileInfo => {
    return { role, path, media_type: mediaType, sha256: sha256(bytes), bytes: bytes.length };
  });
  return { rev: revisionOf(infos), files: infos };
}

/** The manifest published under this id, if its files are the requested ones and all intact. */
async function publishedBefore(
  options: PublishOptions,
  wanted: AssetManifest,
): Promise<AssetManifest | null> {
  await options.root.folder(ASSETS);
  const target = await options.root.resolve(ASSETS, options.id);
  const text = await readFile(join(target, MANIFEST), "utf8").catch(() => null);
  if (text === null) return null;
  const published = AssetManifest.parse(JSON.parse(text));
  if (published.rev !== wanted.rev) {
    throw new ServiceError(
      "internal",
      `Asset ${options.id} is already published as revision ${published.rev.slice(0, 12)} and cannot become ${wanted.rev.slice(0, 12)}.`,
    );
  }
  for (const file of published.files) {
    const bytes = await readFile(join(target, file.path)).catch(() => null);
    if (bytes === null || sha256(bytes) !== file.sha256) return null;
  }
  return published;
}

/** Creates the asset's folder, without anything that a dead attempt left in it. */
async function emptyTarget({ root, id }: PublishOptions): Promise<string> {
  await removeAll(await root.resolve(ASSETS, id));
  return root.folder(ASSETS, id);
}
