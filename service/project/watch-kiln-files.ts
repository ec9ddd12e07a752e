import { readFileSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { ServiceError } from "../../shared/errors.ts";
import { KILN_CONFIG, KILN_SUFFIX } from "../../shared/kiln-file.ts";
import { sha256 } from "../library/hashes.ts";
import { watchTree } from "../library/watch-tree.ts";
import { type BuildOptions, type BuildSummary, buildKilnHeads } from "./build-kiln-heads.ts";
import type { KilnHead, KilnProject } from "./kiln-file.ts";
import { findOrphans, type Orphan, readKilnSet, readOrExplain } from "./kiln-set.ts";

/** Editors save a file in several steps: after this many ms without a change, it is saved. */
const QUIET_MS = 30;

export interface KilnWatchOptions extends Pick<BuildOptions, "maker" | "signal" | "report"> {
  /** Folder whose kiln files are built. */
  asked: string;
  project: KilnProject;
  /** Reads the game again after its configuration changed. Throws a ServiceError if that is wrong. */
  reopen: () => Promise<KilnProject>;
  /** Called once everything has been checked for the first time. */
  onReady: (summary: BuildSummary) => void;
  /** Called for assets whose kiln file is gone; their files stay. */
  onOrphan: (orphan: Orphan) => void;
  log: (message: string) => void;
}

/** Builds the kiln files of a folder, and rebuilds each one that changes, until the signal is aborted. */
export async function watchKilnFiles(options: KilnWatchOptions): Promise<void> {
  const watch = new KilnWatch(options);
  await watch.run();
}

class KilnWatch {
  readonly #options: KilnWatchOptions;
  #project: KilnProject;
  readonly #heads = new Map<string, KilnHead>();
  /** Kiln file -> the hash of the bytes it is being made from, and how to stop that. */
  readonly #making = new Map<string, { sourceSha256: string; controller: AbortController }>();
  /** Kiln files that cannot be read, with the hash of their bytes. */
  readonly #broken = new Map<string, string | null>();
  #dirty = new Set<string>();
  #isListening = false;
  #timer: NodeJS.Timeout | undefined;
  #wake: () => void = () => {};

  constructor(options: KilnWatchOptions) {
    this.#options = options;
    this.#project = options.project;
  }

  async run(): Promise<void> {
    const { asked, signal, onReady, log } = this.#options;
    const dir = await realpath(this.#project.dir);
    const config = join(dir, KILN_CONFIG);
    const pictures = new Set<string>();
    const inAsked = (path: string): boolean => path.startsWith(`${asked}/`) || path.startsWith(`${asked}\\`);
    const watch = watchTree({
      dir,
      wants: (path) => path === config || (path.endsWith(KILN_SUFFIX) && inAsked(path)) || pictures.has(path),
      onFile: (path) => this.#changed(path),
      onError: (error) => log(`The project cannot be watched: ${String(error)}`),
    });
    /** A picture is watched as soon as a kiln file uses it. */
    const follow = (): void => {
      const named = [
        ...[...this.#heads.values()].flatMap((head) => head.pictures),
        ...this.#configPictures(),
      ];
      for (const path of named.filter((one) => !pictures.has(one))) {
        pictures.add(path);
        watch.add(path);
      }
    };
    const stop = (): void => this.#wake();
    signal.addEventListener("abort", stop);
    try {
      await watch.ready;
      // From here on no change is missed, so what is read now is complete.
      this.#isListening = true;
      const summary = await this.#buildAll();
      follow();
      onReady(summary);
      while (!signal.aborted) {
        await this.#nextChange();
        if (!signal.aborted) await this.#round(config);
        follow();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener("abort", stop);
      clearTimeout(this.#timer);
      await watch.close();
    }
  }

  #configPictures(): string[] {
    return this.#project.config.pictures.map((path) => join(this.#project.dir, path));
  }

  #changed(path: string): void {
    if (!this.#isListening) return;
    const making = this.#making.get(path);
    if (making) {
      // The system may report a save late, and more than once. That must not stop work on these very bytes.
      if (hashNow(path) === making.sourceSha256) return;
      making.controller.abort();
    }
    this.#dirty.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#wake(), QUIET_MS);
  }

  async #nextChange(): Promise<void> {
    const { signal } = this.#options;
    // What changed during the last round has been quiet long enough, or its timer is running.
    if (this.#dirty.size > 0) return void (await new Promise((resolve) => setTimeout(resolve, QUIET_MS)));
    await new Promise<void>((resolve) => {
      this.#wake = () => {
        if (this.#dirty.size > 0 || signal.aborted) resolve();
      };
    });
  }

  async #buildAll(): Promise<BuildSummary> {
    const { report, asked } = this.#options;
    const set = await readKilnSet(asked, this.#project);
    this.#heads.clear();
    for (const head of set.heads) this.#heads.set(head.path, head);
    for (const { path, shown, error } of set.broken) {
      this.#isToldAgain(path);
      report({ type: "failed", shown, error });
    }
    const summary = await this.#build(() => true);
    return { ...summary, failed: summary.failed + set.broken.length };
  }

  /** Takes everything that changed since the last round. */
  async #round(config: string): Promise<void> {
    const changed = this.#dirty;
    this.#dirty = new Set();
    if (changed.has(config) || this.#configPictures().some((path) => changed.has(path))) {
      if (await this.#readConfig()) await this.#buildAll();
      return;
    }
    await this.#readAll([...changed].filter((one) => one.endsWith(KILN_SUFFIX)));
    await this.#build(
      (head) => changed.has(head.path) || head.pictures.some((picture) => changed.has(picture)),
    );
  }

  async #readConfig(): Promise<boolean> {
    try {
      this.#project = await this.#options.reopen();
      return true;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.#options.report({ type: "failed", shown: KILN_CONFIG, error });
      return false;
    }
  }

  async #readAll(paths: readonly string[]): Promise<void> {
    const { report, onOrphan, asked } = this.#options;
    const gone = new Set<string>();
    for (const path of paths) {
      const read = await readOrExplain(path, this.#project);
      if (!("error" in read)) {
        this.#heads.set(path, read);
        this.#broken.delete(path);
        continue;
      }
      const wasThere = this.#heads.delete(path);
      if (read.error.code === "not-found") {
        // A removal may be reported more than once; what it made is named once.
        if (this.#broken.delete(path) || wasThere) gone.add(read.shown);
      } else if (!this.#isToldAgain(path)) report({ type: "failed", shown: read.shown, error: read.error });
    }
    if (gone.size === 0) return;
    // All at once: a checkout may remove hundreds, and each look reads every kiln file and lock.
    const orphans = await findOrphans(await readKilnSet(asked, this.#project), this.#project);
    for (const orphan of orphans.filter(({ kilnFile }) => gone.has(kilnFile))) onOrphan(orphan);
  }

  /** Whether these very bytes of a broken file were told before: a change may be reported more than once. */
  #isToldAgain(path: string): boolean {
    const hash = hashNow(path);
    const isAgain = this.#broken.get(path) === hash;
    this.#broken.set(path, hash);
    return isAgain;
  }

  async #build(wanted: (head: KilnHead) => boolean): Promise<BuildSummary> {
    const { maker, signal, report } = this.#options;
    try {
      return await buildKilnHeads([...this.#heads.values()], wanted, {
        project: this.#project,
        maker,
        signal,
        report,
        signalFor: ({ path, sourceSha256 }) => {
          const controller = new AbortController();
          // It has changed or is gone: the next round reads it anew.
          if (this.#dirty.has(path)) controller.abort();
          this.#making.set(path, { sourceSha256, controller });
          return controller.signal;
        },
      });
    } finally {
      this.#making.clear();
    }
  }
}

function hashNow(path: string): string | null {
  try {
    return sha256(readFileSync(path));
  } catch {
    return null;
  }
}
