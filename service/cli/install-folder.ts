import { readdir, readFile, rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";
import { ServiceError } from "../../shared/errors.ts";
import { jsonBytes } from "../library/disk.ts";
import { sha256 } from "../library/hashes.ts";
import { readIfThere } from "../library/project-read.ts";
import { writeWhole } from "./write-whole.ts";

/** Record of the last installation: hidden, so that engines skip it, and committed with the game. */
const RECORD = ".pixelkiln-files.json";
const Installed = z.object({
  version: z.string(),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
});
type Installed = z.infer<typeof Installed>;

export interface InstallOptions {
  /** Absolute folder in the game. */
  target: string;
  files: { path: string; bytes: Uint8Array }[];
  version: string;
  /** Also overwrites files that the user changed. */
  force: boolean;
}

/** What an installation did, as paths inside its folder. */
export interface InstalledFiles {
  added: string[];
  updated: string[];
  removed: string[];
}

/**
 * Installs files into a folder of a game, or updates those of an earlier version. A file that the user made or changed
 * there is never overwritten: `file-changed` names each one and nothing is written, as half a plugin does not work.
 */
export async function installFolder({
  target,
  files,
  version,
  force,
}: InstallOptions): Promise<InstalledFiles> {
  const record = await readRecord(target);
  const result: InstalledFiles = { added: [], updated: [], removed: [] };
  const changed: string[] = [];
  for (const { path, bytes } of files) {
    const found = await hashOf(join(target, path));
    if (found === sha256(bytes)) continue;
    if (found === null) result.added.push(path);
    else if (force || record.get(path) === found) result.updated.push(path);
    else changed.push(path);
  }
  if (changed.length > 0) throw changedFiles(changed);
  for (const { path, bytes } of files) {
    if (result.added.includes(path) || result.updated.includes(path))
      await writeWhole(join(target, path), bytes);
  }
  for (const [path, hash] of record) {
    if (files.some((file) => file.path === path) || (await hashOf(join(target, path))) !== hash) continue;
    await rm(join(target, path));
    result.removed.push(path);
  }
  const installed: Installed = {
    version,
    files: files.map(({ path, bytes }) => ({ path, sha256: sha256(bytes) })),
  };
  const text = jsonBytes(installed);
  if ((await hashOf(join(target, RECORD))) !== sha256(text)) await writeWhole(join(target, RECORD), text);
  return result;
}

/** Reads all files of a folder, with their paths relative to it; names that start with a dot are skipped. */
export async function readFolder(folder: string): Promise<InstallOptions["files"]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.split("/").some((part) => part.startsWith(".")))
    .sort();
  return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(join(folder, path)) })));
}

/** A record comes from a repository, so only paths that stay inside the folder are accepted. */
async function readRecord(target: string): Promise<ReadonlyMap<string, string>> {
  const bytes = await readIfThere(join(target, RECORD));
  try {
    const { files } = Installed.parse(JSON.parse(bytes?.toString("utf8") ?? "{}"));
    const safe = files.filter(({ path }) => path.split("/").every((part) => /^[\w-][\w.-]*$/.test(part)));
    return new Map(safe.map(({ path, sha256: hash }) => [path, hash]));
  } catch {
    return new Map();
  }
}

async function hashOf(path: string): Promise<string | null> {
  const bytes = await readIfThere(path);
  return bytes === null ? null : sha256(bytes);
}

function changedFiles(paths: string[]): ServiceError {
  return new ServiceError(
    "file-changed",
    `You changed ${paths.join(", ")}, so nothing was written: use --force to overwrite.`,
  );
}
