import { realpath } from "node:fs/promises";
import { dirname, relative, sep } from "node:path";
import { ServiceError } from "../../shared/errors.ts";
import type { JobProgress } from "../../shared/job.ts";
import { assetIdOfJob } from "../kinds/table.ts";
import { sha256 } from "../library/hashes.ts";
import { openRoot, type Root } from "../library/paths.ts";
import { restoreEntry } from "../library/project-manifest.ts";
import { writeProjectFiles } from "../library/project-output.ts";
import {
  checkKilnOrder,
  createManifestReader,
  type KilnState,
  kilnFileOf,
  type ReadManifest,
} from "./check-kiln-order.ts";
import {
  type KilnHead,
  type KilnOrder,
  type KilnProject,
  readKilnOrder,
  requestForLock,
} from "./kiln-file.ts";
import type { KilnMaker, MadeAsset } from "./kiln-maker.ts";
import { orderKilnHeads, type Refusal } from "./order-kiln-heads.ts";

/** How many kiln files are checked at a time. */
const CHECKED_AT_ONCE = 24;

/** What happens to one kiln file, reported as it happens. */
export type BuildReport =
  | { type: "making"; head: KilnHead; why: string }
  | { type: "progress"; head: KilnHead; progress: JobProgress }
  | { type: "made"; head: KilnHead; files: string[]; notes: string[]; ms: number }
  | { type: "listed"; head: KilnHead }
  | { type: "failed"; shown: string; error: ServiceError };

export interface BuildOptions {
  project: KilnProject;
  maker: KilnMaker;
  /** Builds everything, up to date or not. */
  all?: boolean;
  /** Overwrites files that the user changed. */
  force?: boolean;
  signal: AbortSignal;
  /** Gives the signal for one kiln file, if it can be stopped by itself. */
  signalFor?: (head: KilnHead) => AbortSignal;
  report: (report: BuildReport) => void;
}

export interface BuildSummary {
  made: number;
  fresh: number;
  failed: number;
}

/**
 * Builds the kiln files that are out of date, one after the other. A failure is reported and the rest go on. `all` are
 * the kiln files of the project, which decide order and conflicts; `wanted` chooses those to build. Throws only if the
 * signal is aborted.
 */
export async function buildKilnHeads(
  all: readonly KilnHead[],
  wanted: (head: KilnHead) => boolean,
  options: BuildOptions,
): Promise<BuildSummary> {
  const run = new BuildRun(options);
  const { heads, needs, refused } = orderKilnHeads(all);
  for (const { head, why, others } of refused) if (wanted(head)) run.fail(head.shown, refusal(why, others));
  const looked = heads.filter(wanted);
  const states = await run.checkAll(looked);
  for (const head of looked) {
    const isTouched = (needs.get(head) ?? []).some((need) => run.wasMade(need));
    await run.build(head, isTouched ? undefined : states.get(head));
  }
  return run.summary;
}

interface Checked {
  order: KilnOrder;
  state: KilnState;
}

class BuildRun {
  readonly summary: BuildSummary = { made: 0, fresh: 0, failed: 0 };
  readonly #options: BuildOptions;
  readonly #made = new Set<string>();
  readonly #manifestOf: ReadManifest = createManifestReader();

  constructor(options: BuildOptions) {
    this.#options = options;
  }

  wasMade(head: KilnHead): boolean {
    return this.#made.has(head.path);
  }

  fail(shown: string, error: ServiceError): void {
    this.summary.failed++;
    this.#options.report({ type: "failed", shown, error });
  }

  /** Checks many files at once. A picture that is missing now may be made by another kiln file first. */
  async checkAll(heads: readonly KilnHead[]): Promise<ReadonlyMap<KilnHead, Checked>> {
    const checked = new Map<KilnHead, Checked>();
    let next = 0;
    const work = async (): Promise<void> => {
      for (let head = heads[next++]; head; head = heads[next++]) {
        const result = await this.#check(head).catch(() => null);
        if (result) checked.set(head, result);
      }
    };
    await Promise.all(Array.from({ length: CHECKED_AT_ONCE }, work));
    return checked;
  }

  async build(head: KilnHead, known: Checked | undefined): Promise<void> {
    const { signal, signalFor } = this.#options;
    signal.throwIfAborted();
    const own = signalFor ? AbortSignal.any([signal, signalFor(head)]) : signal;
    try {
      own.throwIfAborted();
      const { order, state } = known ?? (await this.#check(head));
      await this.#settle(order, state, own);
    } catch (error) {
      signal.throwIfAborted();
      // It changed again while it was being made: the next round makes it.
      if (own.aborted) return;
      this.fail(head.shown, asServiceError(error));
    }
  }

  async #check(head: KilnHead): Promise<Checked> {
    const { project, maker } = this.#options;
    const order = await readKilnOrder(head, project);
    return { order, state: await checkKilnOrder(order, maker, this.#manifestOf) };
  }

  async #settle(order: KilnOrder, state: KilnState, signal: AbortSignal): Promise<void> {
    const { all, force, report } = this.#options;
    if (state.state === "changed" && !force) throw changedFiles(state.files);
    if (state.state === "fresh" && !all) {
      this.summary.fresh++;
      return;
    }
    if (state.state === "unlisted" && !all) {
      await restoreEntry(await realpath(order.folder), state.entry);
      this.summary.fresh++;
      report({ type: "listed", head: order });
      return;
    }
    await this.#make(order, state.state === "stale" ? state.why : "asked for", signal);
  }

  async #make(order: KilnOrder, why: string, signal: AbortSignal): Promise<void> {
    const { maker, project, force = false, report } = this.#options;
    const started = performance.now();
    report({ type: "making", head: order, why });
    const made = await maker.make(order, {
      signal,
      onProgress: (progress) => report({ type: "progress", head: order, progress }),
    });
    signal.throwIfAborted();
    const files = await writeMade(order, made, { project, version: maker.facts.version, force });
    this.#made.add(order.path);
    this.summary.made++;
    report({ type: "made", head: order, files, notes: notesOf(made), ms: performance.now() - started });
  }
}

function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError("internal", error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}

function notesOf({ manifest }: MadeAsset): string[] {
  const ignored = manifest.ignored_parameters.map(({ name, reason }) => `${name} is ignored: ${reason}`);
  return [...ignored, ...manifest.warnings];
}

/** Writes the files and returns their paths relative to the game. */
async function writeMade(
  order: KilnOrder,
  { files, manifest }: MadeAsset,
  { project, version, force }: { project: KilnProject; version: string; force: boolean },
): Promise<string[]> {
  const { model } = manifest.provenance;
  const { folder, name, kind, inputSha256, loaded } = order;
  const root = await openOutput(order, project);
  const written = await writeProjectFiles({
    projectRoot: root,
    dir: "",
    name,
    files,
    force,
    lock: {
      assetId: assetIdOfJob(`job_${sha256(`${inputSha256} ${name}`).slice(0, 16)}`, kind),
      kind,
      model: model && { id: model.id, sha256: model.sha256 },
      request: requestForLock(manifest.request, order),
      trainingDataLicenses: model?.training_data_licenses ?? [],
      kiln: {
        file: kilnFileOf(order),
        input_sha256: inputSha256,
        pipeline_version: version,
        pictures: loaded.map(({ file }) => file),
      },
    },
  });
  const dir = relative(project.dir, folder).split(sep).join("/");
  return written.map((path) => (dir === "" ? path : `${dir}/${path}`));
}

/**
 * Opens the output folder. The folder of a kiln file exists already and may have any name; a folder that a kiln file
 * names is created inside the game, and never through a link.
 */
async function openOutput({ path, folder }: KilnOrder, project: KilnProject): Promise<Root> {
  if (folder === dirname(path)) return openRoot(folder);
  const game = await openRoot(project.dir);
  return openRoot(await game.folder(...relative(project.dir, folder).split(sep)));
}

function changedFiles(files: string[]): ServiceError {
  return new ServiceError(
    "file-changed",
    `You changed ${files.join(", ")}, so nothing was written: use --force to overwrite, or delete the kiln file to keep your version.`,
  );
}

function refusal(why: Refusal, others: readonly KilnHead[]): ServiceError {
  const names = others.map(({ shown }) => shown).join(", ");
  if (why === "same-target")
    return new ServiceError(
      "invalid-request",
      `${names} writes the same files: change the name or the folder of one of them.`,
    );
  return new ServiceError(
    "invalid-request",
    `It needs its own output as a picture${names ? ` (through ${names})` : ""}: use another picture.`,
  );
}
