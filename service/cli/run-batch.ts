import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { extname, resolve } from "node:path";
import { describeValue, invalidParameter, ServiceError } from "../../shared/errors.ts";
import type { Kind } from "../kinds/kind.ts";
import type { MadeAsset } from "../kinds/made-asset.ts";
import type { Workers } from "../workers/workers.ts";
import { checkFile } from "./check-place.ts";
import type { CliContext } from "./command.ts";
import { makeHere, openWorkers } from "./local-workers.ts";
import { writePicture } from "./make-asset-command.ts";
import { readPicture } from "./request-flags.ts";

/** At most so many pictures are worked on at once: each takes a process and a core. */
const MOST_WORKERS = 4;

interface Batch {
  kind: Kind;
  /** Path of the list. */
  list: string;
  /** Fields of every request. */
  fields: Record<string, unknown>;
  /** Whether existing files are overwritten. */
  force: boolean;
}

interface Files {
  input: string;
  output: string;
}

/** Works through a list of pictures. A failure gets its own line and the rest go on. Exit code: 2 if any failed. */
export async function runBatch(context: CliContext, batch: Batch): Promise<number> {
  const entries = await readList(batch.list, context.cwd);
  const lines: object[] = [];
  let [next, printed, failed] = [0, 0, 0];
  const runEntries = async (workers: Workers): Promise<void> => {
    for (let entry = entries[next]; entry; entry = entries[next]) {
      context.signal.throwIfAborted();
      const at = next++;
      lines[at] = await runEntry(context, { ...batch, entry, workers }).catch((error: unknown) => {
        if (!(error instanceof ServiceError) || context.signal.aborted) throw error;
        failed += 1;
        return { ...entry, ok: false, error: error.message };
      });
      // In the order of the list, whichever is ready first.
      while (lines[printed]) context.stdout.write(`${JSON.stringify(lines[printed++])}\n`);
    }
  };
  const count = Math.max(1, Math.min(MOST_WORKERS, availableParallelism(), entries.length));
  const opened = await Promise.all(Array.from({ length: count }, () => openWorkers(context)));
  try {
    await Promise.all(opened.map(runEntries));
  } finally {
    await Promise.all(opened.map((workers) => workers.close()));
  }
  return failed > 0 ? 2 : 0;
}

async function runEntry(
  { cwd, signal }: CliContext,
  { kind, fields, force, entry, workers }: Batch & { entry: Files; workers: Workers },
): Promise<object> {
  const started = performance.now();
  if (![".png", ".gif"].includes(extname(entry.output).toLowerCase()))
    throw invalidParameter("output", describeValue(entry.output), "a file name that ends in .png or .gif");
  const path = resolve(cwd, entry.output);
  await checkFile(path);
  const parsed = kind.parse({ ...fields, input_image: await readPicture("picture", entry.input, cwd) });
  const target = { name: kind.nameOf(parsed.request), engines: [], folder: "", assetId: null };
  const asset = await makeHere(workers, { kind, parsed, target }, { signal, onProgress: () => {} });
  await writePicture(asset, path, { started, force });
  return { ...entry, ok: true, ...summaryOf(asset) };
}

function summaryOf({ manifest, timings }: MadeAsset): object {
  const { images, palette, grid, warnings } = manifest;
  return {
    width: images[0]?.width ?? 0,
    height: images[0]?.height ?? 0,
    frames: images.length,
    colors: palette.colors.length,
    ...(grid
      ? {
          grid: {
            kind: grid.kind,
            pitch_x: rounded(grid.pitch_x),
            pitch_y: rounded(grid.pitch_y),
            confidence: rounded(grid.confidence),
          },
        }
      : {}),
    warnings,
    timings_ms: { post: Math.round(timings.post), write: Math.round(timings.encode) },
  };
}

function rounded(value: number): number {
  return Math.round(1000 * value) / 1000;
}

async function readList(list: string, cwd: string): Promise<Files[]> {
  const expected = 'a JSON file [{"input": FILE, "output": FILE}, ...]';
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(resolve(cwd, list), "utf8"));
  } catch {
    throw invalidParameter("batch", describeValue(list), expected);
  }
  if (!Array.isArray(parsed)) throw invalidParameter("batch", describeValue(parsed), expected);
  return parsed.map((entry: unknown, i) => {
    const { input, output } = (entry ?? {}) as Record<string, unknown>;
    if (typeof input === "string" && typeof output === "string") return { input, output };
    throw invalidParameter(`batch[${i}]`, describeValue(entry), '{"input": FILE, "output": FILE}');
  });
}
