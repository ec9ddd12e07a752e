import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describeValue, ServiceError } from "../../shared/errors.ts";
import { fileNames, type ModelFile, readModelFile } from "./embedded/model-file.ts";
import type { ModelDescription } from "./generator.ts";

/** A model that is on the disk: what it is, where it lies and its parsed model.json. */
export interface CatalogEntry {
  description: ModelDescription;
  folder: string;
  config: ModelFile;
}

/** A folder with a model.json that cannot be used, and why. */
export interface BrokenModel {
  folder: string;
  reason: string;
}

/**
 * Lists the models in some folders of model folders; the first folder that names an id wins. Folders
 * without model.json are passed over; a broken one is told to `onBroken` and left out. Contents are
 * not hashed here: the model process does that when it loads a model.
 */
export async function loadCatalog(
  modelsDirs: readonly string[],
  onBroken: (broken: BrokenModel) => void = () => {},
): Promise<CatalogEntry[]> {
  const entries = new Map<string, CatalogEntry>();
  for (const folder of await modelFolders(modelsDirs)) {
    try {
      const entry = await loadEntry(folder);
      const known = entries.get(entry.description.id);
      if (known) throw new Error(`The id ${entry.description.id} is taken by ${known.folder}.`);
      entries.set(entry.description.id, entry);
    } catch (error) {
      onBroken({ folder, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return [...entries.values()];
}

/** Reads one model folder. Throws an Error when its model.json is not valid or a file is missing. */
export async function loadEntry(folder: string): Promise<CatalogEntry> {
  const config = await readModelFile(folder);
  let bytes = 0;
  for (const name of fileNames(config.files)) bytes += (await stat(join(folder, name))).size;
  return { description: describe(config, bytes), folder, config };
}

function describe(config: ModelFile, bytes: number): ModelDescription {
  const { steps, guidanceScale, exemplars } = config.defaults;
  return {
    id: config.id,
    title: config.title,
    backend: config.backend,
    nativeSizes: [...config.nativeSizes].sort((a, b) => a - b),
    controls: config.controls,
    defaults: { steps, guidanceScale, exemplars },
    weightsLicense: config.weightsLicense,
    trainingDataLicenses: config.trainingDataLicenses,
    sha256: hashOfHashes(config),
    bytes,
  };
}

function hashOfHashes(config: ModelFile): string {
  const hash = createHash("sha256");
  for (const name of fileNames(config.files)) hash.update(`${config.hashes[name]}  ${name}\n`);
  return hash.digest("hex");
}

async function modelFolders(modelsDirs: readonly string[]): Promise<string[]> {
  const folders: string[] = [];
  for (const dir of modelsDirs) {
    const names = await readdir(dir).catch(() => []);
    for (const name of names.sort()) {
      const folder = resolve(dir, name);
      const file = await stat(join(folder, "model.json")).catch(() => null);
      if (file?.isFile()) folders.push(folder);
    }
  }
  return folders;
}

/** Finds a model by its name, whose weights must be the ones that are meant where `sha256` says so. */
export function findModel(
  entries: readonly CatalogEntry[],
  { id, sha256 }: { id: string | undefined; sha256?: string },
): CatalogEntry {
  const entry = entries.find(({ description }) => description.id === id);
  if (!entry) {
    const known = entries.map(({ description }) => description.id).join(", ") || "none";
    throw new ServiceError(
      "model-unavailable",
      `There is no model ${describeValue(id)} here. Models on hand: ${known}.`,
    );
  }
  if (sha256 === undefined || entry.description.sha256 === sha256) return entry;
  throw new ServiceError(
    "model-unavailable",
    `The model ${id} on this worker has other weights than the job was planned for. Send the request again.`,
  );
}
