import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CatalogEntry } from "../../../service/generators/backend.ts";
import { loadEntry } from "../../../service/generators/catalog.ts";
import type { DiffusersConfig } from "../../../service/generators/diffusers/diffusers-config.ts";

/** What models/training/tiny_diffusers.py made. */
export const FIXTURES = fileURLToPath(new URL("../../fixtures/diffusers", import.meta.url));

export type TinyModel = "tiny-sd" | "tiny-sdxl" | "tiny-lcm";

/** A tiny model as the catalog reads it. */
export async function tinyEntry(name: TinyModel): Promise<CatalogEntry & { config: DiffusersConfig }> {
  return (await loadEntry(join(FIXTURES, name))) as CatalogEntry & { config: DiffusersConfig };
}

/** Copies a tiny model into a new folder, so that it can be changed; `model` becomes its model.json. */
export async function inCopy(
  name: TinyModel,
  model: object | null,
  work: (folder: string, models: string) => Promise<void>,
): Promise<void> {
  const models = await mkdtemp(join(tmpdir(), "diffusers-"));
  try {
    const folder = join(models, name);
    await cp(join(FIXTURES, name), folder, { recursive: true });
    if (model) await writeFile(join(folder, "model.json"), JSON.stringify(model));
    await work(folder, models);
  } finally {
    await rm(models, { recursive: true, force: true });
  }
}

/** Reads numbers of the reference. */
export async function readNumbers(name: string): Promise<Float32Array> {
  const bytes = await readFile(join(FIXTURES, "reference", `${name}.bin`));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}
