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

/** Kiln files that are looked at at one time. */
const CHECKED_AT_ONCE = 24;

/** What happens to one kiln file, told while it happens. */
export type BuildReport =
  | { type: "making"; head: KilnHead; why: string }
  | { type: "progress"; head: KilnHead; progress: JobProgress }
  | { type: "made"; head: KilnHead; files: string[]; notes: string[]; ms: number }
  | { type: "listed"; head: KilnHead }
  | { type: "failed"; shown: string; error: ServiceError };

export interface BuildOptions {
  project: KilnProject;
  maker: KilnMaker;
  /** Makes everything, up to date or not. */
  all?: boolean;
  /** Writes over files that a person changed. */
  force?: boolean;
  signal: AbortSignal;
  /** Gives the signal for one kiln file, where it can be stopped alone. */
  signalFor?: (head: KilnHead) => AbortSignal;
  report: (report: BuildReport) => void;
}

export interface BuildSummary {
  made: number;
  fresh: number;
  failed: number;
}

/**
 * Makes those of the kiln files whose result is not up to date, one after the other; one that fails is reported and
 * the rest goes on. `all` are the kiln files of the project, which decide order and clashes; `wanted` those to look at.
 * Throws only when the signal is aborted.
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

  /** Looks at many files at once: what cannot be read now may be made by another kiln file first. */
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
      const { order, state } = known ?? (await this.#check(head));
      await this.#settle(order, state, own);
    } catch (error) {
      signal.throwIfAborted();
      // It was changed again while it was made: the next round makes it.
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

/** Writes what was made and returns the paths relative to the game. */
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
 * Opens the folder of the outputs. Beside a kiln file it is there already, under whatever name a game has; a folder that
 * a file names is made inside the game, and never through a link.
 */
async function openOutput({ path, folder }: KilnOrder, project: KilnProject): Promise<Root> {
  if (folder === dirname(path)) return openRoot(folder);
  const game = await openRoot(project.dir);
  return openRoot(await game.folder(...relative(project.dir, folder).split(sep)));
}

function changedFiles(files: string[]): ServiceError {
  return new ServiceError(
    "file-changed",
    `${files.join(", ")} was changed by hand and stays as it is: --force writes over it, and without the kiln file it is yours.`,
  );
}

function refusal(why: Refusal, others: readonly KilnHead[]): ServiceError {
  const names = others.map(({ shown }) => shown).join(", ");
  if (why === "same-target")
    return new ServiceError(
      "invalid-request",
      `Expected outputs of its own but ${names} writes the same files.`,
    );
  return new ServiceError(
    "invalid-request",
    `Expected pictures that are there before it but received its own outputs${names ? ` (by way of ${names})` : ""}.`,
  );
}
