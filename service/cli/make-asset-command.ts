import { extname } from "node:path";
import type { AssetAnswer } from "../../shared/answers.ts";
import type { AssetManifest } from "../../shared/asset.ts";
import type { ParsedRequest } from "../../shared/parse-request.ts";
import { buildAnswer } from "../jobs/answer.ts";
import { intoProject } from "../jobs/publish-job.ts";
import type { Kind, KindRequest } from "../kinds/kind.ts";
import type { MadeAsset } from "../kinds/made-asset.ts";
import { openRoot } from "../library/paths.ts";
import type { CliContext } from "./command.ts";
import { completeManifest, makeHere, openWorkers } from "./local-workers.ts";
import { makeThere } from "./make-there.ts";
import { createProgressDisplay } from "./progress.ts";
import type { SpriteTarget } from "./sprite-target.ts";
import { writeUnlessChanged } from "./write-whole.ts";

/** ms of each frame in a GIF of a sheet or a still. */
const FRAME_MS = 100;

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
  const root = await openRoot(folder);
  const manifest = completeManifest(asset);
  const written = await intoProject(root, "", { ...asset, assetId: manifest.id });
  return answerOf({ ...asset, manifest }, written, { started, writing });
}

/** Writes one picture of an asset, in the format of the file's ending: a GIF of its frames, or its PNG (the sheet of frames).
 * A file that is there with other bytes is not replaced without `force`: throws file-changed. */
export async function writePicture(
  asset: MadeAsset,
  path: string,
  { started, force }: { started: number; force: boolean },
): Promise<AssetAnswer> {
  const writing = performance.now();
  const isGif = extname(path).toLowerCase() === ".gif";
  await writeUnlessChanged(path, isGif ? await gifOf(asset) : pngOf(asset), force);
  return answerOf({ ...asset, manifest: completeManifest(asset) }, [path], { started, writing });
}

function pngOf(asset: MadeAsset): Uint8Array {
  return bytesOf(asset, fileOf(asset, "sheet") ?? asset.manifest.images[0]?.file);
}

/** The GIF of an animation. A picture, or the cells of a sheet, become one here. */
async function gifOf(asset: MadeAsset): Promise<Uint8Array> {
  const gif = fileOf(asset, "gif");
  if (gif !== undefined) return bytesOf(asset, gif);
  const { decodeImage } = await import("../codecs/decode-image.ts");
  const { encodeGif } = await import("../codecs/encode-gif.ts");
  const { images } = asset.manifest;
  const frames = await Promise.all(images.map(({ file }) => decodeImage(bytesOf(asset, file), file)));
  return encodeGif({ frames, durationsMs: frames.map(() => FRAME_MS), loop: 0 }).bytes;
}

function fileOf({ files }: MadeAsset, role: string): string | undefined {
  return files.find((file) => file.role === role)?.path;
}

function bytesOf({ files }: MadeAsset, path: string | undefined): Uint8Array {
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`The asset has no file ${path}.`);
  return file.bytes;
}

function answerOf(
  asset: MadeAsset & { manifest: AssetManifest },
  projectFiles: string[],
  { started, writing }: { started: number; writing: number },
): Promise<AssetAnswer> {
  const { manifest } = asset;
  const now = performance.now();
  const { load, model, post, encode } = asset.timings;
  return buildAnswer({
    jobId: manifest.id.replace(/^[a-z]+_/, "job_"),
    manifest,
    read: async (path) => bytesOf(asset, path),
    urlOf: (path) => path,
    projectFiles,
    timings: { queue: 0, model: load + model, post, write: encode + now - writing, total: now - started },
  });
}
