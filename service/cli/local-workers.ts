import type { AssetManifest } from "../../shared/asset.ts";
import type { ParsedRequest } from "../../shared/parse-request.ts";
import type { Kind, KindRequest } from "../kinds/kind.ts";
import type { MadeAsset } from "../kinds/made-asset.ts";
import { assetIdOfJob } from "../kinds/table.ts";
import { sha256 } from "../library/hashes.ts";
import { describeFiles } from "../library/publish.ts";
import { modelsDirs } from "../package-info.ts";
import { findConfigFolder } from "../project/project-config.ts";
import { readModels } from "../project/read-models.ts";
import { createLog, type LogLevel } from "../service-log.ts";
import type { MakeOrder, TaskHooks } from "../workers/messages.ts";
import { createWorkers, type Workers } from "../workers/workers.ts";
import type { CliContext } from "./command.ts";

/** What workers of one run of the program depend on. */
interface OpenOptions {
  /** Level that is logged at least; default: nothing is. */
  least?: LogLevel | null;
  /** The game whose configuration counts; default: the one that the current folder is in. */
  projectDir?: string | undefined;
}

/** Makes workers for one run of the program. Throws a ServiceError if the configured models are not valid. */
export async function openWorkers(
  { env, stderr, cwd }: CliContext,
  { least = null, projectDir }: OpenOptions = {},
): Promise<Workers> {
  return createWorkers({
    modelsDirs: modelsDirs(env),
    configured: await readModels(projectDir ?? (await findConfigFolder(cwd)), env),
    env,
    log: createLog({ stderr, env, least }),
    isBrief: true,
  });
}

/** Makes an asset from a request in one of this program's workers: one process does it all. */
export function makeHere(
  workers: Pick<Workers, "make">,
  {
    kind,
    parsed,
    target,
  }: { kind: Kind; parsed: ParsedRequest<KindRequest>; target: Omit<MakeOrder["target"], "createdAt"> },
  hooks: TaskHooks,
): Promise<MadeAsset> {
  const from = { request: { ...parsed.request }, ignored: parsed.ignored, sheets: null };
  const createdAt = new Date().toISOString();
  return workers.make("generator", { kind: kind.id, from, target: { ...target, createdAt } }, hooks);
}

/** Adds to a manifest what the library would: hashes, the revision, and an id that depends only on the content. */
export function completeManifest({ files, manifest }: Pick<MadeAsset, "files" | "manifest">): AssetManifest {
  const described = describeFiles(files);
  const hash = sha256(described.rev + JSON.stringify(manifest.request));
  return { ...manifest, id: assetIdOfJob(`job_${hash.slice(0, 16)}`, manifest.kind), ...described };
}
