import { join } from "node:path";
import { isLoopbackUrl } from "../../shared/server-models.ts";
import type { Kind } from "../kinds/kind.ts";
import { defaultFields } from "../project/kiln-file.ts";
import { findConfigFolder, readProjectConfig } from "../project/project-config.ts";

/** What the game's configuration sets when the command line does not. */
export interface ProjectDefaults {
  /** Absolute folder, with a trailing slash. */
  output: string | undefined;
  /** In the form of `--engine`. */
  engine: string | undefined;
  /** Only an address on this machine, because it gets the token from the environment. */
  service: string | undefined;
  fieldsOf(kind: Pick<Kind, "request" | "takesStyle">): Record<string, unknown>;
}

/** Reads the nearest `pixelkiln.config.json` up the tree; no defaults without one. Throws a ServiceError. */
export async function readDefaults(cwd: string): Promise<ProjectDefaults> {
  const folder = await findConfigFolder(cwd);
  const config = folder === null ? { pictures: [] } : await readProjectConfig(folder);
  const { output, engines, service } = config;
  return {
    output: folder !== null && output !== undefined ? `${join(folder, ...output.split("/"))}/` : undefined,
    engine: engines && engines.length > 0 ? engines.join(",") : undefined,
    service: service !== undefined && isLoopbackUrl(service) ? service : undefined,
    fieldsOf: (kind) => defaultFields(kind, config),
  };
}
