import type { WebAsset } from "./assets.ts";

/** The file that the service writes last into an output folder. */
export const MANIFEST_NAME = "pixelkiln.manifest.json";

interface ManifestFile {
  path: string;
  sha256: string;
}

interface ManifestAsset {
  name: string;
  kind: string;
  rev: string;
  files: ManifestFile[];
}

/**
 * Lists the assets of a manifest. `keyFolder` is prepended to the names in keys, `urlFolder` to the file
 * names in URLs; both are "" or names joined by "/". Throws an Error that says what is wrong with the manifest.
 */
export function readManifest(
  manifest: unknown,
  { keyFolder, urlFolder }: { keyFolder: string; urlFolder: string },
): WebAsset[] {
  const { schema_version, assets } = (manifest ?? {}) as { schema_version?: unknown; assets?: unknown };
  if (schema_version !== 1 || !Array.isArray(assets)) {
    throw new Error(`${MANIFEST_NAME} must have schema_version 1 and a list of assets.`);
  }
  return assets.map((entry) => {
    if (!isManifestAsset(entry))
      throw new Error(`${MANIFEST_NAME} needs name, kind, rev and files of every asset.`);
    return describeAsset(entry, { keyFolder, urlFolder });
  });
}

/**
 * Finds the files that a game loads, by the names that the writers give them: NAME-sheet.png or, for a single
 * picture, NAME.png; NAME.json; NAME.tsj; and of several maps NAME.phaser.tmj.
 */
function describeAsset(
  { name, kind, rev, files }: ManifestAsset,
  { keyFolder, urlFolder }: { keyFolder: string; urlFolder: string },
): WebAsset {
  const url = (file: ManifestFile | undefined): string | null =>
    file ? `${join(urlFolder, file.path)}?v=${file.sha256.slice(0, 8)}` : null;
  const named = (...paths: string[]) =>
    paths.map((path) => files.find((file) => file.path === path)).find((file) => file !== undefined);
  const maps = files.filter(({ path }) => path.endsWith(".tmj"));
  return {
    key: join(keyFolder, name),
    kind,
    rev,
    image: url(named(`${name}-sheet.png`, `${name}.png`)),
    atlas: url(named(`${name}.json`)),
    tileset: url(named(`${name}.tsj`)),
    map: url(maps.find(({ path }) => path.endsWith(".phaser.tmj")) ?? maps[0]),
  };
}

/** Joins a folder and a name with "/"; the folder may be "". */
export function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function isManifestAsset(entry: unknown): entry is ManifestAsset {
  const { name, kind, rev, files } = (entry ?? {}) as Record<keyof ManifestAsset, unknown>;
  return (
    [name, kind, rev].every((one) => typeof one === "string") &&
    Array.isArray(files) &&
    files.every((file) => typeof file?.path === "string" && typeof file.sha256 === "string")
  );
}
