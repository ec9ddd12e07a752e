import { basename, dirname, join, relative, sep } from "node:path";
import type { ServiceEvent } from "../../shared/events.ts";
import type { PlacedAsset } from "../../shared/project.ts";
import { PROJECT_MANIFEST, type ProjectAsset, ProjectManifest } from "../library/project-files.ts";
import { readOwn } from "../library/project-read.ts";
import { watchTree } from "../library/watch-tree.ts";
import type { Log } from "../service-log.ts";
import { walkProject } from "./walk-project.ts";

export interface ProjectAssetsOptions {
  /** Real path of the game. */
  projectDir: string;
  publish: (event: ServiceEvent) => void;
  log: Log;
}

/** The assets in a game, as listed in the manifests of its folders. */
export interface ProjectAssetIndex {
  /** Checks a folder (names separated by "/") now and publishes what changed: call it after writing there. */
  refresh(dir: string): Promise<void>;
  /** Checks all folders and lists the assets, sorted by folder and name. */
  list(): Promise<PlacedAsset[]>;
  close(): Promise<void>;
}

/** The known assets of one folder, by name. */
type Folder = ReadonlyMap<string, ProjectAsset>;

/**
 * Watches the manifests of a game and publishes `project.changed` for each asset whose rev changed, whoever wrote it:
 * this service, a build in another process, a checkout. The watcher, our own writes and the list share one comparison,
 * so that each change is published once. What is there at the start is not published.
 */
export async function openProjectAssets(options: ProjectAssetsOptions): Promise<ProjectAssetIndex> {
  const index = new AssetIndex(options);
  await index.scan();
  index.tell = options.publish;
  const watch = watchTree({
    dir: options.projectDir,
    wants: isManifest,
    onFile: (path) => void index.refresh(dirname(path)),
    onError: (error) =>
      options.log("The project cannot be watched: changes are found at the next listing.", {
        level: "warn",
        error,
      }),
  });
  return {
    refresh: (dir) => index.refresh(join(options.projectDir, ...dir.split("/"))),
    async list() {
      await index.scan();
      return index.list();
    },
    close: () => watch.close(),
  };
}

class AssetIndex {
  readonly #options: ProjectAssetsOptions;
  readonly #folders = new Map<string, Folder>();
  /** One check at a time per folder, so that each change is found once; one more may wait for it. */
  readonly #looking = new Map<string, Promise<void>>();
  readonly #waiting = new Map<string, Promise<void>>();
  tell: (event: ServiceEvent) => void = () => {};

  constructor(options: ProjectAssetsOptions) {
    this.#options = options;
  }

  /** Checks every folder that has a manifest or had one. */
  async scan(): Promise<void> {
    const manifests = await walkProject(this.#options.projectDir, isManifest);
    const folders = new Set([...manifests.map((path) => dirname(path)), ...this.#folders.keys()]);
    await Promise.all([...folders].map((folder) => this.refresh(folder)));
  }

  refresh(folder: string): Promise<void> {
    const running = this.#looking.get(folder);
    if (!running) return this.#start(folder);
    // A check that has not begun sees everything that was there when it was requested.
    const waiting = this.#waiting.get(folder) ?? running.then(() => this.#start(folder));
    this.#waiting.set(folder, waiting);
    return waiting;
  }

  #start(folder: string): Promise<void> {
    this.#waiting.delete(folder);
    const look = this.#look(folder).finally(() => {
      if (this.#looking.get(folder) === look) this.#looking.delete(folder);
    });
    this.#looking.set(folder, look);
    return look;
  }

  list(): PlacedAsset[] {
    return [...this.#folders.keys()].sort().flatMap((folder) =>
      [...(this.#folders.get(folder)?.values() ?? [])].map(({ name, kind, rev, files }) => ({
        dir: this.#dirOf(folder),
        name,
        kind,
        rev,
        files: files.map((file) => ({ ...file, path: this.#pathOf(folder, file.path) })),
      })),
    );
  }

  async #look(folder: string): Promise<void> {
    const before = this.#folders.get(folder) ?? new Map<string, ProjectAsset>();
    let after: Folder;
    try {
      const manifest = await readOwn(join(folder, PROJECT_MANIFEST), ProjectManifest);
      after = new Map((manifest?.assets ?? []).map((asset) => [asset.name, asset]));
    } catch (error) {
      // Perhaps an unfinished merge: what was known stays until it can be read again.
      this.#options.log("A manifest cannot be read.", { level: "warn", folder: this.#dirOf(folder), error });
      return;
    }
    if (after.size > 0) this.#folders.set(folder, after);
    else this.#folders.delete(folder);
    for (const [name, asset] of after) {
      if (before.get(name)?.rev !== asset.rev) this.tell(this.#changed(folder, asset, asset.rev));
    }
    for (const [name, asset] of before) if (!after.has(name)) this.tell(this.#changed(folder, asset, ""));
  }

  #changed(folder: string, { name, kind, files }: ProjectAsset, rev: string): ServiceEvent {
    const paths = files.map(({ path }) => this.#pathOf(folder, path));
    return { type: "project.changed", dir: this.#dirOf(folder), name, kind, rev, files: paths };
  }

  #dirOf(folder: string): string {
    return relative(this.#options.projectDir, folder).split(sep).join("/");
  }

  #pathOf(folder: string, file: string): string {
    const dir = this.#dirOf(folder);
    return dir === "" ? file : `${dir}/${file}`;
  }
}

function isManifest(path: string): boolean {
  return basename(path) === PROJECT_MANIFEST;
}
