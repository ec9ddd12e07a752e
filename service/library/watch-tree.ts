import { basename, join } from "node:path";
import { watch } from "chokidar";
import { isForeign } from "./is-foreign.ts";

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
 */
export function watchTree({ dir, wants, onFile, onError }: TreeWatchOptions): TreeWatch {
  const watcher = watch(dir, {
    ignored: (path, stats) =>
      path !== dir && (isForeign(basename(path)) || (stats?.isFile() === true && !wants(path))),
    followSymlinks: false,
    ignoreInitial: false,
    // It would hold back a removal for 100 ms to see whether the file reappears.
    atomic: false,
  });
  watcher.on("add", onFile).on("change", onFile).on("unlink", onFile).on("error", onError);
  // Chokidar drops a change that follows another one to the same file within 50 ms, so that the last state of a file
  // may never be reported (2 of 200 saves, measured). The system's own events are not throttled, and arrive earlier.
  watcher.on("raw", (_event, name, details) => {
    const { watchedPath } = details as { watchedPath?: unknown };
    if (typeof watchedPath !== "string") return;
    // A file is watched individually as well as through its folder.
    const isFile = wants(watchedPath) || typeof name !== "string";
    const path = isFile ? watchedPath : join(watchedPath, name);
    if (wants(path)) onFile(path);
  });
  const ready = new Promise<void>((resolve) => watcher.once("ready", resolve));
  return { ready, add: (path) => void watcher.add(path), close: () => watcher.close() };
}
