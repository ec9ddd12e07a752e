import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { WebAsset } from "../assets.ts";
import { join as joinUrl, MANIFEST_NAME, readManifest } from "../manifest.ts";
import { readSheet } from "../sheet.ts";

/** Where the assets are, on disk and on the page. */
export interface AssetFolder {
  /** Absolute folder. */
  folder: string;
  /** The same as a URL relative to the page's base, "" = the base itself. */
  url: string;
}

/** Reads every manifest in a folder and below. Throws an Error that names the one it could not read. */
export async function readAssets({ folder, url }: AssetFolder): Promise<WebAsset[]> {
  const lists = (await manifestFolders(folder, "")).map(async (inner) => {
    const path = join(folder, inner, MANIFEST_NAME);
    try {
      const manifest: unknown = JSON.parse(await readFile(path, "utf8"));
      return readManifest(manifest, { keyFolder: inner, urlFolder: joinUrl(url, inner).replace(/\/$/, "") });
    } catch (error) {
      throw new Error(`${path}: ${(error as Error).message}`);
    }
  });
  return (await Promise.all(lists)).flat().sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Lists the tags of an asset's sheet; none if there is no sheet or it cannot be read. */
export async function readTags(asset: WebAsset, { folder, url }: AssetFolder): Promise<string[]> {
  if (asset.atlas === null) return [];
  const path = asset.atlas.replace(/\?.*$/, "").slice(url === "" ? 0 : url.length + 1);
  try {
    const sheet = readSheet(JSON.parse(await readFile(join(folder, path), "utf8")));
    return sheet.tags.map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Folders with a manifest, relative to `root` with "/". A missing folder has none. */
async function manifestFolders(root: string, inner: string): Promise<string[]> {
  const entries = await readdir(join(root, inner), { withFileTypes: true }).catch(() => []);
  const here = entries.some((entry) => entry.name === MANIFEST_NAME) ? [inner] : [];
  const deeper = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => manifestFolders(root, joinUrl(inner, entry.name)));
  return [...here, ...(await Promise.all(deeper)).flat()];
}
