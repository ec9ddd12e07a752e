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
  if (service !== null) follow(`${service}/v1/events`, source, read);
  return source;
}

/** A browser gives up on a stream that was answered with an error, such as a proxy's 502: retry after this. */
const RECONNECT_MS = 2000;

function follow(url: string, source: AssetSource, read: () => Promise<WebAsset[]>): void {
  let latest = 0;
  const refresh = async (): Promise<void> => {
    const mine = ++latest;
    const assets = await read();
    // An answer overtaken by a newer one no longer counts.
    if (mine === latest) source.apply(diffAssets(source.assets.values(), assets));
  };
  const open = (): void => {
    const events = new EventSource(url);
    // A new or late client is sent the first two as its state.
    for (const name of ["snapshot", "reset", "project.changed"]) {
      events.addEventListener(name, () => {
        refresh().catch((error: Error) => console.warn(`[pixelkiln] ${error.message}`));
      });
    }
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(open, RECONNECT_MS);
    });
  };
  open();
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
