import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describeValue, ServiceError } from "../../shared/errors.ts";
import type { Backends, CatalogEntry } from "./backend.ts";
import { readModel } from "./model-file.ts";
import { BACKENDS } from "./table.ts";

/** A folder with a model.json that cannot be used, and why. */
export interface BrokenModel {
  /** Its folder; of a configured model, its id. */
  folder: string;
  reason: string;
}

/** A model that a configuration describes: an id, a backend, and what that backend takes. */
export type ConfiguredModel = Readonly<{ id: string; backend: string }>;

interface CatalogOptions {
  onBroken?: (broken: BrokenModel) => void;
  backends?: Backends;
}

/**
 * Lists the models in some folders of model folders; the first folder that names an id wins. Folders
 * with neither a model.json nor what a backend knows them by are passed over; a broken one is told to `onBroken` and left
 * out. Contents are not hashed here: the worker does that when it loads a model.
 */
export async function loadCatalog(
  modelsDirs: readonly string[],
  onBroken: (broken: BrokenModel) => void = () => {},
  backends: Backends = BACKENDS,
): Promise<CatalogEntry[]> {
  const entries = new Map<string, CatalogEntry>();
  for (const folder of await modelFolders(modelsDirs, backends)) {
    try {
      const entry = await loadEntry(folder, backends);
      const known = entries.get(entry.info.id);
      if (known) throw new Error(`The id ${entry.info.id} is taken by ${known.folder}.`);
      entries.set(entry.info.id, entry);
    } catch (error) {
      onBroken({ folder, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  // Folders of other programs draw what is asked of them by name; they do not replace the default.
  const isOther = ({ backend }: CatalogEntry): boolean => backend.foreign !== undefined;
  const all = [...entries.values()];
  return [...all.filter((entry) => !isOther(entry)), ...all.filter(isOther)];
}

/** Reads one model folder. Throws an Error when its model.json is not valid or a file is missing. */
export async function loadEntry(folder: string, backends: Backends = BACKENDS): Promise<CatalogEntry> {
  const model = await readModel(folder, backends);
  let { bytes } = model.info;
  for (const name of Object.keys(model.hashes)) bytes += (await stat(join(folder, name))).size;
  return { ...model, info: { ...model.info, bytes } };
}

async function modelFolders(modelsDirs: readonly string[], backends: Backends): Promise<string[]> {
  const markers = Object.values(backends).flatMap(({ foreign }) => (foreign ? [foreign.marker] : []));
  const folders: string[] = [];
  for (const dir of modelsDirs) {
    const names = await readdir(dir).catch(() => []);
    for (const name of names.sort()) {
      const folder = resolve(dir, name);
      if (await hasAny(folder, ["model.json", ...markers])) folders.push(folder);
    }
  }
  return folders;
}

async function hasAny(folder: string, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    const file = await stat(join(folder, name)).catch(() => null);
    if (file?.isFile()) return true;
  }
  return false;
}

/**
 * Adds the models that a configuration describes. They come after those on the disk, so that the default stays what it
 * is; an id that is taken, or a backend that stores its models, is told to `onBroken`.
 */
export function withConfigured(
  entries: readonly CatalogEntry[],
  configured: readonly ConfiguredModel[],
  { onBroken = () => {}, backends = BACKENDS }: CatalogOptions = {},
): CatalogEntry[] {
  const all = [...entries];
  for (const config of configured) {
    const backend = backends[config.backend];
    const isTaken = all.some(({ info }) => info.id === config.id);
    if (isTaken) onBroken({ folder: config.id, reason: `The id ${config.id} is taken.` });
    else if (!backend?.describe)
      onBroken({ folder: config.id, reason: `${config.backend} is no backend of servers.` });
    else all.push({ info: backend.describe(config), folder: "", hashes: {}, config, backend });
  }
  return all;
}

/** Puts the model with an id first, where requests that name none find theirs; null changes nothing. */
export function withDefault(entries: readonly CatalogEntry[], id: string | null): CatalogEntry[] {
  const isDefault = ({ info }: CatalogEntry): boolean => info.id === id;
  return [...entries.filter(isDefault), ...entries.filter((entry) => !isDefault(entry))];
}

/** Finds a model by its name, whose weights must be the ones that are meant where `sha256` says so. */
export function findModel(
  entries: readonly CatalogEntry[],
  { id, sha256 }: { id: string | undefined; sha256?: string },
): CatalogEntry {
  const entry = entries.find(({ info }) => info.id === id);
  if (!entry) {
    const known = entries.map(({ info }) => info.id).join(", ") || "none";
    throw new ServiceError(
      "model-unavailable",
      `There is no model ${describeValue(id)} here. Models on hand: ${known}.`,
    );
  }
  if (sha256 === undefined || entry.info.sha256 === sha256) return entry;
  throw new ServiceError(
    "model-unavailable",
    `The model ${id} on this worker has other weights than the job was planned for. Send the request again.`,
  );
}
