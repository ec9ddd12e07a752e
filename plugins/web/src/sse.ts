import { createClient } from "../../client/client.ts";
import { followEvents } from "../../client/events.ts";
import { type AssetSource, createSource, diffAssets, type WebAsset } from "./assets.ts";
import { MANIFEST_NAME, readManifest } from "./manifest.ts";

export interface ConnectOptions {
  /** URL of the folder with the assets, relative to the page. Default: "assets". */
  assets?: string;
  /** Subfolders that hold assets too: "enemies". Default: none. */
  folders?: readonly string[];
  /** Address of the service. Default: "http://127.0.0.1:7878"; null: art is only played. */
  service?: string | null;
  /** The folder of the assets as the service sees it, relative to the project. Default: "public/assets". */
  projectFolder?: string;
}

/**
 * Connects a page without a bundler to the service: reads the manifests next to the art, and reads them again
 * whenever the service says that the project changed, or that the page may have missed a change. The service has
 * to allow the page's origin (PIXELKILN_ALLOWED_ORIGINS). A folder without a manifest has no assets yet.
 */
export async function connect(options: ConnectOptions = {}): Promise<AssetSource> {
  const { assets = "assets", folders = [], projectFolder = "public/assets" } = options;
  const { service = "http://127.0.0.1:7878" } = options;
  const base = new URL(`${assets.replace(/\/$/, "")}/`, document.baseURI).href;
  const read = () => readManifests(base, ["", ...folders]);
  const door = service === null ? null : { url: service, folder: projectFolder };
  const source = createSource(await read(), { base, service: door });
  if (service !== null) follow(service, source, read);
  return source;
}

/** After these the manifests may say something new; the first two are the state that a new or a late client is sent. */
const TELLING: ReadonlySet<string> = new Set(["snapshot", "reset", "project.changed"]);

function follow(service: string, source: AssetSource, read: () => Promise<WebAsset[]>): void {
  let latest = 0;
  const refresh = async (): Promise<void> => {
    const mine = ++latest;
    const assets = await read();
    // An answer overtaken by a newer one no longer counts.
    if (mine === latest) source.apply(diffAssets(source.assets.values(), assets));
  };
  void followEvents(createClient({ url: service }), {
    path: "/v1/events",
    // As long as the page is there.
    signal: new AbortController().signal,
    onEvent: ({ name }) => {
      if (TELLING.has(name)) refresh().catch((error: Error) => console.warn(`[pixelkiln] ${error.message}`));
    },
  });
}

async function readManifests(base: string, folders: readonly string[]): Promise<WebAsset[]> {
  const lists = folders.map(async (folder) => {
    const url = new URL(`${folder === "" ? "" : `${folder}/`}${MANIFEST_NAME}`, base).href;
    const response = await fetch(url, { cache: "no-store" });
    if (response.status === 404) return [];
    if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
    return readManifest(await response.json(), { keyFolder: folder, urlFolder: folder });
  });
  return (await Promise.all(lists)).flat();
}
