import { basename, join } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { isForeign } from "./is-foreign.ts";
import { readTree, type TreeStamps } from "./read-tree.ts";

/** After a burst of events, the tree has been quiet for this many ms when it is compared with what was there before. */
const QUIET_MS = 150;

export interface TreeWatchOptions {
  /** Folder to watch with everything below it, except what isForeign names. */
  dir: string;
  /** Whether the file with this absolute path is of interest. */
  wants: (path: string) => boolean;
  /** Called with the absolute path of each file created, changed or removed; possibly more than once for one change. */
  onFile: (path: string) => void;
  /** Called if watching fails, completely or in part: changes may be missed from then on. */
  onError: (error: unknown) => void;
}

export interface TreeWatch {
  /** Resolves once everything that exists is being watched. */
  ready: Promise<void>;
  /** Watches one more file, which `wants` accepts from now on. */
  add(path: string): void;
  close(): Promise<void>;
}

/**
 * Watches the files of a tree. Files that exist at the start are reported as well: a caller that compared the disk
 * earlier misses nothing. Files are expected to be written atomically, so nothing waits for a write to finish: that
 * would delay each event by 100 ms and more.
 *
 * After each burst of events the tree is compared with what it was: chokidar 5 stays blind for a folder that is removed
 * and made again within one tick, as a change of branch does.
 */
export function watchTree(options: TreeWatchOptions): TreeWatch {
  const { dir, wants, onFile, onError } = options;
  const watcher = watch(dir, {
    ignored: (path, stats) =>
      path !== dir && (isForeign(basename(path)) || (stats?.isFile() === true && !wants(path))),
    followSymlinks: false,
    ignoreInitial: false,
    // It would hold back a removal for 100 ms to see whether the file reappears.
    atomic: false,
  });
  const sweeper = new Sweeper(watcher, options);
  watcher.on("add", onFile).on("change", onFile).on("unlink", onFile).on("error", onError);
  // Chokidar drops a change that follows another one to the same file within 50 ms, so that the last state of a file
  // may never be reported (2 of 200 saves, measured). The system's own events are not throttled, and arrive earlier.
  watcher.on("raw", (_event, name, details) => {
    sweeper.soon();
    const { watchedPath } = details as { watchedPath?: unknown };
    if (typeof watchedPath !== "string") return;
    // A file is watched individually as well as through its folder.
    const isFile = wants(watchedPath) || typeof name !== "string";
    const path = isFile ? watchedPath : join(watchedPath, name);
    if (wants(path)) onFile(path);
  });
  const ready = new Promise<void>((resolve) => watcher.once("ready", resolve)).then(() => sweeper.begin());
  return {
    ready,
    add: (path) => void watcher.add(path),
    async close() {
      sweeper.stop();
      await watcher.close();
    },
  };
}

/** Compares a watched tree with its last state, and reports what the watcher has missed. */
class Sweeper {
  readonly #watcher: FSWatcher;
  readonly #options: TreeWatchOptions;
  #before: TreeStamps | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isSweeping = false;
  #isDue = false;
  #isStopped = false;

  constructor(watcher: FSWatcher, options: TreeWatchOptions) {
    this.#watcher = watcher;
    this.#options = options;
  }

  /** Takes the present state as the last one. */
  async begin(): Promise<void> {
    this.#before = await this.#read();
  }

  /** Sweeps once it has been quiet. */
  soon(): void {
    if (this.#isStopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#isSweeping) this.#isDue = true;
      else void this.#sweep().catch(this.#options.onError);
    }, QUIET_MS);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #read(): Promise<TreeStamps> {
    return readTree(this.#options.dir, this.#options.wants);
  }

  async #sweep(): Promise<void> {
    if (!this.#before) return;
    this.#isSweeping = true;
    try {
      const [before, now] = [this.#before, await this.#read()];
      if (this.#isStopped) return;
      this.#before = now;
      const isRenewed = this.#watchAnew(before, now);
      for (const path of new Set([...before.files.keys(), ...now.files.keys()]))
        if (before.files.get(path) !== now.files.get(path)) this.#options.onFile(path);
      // What changed before the renewed watch began shows only in another sweep.
      if (isRenewed) this.soon();
    } finally {
      this.#isSweeping = false;
      if (this.#isDue) {
        this.#isDue = false;
        this.soon();
      }
    }
  }

  /** Watches the folders that are not those of before. Returns whether there are any. */
  #watchAnew(before: TreeStamps, now: TreeStamps): boolean {
    const renewed = [...now.folders].filter(([path, stamp]) => before.folders.get(path) !== stamp);
    for (const [path] of renewed) {
      if (path === this.#options.dir) continue;
      this.#watcher.unwatch(path);
      this.#watcher.add(path);
    }
    return renewed.length > 0;
  }
}
