import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { z } from "zod";
import { ServiceError } from "../../shared/errors.ts";
import { asStorageError, type Disk, jsonBytes, realDisk, removeAll } from "./disk.ts";
import { withFolderLock } from "./folder-lock.ts";
import { revisionOf, sha256 } from "./hashes.ts";
import { type Root, temporaryPath } from "./paths.ts";
import {
  type HashedFile,
  PendingFiles,
  PROJECT_MANIFEST,
  type ProjectAsset,
  ProjectLock,
  ProjectManifest,
} from "./project-files.ts";

/** Files that Godot's editor rewrites when it imports: we give them once, then they are the editor's. */
const ENGINE_OWNED = /\.(import|uid)$/;

export interface ProjectOutputOptions {
  /** The game's folder. */
  projectRoot: Root;
  /** Output folder in it: safe names joined by "/", "" = the root itself. */
  dir: string;
  /** Stem of the lock file; also the asset's name in the manifest of the folder. */
  name: string;
  files: { path: string; bytes: Uint8Array }[];
  /** What the lock file says beside the hashes. */
  lock: {
    assetId: string;
    kind: string;
    /** Null where no model drew it. */
    model: { id: string; sha256: string } | null;
    request: Record<string, unknown>;
    trainingDataLicenses: string[];
  };
  disk?: Disk;
}

/** Bytes and where they go. */
interface Bytes {
  absolute: string;
  bytes: Uint8Array;
}

/** A file of the asset that is to be written. */
type Target = HashedFile & Bytes;

/**
 * Writes an asset into a game project: its files, then `<name>.kiln.lock.json`, then its entry in
 * `pixelkiln.manifest.json` of the same folder, each in one step. Returns the paths of the asset's files
 * and of its lock, relative to the project.
 *
 * A file that is there already is overwritten only when its bytes are ours: those of the lock, of an
 * interrupted earlier write, or the very ones to be written. Otherwise a person made or changed it:
 * file-changed names each such file, and nothing is written. (An `.import` that Godot rewrote just stays.)
 * Throws storage-full with all files as before.
 */
export async function writeProjectFiles(options: ProjectOutputOptions): Promise<string[]> {
  const folder = await options.projectRoot.folder(...partsOf(options.dir));
  return withFolderLock(folder, () => new ProjectWrite(folder, options).run()).catch((error) => {
    throw asStorageError(error);
  });
}

class ProjectWrite {
  readonly #folder: string;
  readonly #options: ProjectOutputOptions;
  readonly #disk: Disk;
  readonly #pendingPath: string;

  constructor(folder: string, options: ProjectOutputOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#disk = options.disk ?? realDisk;
    this.#pendingPath = join(folder, `.${options.name}.kiln.pending.json`);
  }

  async run(): Promise<string[]> {
    const { name, dir } = this.#options;
    const wanted = await this.#targets();
    const lockPath = await this.#resolve(`${name}.kiln.lock.json`);
    const manifestPath = await this.#resolve(PROJECT_MANIFEST);
    const lock = await readOwn(lockPath, ProjectLock);
    const manifest = (await readOwn(manifestPath, ProjectManifest)) ?? { schema_version: 1, assets: [] };
    const ours = await this.#hashesOfOurs(lock);
    const { targets, changed } = await sortOut(wanted, ours);
    if (changed.length > 0) throw changedByPerson(changed);

    const descriptions = [
      { absolute: lockPath, bytes: jsonBytes(this.#newLock(targets, lock)) },
      { absolute: manifestPath, bytes: jsonBytes(withAsset(manifest, this.#entry(targets))) },
    ];
    const pending = {
      absolute: this.#pendingPath,
      bytes: jsonBytes({ files: ours.concat(hashesOf(targets)) }),
    };
    try {
      // All bytes reach the disk before the first file changes: renames need no space.
      for (const file of [...targets, ...descriptions, pending]) await this.#writeTemporary(file);
      // Again, now that the slow part is done: a person may have saved a file meanwhile.
      const late = (await sortOut(targets, ours)).changed;
      if (late.length > 0) throw changedByPerson(late);
      await this.#putInPlace([pending]);
      await this.#putInPlace(targets);
      for (const file of descriptions) await this.#putInPlace([file]);
    } catch (error) {
      for (const file of [...targets, ...descriptions, pending])
        await removeAll(temporaryPath(file.absolute));
      throw error;
    }
    await removeAll(this.#pendingPath);
    return [...targets.map((target) => target.path), basename(lockPath)].map((path) =>
      [...partsOf(dir), path].join("/"),
    );
  }

  async #targets(): Promise<Target[]> {
    const { files, name } = this.#options;
    const reserved = [PROJECT_MANIFEST, `${name}.kiln.lock.json`];
    const targets: Target[] = [];
    for (const { path, bytes } of files) {
      if (reserved.includes(path) || targets.some((target) => target.path === path)) {
        throw new ServiceError(
          "internal",
          `Expected a name of its own for each file but received ${path} again.`,
        );
      }
      targets.push({ path, bytes, sha256: sha256(bytes), absolute: await this.#resolve(path) });
    }
    return targets;
  }

  #resolve(fileName: string): Promise<string> {
    return this.#options.projectRoot.resolve(...partsOf(this.#options.dir), fileName);
  }

  /** Which bytes of which files came from us: the lock's, and those of a write that was cut off. */
  async #hashesOfOurs(lock: ProjectLock | null): Promise<HashedFile[]> {
    const pending = await readOwn(this.#pendingPath, PendingFiles).catch(() => null);
    return [...(lock?.files ?? []), ...(lock?.former_files ?? []), ...(pending?.files ?? [])];
  }

  #newLock(targets: Target[], earlier: ProjectLock | null): ProjectLock {
    const { lock } = this.#options;
    const former = [...(earlier?.files ?? []), ...(earlier?.former_files ?? [])];
    return {
      schema_version: 1,
      asset_id: lock.assetId,
      model: lock.model,
      request: lock.request,
      training_data_licenses: lock.trainingDataLicenses,
      files: hashesOf(targets),
      former_files: former.filter((file) => !targets.some((target) => target.path === file.path)),
    };
  }

  #entry(targets: Target[]): ProjectAsset {
    const files = hashesOf(targets.filter((target) => !ENGINE_OWNED.test(target.path)));
    return { name: this.#options.name, kind: this.#options.lock.kind, rev: revisionOf(files), files };
  }

  async #writeTemporary({ absolute, bytes }: Bytes): Promise<void> {
    await removeAll(temporaryPath(absolute));
    await this.#disk.writeNew(temporaryPath(absolute), bytes);
  }

  async #putInPlace(files: Bytes[]): Promise<void> {
    for (const { absolute } of files) await this.#disk.rename(temporaryPath(absolute), absolute);
    await this.#disk.syncFolder(this.#folder);
  }
}

function partsOf(dir: string): string[] {
  return dir === "" ? [] : dir.split("/");
}

function hashesOf(targets: Target[]): HashedFile[] {
  return targets.map(({ path, sha256 }) => ({ path, sha256 }));
}

function withAsset(manifest: ProjectManifest, asset: ProjectAsset): ProjectManifest {
  const others = manifest.assets.filter((other) => other.name !== asset.name);
  const assets = [...others, asset].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...manifest, assets };
}

/**
 * Tells which files may be written and which a person changed. What an engine rewrote after us is neither:
 * its version stays.
 */
async function sortOut(
  wanted: Target[],
  ours: HashedFile[],
): Promise<{ targets: Target[]; changed: string[] }> {
  const targets: Target[] = [];
  const changed: string[] = [];
  for (const target of wanted) {
    const bytes = await readIfThere(target.absolute);
    const found = bytes === null ? target.sha256 : sha256(bytes);
    const isOurs = ours.some((file) => file.path === target.path && file.sha256 === found);
    if (isOurs || found === target.sha256) targets.push(target);
    else if (!ENGINE_OWNED.test(target.path)) changed.push(target.path);
  }
  return { targets, changed };
}

function changedByPerson(paths: string[]): ServiceError {
  return new ServiceError(
    "file-changed",
    `Expected files that Pixelkiln wrote but received changed ones: ${paths.join(", ")}. Nothing was written.`,
    {
      errors: paths.map((path) => ({
        field: path,
        got: "other bytes",
        expected: "the bytes that the lock file names",
      })),
    },
  );
}

/** Reads a JSON file of ours, or null when it is not there. One that does not parse is a person's: file-changed. */
async function readOwn<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  const bytes = await readIfThere(path);
  if (bytes === null) return null;
  try {
    return schema.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    throw changedByPerson([basename(path)]);
  }
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
