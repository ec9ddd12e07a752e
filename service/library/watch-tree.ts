import { basename } from "node:path";
import { watch } from "chokidar";

/** Folders that hold nothing of a game's own: other programs write there, a lot. */
const FOREIGN = new Set(["node_modules", "__pycache__"]);

/** Whether a folder or file is passed over by everything that looks through a game: dot names, node_modules. */
export function isForeign(name: string): boolean {
  return name.startsWith(".") || FOREIGN.has(name);
}

export interface TreeWatchOptions {
  /** Folder that is watched with all that is below it, but for what isForeign names. */
  dir: string;
  /** Whether a file of this absolute path is of interest. */
  wants: (path: string) => boolean;
  /** Told of each file that was made, changed or removed, by its absolute path. */
  onFile: (path: string) => void;
  /** Told when watching fails, in whole or in part: changes may be missed from then on. */
  onError: (error: unknown) => void;
}

export interface TreeWatch {
  /** Resolves once everything that is there is watched. */
  ready: Promise<void>;
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
  const ready = new Promise<void>((resolve) => watcher.once("ready", resolve));
  return { ready, close: () => watcher.close() };
}
