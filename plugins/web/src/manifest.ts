import type { WebAsset } from "./assets.ts";

/** The file that the service writes last into an output folder. */
export const MANIFEST_NAME = "pixelkiln.manifest.json";

interface ManifestFile {
  path: string;
  /** Absent in a manifest of an older Pixelkiln. */
  role?: string;
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

/** What a game loads of an asset, and by which roles, best first. Of several pictures the sheet shows all. */
const ROLES = {
  image: ["sheet", "png"],
  atlas: ["aseprite_json"],
  tileset: ["tiled_tileset"],
  // Phaser's map holds its tileset.
  map: ["phaser_tilemap", "tiled_map"],
} as const;

function describeAsset(
  { name, kind, rev, files }: ManifestAsset,
  { keyFolder, urlFolder }: { keyFolder: string; urlFolder: string },
): WebAsset {
  const find = (roles: readonly string[]): string | null => {
    for (const role of roles) {
      const file = files.find((one) => (one.role ?? guessRole(name, one.path)) === role);
      if (file) return `${join(urlFolder, file.path)}?v=${file.sha256.slice(0, 8)}`;
    }
    return null;
  };
  return {
    key: join(keyFolder, name),
    kind,
    rev,
    image: find(ROLES.image),
    atlas: find(ROLES.atlas),
    tileset: find(ROLES.tileset),
    map: find(ROLES.map),
  };
}

/** Tells the role of a file by its name, for manifests that were written before roles were kept. */
function guessRole(name: string, path: string): string | undefined {
  if (path === `${name}-sheet.png`) return "sheet";
  if (path === `${name}.png`) return "png";
  if (path === `${name}.json`) return "aseprite_json";
  if (path === `${name}.tsj`) return "tiled_tileset";
  if (path.endsWith(".phaser.tmj")) return "phaser_tilemap";
  return path.endsWith(".tmj") ? "tiled_map" : undefined;
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
    files.every(
      (file) =>
        typeof file?.path === "string" &&
        typeof file.sha256 === "string" &&
        ["string", "undefined"].includes(typeof file.role),
    )
  );
}
