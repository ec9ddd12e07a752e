import { mkdir } from "node:fs/promises";
import { extname } from "node:path";
import type { AssetAnswer } from "../../shared/answers.ts";
import { describeValue, invalidParameter } from "../../shared/errors.ts";
import type { ParsedRequest } from "../../shared/parse-request.ts";
import { buildAnswer } from "../jobs/answer.ts";
import { intoProject } from "../jobs/publish-job.ts";
import { filesOf, type Kind, type KindRequest } from "../kinds/kind.ts";
import type { MadeAsset } from "../kinds/made-asset.ts";
import { openRoot } from "../library/paths.ts";
import type { CliContext } from "./command.ts";
import { completeManifest, makeHere, openWorkers } from "./local-workers.ts";
import { makeThere } from "./make-there.ts";
import { createProgressDisplay } from "./progress.ts";
import type { SpriteTarget } from "./sprite-target.ts";
import { writeWhole } from "./write-whole.ts";

/** What a command makes. */
export interface MakeWork {
  kind: Kind;
  parsed: ParsedRequest<KindRequest>;
  /** Label of the progress display. */
  title: string;
  target: SpriteTarget;
  /** URL of a running service to make it; without one, this program's own workers do. */
  service: string | undefined;
}

/** Makes an asset, here or in a running service. Throws a ServiceError. */
export async function makeAsset(context: CliContext, work: MakeWork): Promise<MadeAsset> {
  const { kind, parsed, title, target, service } = work;
  const { signal, env } = context;
  const display = createProgressDisplay(context.stderr, title);
  const hooks = { signal, onProgress: display.show };
  try {
    if (service) return await makeThere(kind, parsed, { url: service, target, env, ...hooks });
    const workers = await openWorkers(context);
    try {
      const { name, engines, projectFolder: folder } = target;
      return await makeHere(
        workers,
        { kind, parsed, target: { name, engines, folder, assetId: null } },
        hooks,
      );
    } finally {
      await workers.close();
    }
  } finally {
    display.end();
  }
}

/** Writes all files of an asset into a folder, or none, and gives its answer. `started` is a performance.now(). */
export async function writeAsset(asset: MadeAsset, folder: string, started: number): Promise<AssetAnswer> {
  const writing = performance.now();
  await mkdir(folder, { recursive: true });
  const manifest = completeManifest(asset);
  const written = await intoProject(await openRoot(folder), "", { ...asset, assetId: manifest.id });
  return answerOf(asset, written, { started, writing });
}

/** Writes one picture of an asset, in the format of the file's ending: its GIF, or its PNG (the sheet of frames). */
export async function writePicture(asset: MadeAsset, path: string, started: number): Promise<AssetAnswer> {
  const writing = performance.now();
  const manifest = completeManifest(asset);
  const isGif = extname(path).toLowerCase() === ".gif";
  const [file = isGif ? undefined : manifest.images[0]?.file] = filesOf(manifest, isGif ? "gif" : "sheet");
  const bytes = asset.files.find((one) => one.path === file)?.bytes;
  if (!bytes)
    throw invalidParameter(
      "output",
      describeValue(path),
      "a file name that ends in .png (this is not an animation)",
    );
  await writeWhole(path, bytes);
  return answerOf(asset, [path], { started, writing });
}

function answerOf(
  asset: MadeAsset,
  projectFiles: string[],
  { started, writing }: { started: number; writing: number },
): Promise<AssetAnswer> {
  const manifest = completeManifest(asset);
  const now = performance.now();
  const { load, model, post, encode } = asset.timings;
  return buildAnswer({
    jobId: manifest.id.replace(/^[a-z]+_/, "job_"),
    manifest,
    read: async (path) => asset.files.find((file) => file.path === path)?.bytes ?? new Uint8Array(),
    urlOf: (path) => path,
    projectFiles,
    timings: { queue: 0, model: load + model, post, write: encode + now - writing, total: now - started },
  });
}
