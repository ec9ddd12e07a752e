import { basename, join } from "node:path";
import { watch } from "chokidar";
import { isForeign } from "./is-foreign.ts";

export interface TreeWatchOptions {
  /** Folder that is watched with all that is below it, but for what isForeign names. */
  dir: string;
  /** Whether a file of this absolute path is of interest. */
  wants: (path: string) => boolean;
  /** Told of each file that was made, changed or removed, by its absolute path; of one change perhaps more than once. */
  onFile: (path: string) => void;
  /** Told when watching fails, in whole or in part: changes may be missed from then on. */
  onError: (error: unknown) => void;
}

export interface TreeWatch {
  /** Resolves once everything that is there is watched. */
  ready: Promise<void>;
  /** Watches one more file, which `wants` takes from now on. */
  add(path: string): void;
  close(): Promise<void>;
}

/**
 * Watches the files of a tree. What is there at the start is told as well: whoever compared the disk before misses
 * nothing. Files are expected to be written atomically, so nothing waits until a write is finished: that would cost
 * each event 100 ms and more.
 */
export function watchTree({ dir, wants, onFile, onError }: TreeWatchOptions): TreeWatch {
  const watcher = watch(dir, {
    ignored: (path, stats) =>
      path !== dir && (isForeign(basename(path)) || (stats?.isFile() === true && !wants(path))),
    followSymlinks: false,
    ignoreInitial: false,
    // It would hold a removal back for 100 ms to see whether the file comes again.
    atomic: false,
  });
  watcher.on("add", onFile).on("change", onFile).on("unlink", onFile).on("error", onError);
  // Chokidar drops a change that follows another one of the same file within 50 ms, so that the last state of a file
  // may never be told (2 of 200 saves, measured). What the system itself says is not thinned out, and comes sooner.
  watcher.on("raw", (_event, name, details) => {
    const { watchedPath } = details as { watchedPath?: unknown };
    if (typeof watchedPath !== "string") return;
    // A file is watched as well as its folder.
    const isFile = wants(watchedPath) || typeof name !== "string";
    const path = isFile ? watchedPath : join(watchedPath, name);
    if (wants(path)) onFile(path);
  });
  const ready = new Promise<void>((resolve) => watcher.once("ready", resolve));
  return { ready, add: (path) => void watcher.add(path), close: () => watcher.close() };
}
