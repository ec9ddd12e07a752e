import type { CatalogEntry } from "../../../service/generators/backend.ts";
import { withConfigured } from "../../../service/generators/catalog.ts";
import { loadGenerator } from "../../../service/generators/load-generator.ts";
import { ServerModel } from "../../../shared/server-models.ts";

/** A configured model as the catalog has it. */
export function entryOf(fields: object): CatalogEntry {
  const [entry] = withConfigured([], [ServerModel.parse(fields)]);
  if (!entry) throw new Error("The model is not valid.");
  return entry;
}

/** Its generator, as a worker opens it. */
export async function generatorOf(fields: object, env: NodeJS.ProcessEnv = {}) {
  return (await loadGenerator(entryOf(fields), env)).generator;
}
