import { dirname, join, relative, sep } from "node:path";
import { ServiceError } from "../../shared/errors.ts";
import {
  PROJECT_MANIFEST,
  type ProjectAsset,
  type ProjectLock,
  ProjectManifest,
} from "../library/project-files.ts";
import { entryOf } from "../library/project-manifest.ts";
import { compareFiles, readOwn, readOwned } from "../library/project-read.ts";
import type { KilnOrder } from "./kiln-file.ts";
import type { KilnMaker } from "./kiln-maker.ts";

/** The state of a kiln file's output. */
export type KilnState =
  | { state: "fresh" }
  /** Everything is there, but the folder's manifest does not list it. */
  | { state: "unlisted"; entry: ProjectAsset }
  | { state: "stale"; why: string }
  /** The user changed these files, so nothing would be written. */
  | { state: "changed"; files: string[] };

/** Reads the manifest of a folder, once per build; null if it is missing or incomplete. */
export type ReadManifest = (folder: string) => Promise<ProjectManifest | null>;

/** Makes a reader of manifests for one build. */
export function createManifestReader(): ReadManifest {
  const read = new Map<string, Promise<ProjectManifest | null>>();
  return (folder) => {
    const known =
      read.get(folder) ?? readOwn(join(folder, PROJECT_MANIFEST), ProjectManifest).catch(() => null);
    read.set(folder, known);
    return known;
  };
}

/**
 * Compares a kiln file with the files on disk. It is fresh if its lock has the same request, model and program version,
 * and every file has the hash in the lock.
 */
export async function checkKilnOrder(
  order: KilnOrder,
  { facts }: Pick<KilnMaker, "facts">,
  manifestOf: ReadManifest,
): Promise<KilnState> {
  const { folder, name, kind } = order;
  const owned = await readOwned(folder, name).catch((error) => {
    if (error instanceof ServiceError && error.code === "file-changed") return null;
    throw error;
  });
  if (owned === null) return { state: "changed", files: [`${name}.kiln.lock.json`] };
  const { lock } = owned;
  if (!lock) return { state: "stale", why: "new" };
  const { outdated, changed } = await compareFiles(folder, owned);
  if (changed.length > 0) return { state: "changed", files: changed };
  const why = staleBecause(order, lock, facts);
  if (why !== null) return { state: "stale", why };
  if (outdated.length > 0) return { state: "stale", why: `${outdated.join(", ")} is missing` };
  const entry = entryOf(name, kind, lock.files);
  const listed = (await manifestOf(folder))?.assets.find((asset) => asset.name === name);
  return listed?.rev === entry.rev ? { state: "fresh" } : { state: "unlisted", entry };
}

function staleBecause(order: KilnOrder, lock: ProjectLock, facts: KilnMaker["facts"]): string | null {
  const { kiln, model } = lock;
  if (!kiln) return "it was made without its kiln file";
  if (kiln.input_sha256 !== order.inputSha256) return "the request changed";
  if (kiln.file !== kilnFileOf(order)) return "the kiln file moved";
  if (kiln.pipeline_version !== facts.version) return `made by version ${kiln.pipeline_version}`;
  if (model === null) return null;
  const wanted = order.fields.model ?? facts.models[0]?.id;
  const known = facts.models.find(({ id }) => id === wanted);
  return known && known.id === model.id && known.sha256 === model.sha256 ? null : "the model changed";
}

/** Gives the path of a kiln file as in its lock: relative to the output folder. */
export function kilnFileOf({ path, folder }: Pick<KilnOrder, "path" | "folder">): string {
  const up = relative(folder, dirname(path)).split(sep).join("/");
  const file = path.slice(dirname(path).length + 1);
  return up === "" ? file : `${up}/${file}`;
}
