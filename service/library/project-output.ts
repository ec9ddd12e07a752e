import { basename, dirname } from "node:path";
import { ServiceError } from "../../shared/errors.ts";
import { asStorageError, type Disk, jsonBytes, realDisk, removeAll } from "./disk.ts";
import { withFolderLock } from "./folder-lock.ts";
import { sha256 } from "./hashes.ts";
import { type Root, temporaryPath } from "./paths.ts";
import {
  type HashedFile,
  type KilnSource,
  LOCK_SUFFIX,
  type OwnedFile,
  PROJECT_MANIFEST,
  type ProjectLock,
  ProjectManifest,
} from "./project-files.ts";
import { entryOf, withAsset } from "./project-manifest.ts";
import {
  changedByPerson,
  ENGINE_OWNED,
  pendingPath,
  readIfThere,
  readOwn,
  readOwned,
} from "./project-read.ts";

export interface ProjectOutputOptions {
  /** The game's folder. */
  projectRoot: Root;
  /** Output folder in it: safe names joined by "/"; "" is the root itself. */
  dir: string;
  /** Stem of the lock file; also the name of the asset in the manifest of the folder. */
  name: string;
  /** Each with its role, as clients look for it. */
  files: { path: string; role?: string; bytes: Uint8Array }[];
  /** What the lock file says beside the hashes. */
  lock: {
    assetId: string;
    kind: string;
    /** Null if no model drew it. */
    model: { id: string; sha256: string } | null;
    request: Record<string, unknown>;
    trainingDataLicenses: string[];
    /** The kiln file that requested it. */
    kiln?: KilnSource;
  };
  /** Overwrites files that a person changed too. Default: false. */
  force?: boolean;
  disk?: Disk;
}

/** Bytes and where to write them. */
interface Bytes {
  absolute: string;
  bytes: Uint8Array;
}

/** A file of the asset that is to be written. */
type Target = OwnedFile & Bytes;

/**
 * Writes an asset into a game project: its files, then `<name>.kiln.lock.json`, then its entry in
 * `pixelkiln.manifest.json` of the same folder, each atomically. Returns the paths of the asset's files
 * and of its lock, relative to the project.
 *
 * An existing file is overwritten only if its bytes are ours: recorded in the lock or by an interrupted earlier
 * write, or identical to the ones to be written. Otherwise a person made or changed it: file-changed names each
 * such file, and nothing is written. (An `.import` that Godot rewrote just stays.)
 * Throws storage-full with all files as they were.
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
  readonly #force: boolean;

  constructor(folder: string, options: ProjectOutputOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#disk = options.disk ?? realDisk;
    this.#force = options.force ?? false;
  }

  async run(): Promise<string[]> {
    const { name, dir } = this.#options;
    const wanted = await this.#targets();
    const lockPath = await this.#resolve(`${name}${LOCK_SUFFIX}`);
    const manifestPath = await this.#resolve(PROJECT_MANIFEST);
    const { lock, ours } = await readOwned(this.#folder, name).catch((error) => this.#unlessForced(error));
    const manifest = await readOwn(manifestPath, ProjectManifest).catch((error) => {
      this.#unlessForced(error);
      return null;
    });
    const { targets, changed } = await this.#sortOut(wanted, ours);
    if (changed.length > 0) throw changedByPerson(changed);

    const entry = entryOf(name, this.#options.lock.kind, filesOf(targets));
    const descriptions = [
      { absolute: lockPath, bytes: jsonBytes(this.#newLock(targets, lock)) },
      { absolute: manifestPath, bytes: jsonBytes(withAsset(manifest, entry)) },
    ];
    const pending = {
      absolute: pendingPath(this.#folder, name),
      bytes: jsonBytes({ files: ours.concat(hashesOf(targets)) }),
    };
    try {
      // All bytes reach the disk before the first file changes: renaming needs no space.
      for (const file of [...targets, ...descriptions, pending]) await this.#writeTemporary(file);
      // Again, now that the slow part is done: a person may have saved a file in the meantime.
      const late = (await this.#sortOut(targets, ours)).changed;
      if (late.length > 0) throw changedByPerson(late);
      await this.#putInPlace([pending]);
      await this.#putInPlace(targets);
      for (const file of descriptions) await this.#putInPlace([file]);
    } catch (error) {
      for (const file of [...targets, ...descriptions, pending])
        await removeAll(temporaryPath(file.absolute));
      throw error;
    }
    await removeAll(pending.absolute);
    return [...targets.map((target) => target.path), basename(lockPath)].map((path) =>
      [...partsOf(dir), path].join("/"),
    );
  }

  async #targets(): Promise<Target[]> {
    const { files, name } = this.#options;
    const reserved = [PROJECT_MANIFEST, `${name}${LOCK_SUFFIX}`];
    const targets: Target[] = [];
    for (const { path, role, bytes } of files) {
      if (reserved.includes(path) || targets.some((target) => target.path === path)) {
        throw new ServiceError("internal", `Two files have the same path: ${path}.`);
      }
      const absolute = await this.#options.projectRoot.place(partsOf(this.#options.dir), path);
      targets.push({ path, ...(role ? { role } : {}), bytes, sha256: sha256(bytes), absolute });
    }
    return targets;
  }

  #resolve(fileName: string): Promise<string> {
    return this.#options.projectRoot.resolve(...partsOf(this.#options.dir), fileName);
  }

  /** A file that cannot be read counts as a person's, unless overwriting is allowed. */
  #unlessForced(error: unknown): { lock: null; ours: HashedFile[] } {
    if (this.#force && error instanceof ServiceError && error.code === "file-changed")
      return { lock: null, ours: [] };
    throw error;
  }

  /**
   * Tells which files may be written and which a person changed. A file that an engine rewrote after us is neither:
   * its version stays.
   */
  async #sortOut(wanted: Target[], ours: HashedFile[]): Promise<{ targets: Target[]; changed: string[] }> {
    const targets: Target[] = [];
    const changed: string[] = [];
    for (const target of wanted) {
      const bytes = await readIfThere(target.absolute);
      const found = bytes === null ? target.sha256 : sha256(bytes);
      const isOurs = ours.some((file) => file.path === target.path && file.sha256 === found);
      if (isOurs || found === target.sha256) targets.push(target);
      else if (ENGINE_OWNED.test(target.path)) continue;
      else if (this.#force) targets.push(target);
      else changed.push(target.path);
    }
    return { targets, changed };
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
      files: filesOf(targets),
      former_files: former
        .filter((file) => !targets.some((target) => target.path === file.path))
        .map(({ path, sha256 }) => ({ path, sha256 })),
      ...(lock.kiln ? { kiln: lock.kiln } : {}),
    };
  }

  async #writeTemporary({ absolute, bytes }: Bytes): Promise<void> {
    await removeAll(temporaryPath(absolute));
    await this.#disk.writeNew(temporaryPath(absolute), bytes);
  }

  async #putInPlace(files: Bytes[]): Promise<void> {
    for (const { absolute } of files) await this.#disk.rename(temporaryPath(absolute), absolute);
    for (const folder of new Set([this.#folder, ...files.map(({ absolute }) => dirname(absolute))]))
      await this.#disk.syncFolder(folder);
  }
}

function partsOf(dir: string): string[] {
  return dir === "" ? [] : dir.split("/");
}

function filesOf(targets: Target[]): OwnedFile[] {
  return targets.map(({ path, role, sha256 }) => ({ path, ...(role ? { role } : {}), sha256 }));
}

function hashesOf(targets: Target[]): HashedFile[] {
  return targets.map(({ path, sha256 }) => ({ path, sha256 }));
}
