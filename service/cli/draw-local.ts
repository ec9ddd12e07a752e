import { createHash, randomInt } from "node:crypto";
import type { AssetManifest } from "../../shared/asset.ts";
import type { JobProgress } from "../../shared/job.ts";
import type { GeneratedAsset, SpriteDeps, SpriteOptions } from "../kinds/sprite/make.ts";
import { revisionOf, sha256 } from "../library/hashes.ts";
import { modelsDirs, packageInfo } from "../package-info.ts";
import { assetIdOfJob } from "../queue/job-id.ts";
import { createModelHost, type ModelHost } from "../workers/workers.ts";
import type { CliContext } from "./command.ts";
import type { SpriteTarget } from "./sprite-target.ts";

/** Sprites as the command line has them: bytes and a complete manifest, on no disk yet. */
export interface DrawnSprites {
  sprites: GeneratedAsset;
  manifest: AssetManifest;
}

/** Makes a model host for one run of the program. What it has to say goes to stderr with --verbose only. */
export function openHost({ env, stderr }: CliContext, verbose = false): Promise<ModelHost> {
  const log = (message: string, fields: Record<string, unknown> = {}): void => {
    if (verbose) stderr.write(`${message} ${JSON.stringify(fields)}\n`);
  };
  return createModelHost({ modelsDirs: modelsDirs(env), env, log });
}

/** What generates an asset here: a request of its kind is inside. */
export type Generate = (
  deps: SpriteDeps & { host: ModelHost },
  options: SpriteOptions,
) => Promise<GeneratedAsset>;

/** Draws with a host of this process. */
export async function drawLocally(
  host: ModelHost,
  generate: Generate,
  options: { target: SpriteTarget; signal: AbortSignal; onProgress: (progress: JobProgress) => void },
): Promise<DrawnSprites> {
  const { target, signal, onProgress } = options;
  const deps = { host, version: packageInfo().version, chooseSeed: () => randomInt(2 ** 32) };
  const createdAt = new Date().toISOString();
  const { name, engines, projectFolder: folder } = target;
  const sprites = await generate(deps, { createdAt, name, engines, folder, signal, onProgress });
  return { sprites, manifest: completeManifest(sprites) };
}

/** Adds to a manifest what a library would: hashes, the revision, and an id that only the content decides. */
export function completeManifest({ files, manifest }: GeneratedAsset): AssetManifest {
  const infos = files.map(({ role, path, mediaType, bytes }) => {
    return { role, path, media_type: mediaType, sha256: sha256(bytes), bytes: bytes.length };
  });
  const rev = revisionOf(infos);
  const hash = createHash("sha256").update(rev).update(JSON.stringify(manifest.request)).digest("hex");
  const id = assetIdOfJob(`job_${hash.slice(0, 16)}`, manifest.kind);
  return { ...manifest, id, rev, files: infos };
}
