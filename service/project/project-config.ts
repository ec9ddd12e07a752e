import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ServiceError } from "../../shared/errors.ts";
import { KILN_CONFIG, KilnConfig } from "../../shared/kiln-file.ts";
import { invalidRequest } from "../../shared/parse-request.ts";
import { loadPicture, mapPictures, namedPictures } from "./kiln-pictures.ts";
import { readJsonFile } from "./read-json-file.ts";

/** The configuration of a game, with its pictures read. */
export interface ProjectConfig extends Omit<KilnConfig, "$schema"> {
  /** Pictures that it uses, relative to the game. */
  pictures: string[];
}

/**
 * Reads the `pixelkiln.config.json` of a game; gives the defaults if there is none. Throws a ServiceError that names the
 * file and the field.
 */
export async function readProjectConfig(projectDir: string): Promise<ProjectConfig> {
  try {
    const { value: raw } = await readJsonFile(join(projectDir, KILN_CONFIG));
    const parsed = KilnConfig.safeParse(raw);
    if (!parsed.success) throw invalidRequest(parsed.error, raw);
    const named = namedPictures(KilnConfig, parsed.data);
    const loaded = new Map<string, string>();
    for (const picture of named)
      loaded.set(picture.path, (await loadPicture(picture, { folder: projectDir, projectDir })).base64);
    const { $schema: _, ...config } = mapPictures(
      KilnConfig,
      parsed.data,
      ({ path }) => loaded.get(path) ?? "",
    );
    return { ...config, pictures: named.map(({ path }) => path) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === "not-found") return { pictures: [] };
    const errors = error.errors.map((one) => ({ ...one, field: `${KILN_CONFIG}: ${one.field}` }));
    throw new ServiceError(error.code, `${KILN_CONFIG}: ${error.message}`, { errors });
  }
}

/** Finds the nearest folder up the tree with a configuration, or null. */
export async function findConfigFolder(folder: string): Promise<string | null> {
  for (let dir = folder; ; dir = dirname(dir)) {
    const found = await stat(join(dir, KILN_CONFIG)).catch(() => null);
    if (found?.isFile()) return dir;
    if (dirname(dir) === dir) return null;
  }
}
