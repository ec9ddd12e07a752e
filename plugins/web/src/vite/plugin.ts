import { basename, join, relative, resolve, sep } from "node:path";
import type { DevEnvironment, Plugin, ResolvedConfig } from "vite";
import { diffAssets, type WebAsset } from "../assets.ts";
import { MANIFEST_NAME } from "../manifest.ts";
import { type AssetFolder, readAssets, readTags } from "./project.ts";
import { PROXY_PATH, serviceProxy } from "./proxy.ts";
import { describeTypes, writeIfChanged } from "./types-file.ts";

export interface PixelkilnOptions {
  /** Folder with the art, inside Vite's public folder, relative to the root. Default: "public/assets". */
  dir?: string;
  /** The service, for placeholders in development. Default: $PIXELKILN_URL or "http://127.0.0.1:7878". */
  service?: string;
  /** File for the types of keys and tags, relative to the root; false = none. Default: "pixelkiln-assets.d.ts". */
  types?: string | false;
}

const MODULE = "virtual:pixelkiln/assets";
const RESOLVED = `\0${MODULE}`;
const EVENT = "pixelkiln:change";
/** A page asks for the state when it starts to listen, to get what happened since its module was read. */
const ASK_EVENT = "pixelkiln:ask";
/** Vite's watcher drops a change that follows another within a few ms, so the manifests are read once more. */
const QUIET_MS = 100;

/**
 * Makes the Vite plugin: `virtual:pixelkiln/assets` (typed), art that updates in the running page without a
 * reload, and a path to the service at `/__pixelkiln`. A build needs no service and contains none of this.
 */
export function pixelkiln(options: PixelkilnOptions = {}): Plugin {
  const project = new Project(options);
  return {
    name: "vite-plugin-pixelkiln",
    config: (_config, { command, isPreview }) => ({
      define: { __PIXELKILN_DEV__: JSON.stringify(command === "serve" && !isPreview) },
      // Behind a virtual module, Vite would discover it late and reload the page.
      optimizeDeps: { exclude: ["@pixelkiln/web"] },
    }),
    configResolved: (config) => project.configure(config),
    async buildStart() {
      await project.read();
      await project.writeTypes();
    },
    configureServer(server) {
      server.watcher.add(project.place.folder);
      server.middlewares.use(PROXY_PATH, serviceProxy(project.service));
      server.environments.client.hot.on(ASK_EVENT, (_data, client) => {
        client.send(EVENT, { changed: project.assets, removed: [] });
      });
    },
    resolveId: (id) => (id === MODULE ? RESOLVED : undefined),
    load: (id) => (id === RESOLVED ? project.module() : undefined),
    hotUpdate: {
      order: "pre",
      async handler({ file }) {
        if (!project.isManifest(file)) return undefined;
        if (this.environment.name === "client") await project.update(this.environment);
        return [];
      },
    },
  };
}

/** The project as seen by one Vite server or build. */
class Project {
  readonly #options: PixelkilnOptions;
  #config: ResolvedConfig | null = null;
  #place: AssetFolder = { folder: "", url: "" };
  #assets: WebAsset[] = [];
  readonly #tags = new Map<string, readonly string[]>();
  #sending: Promise<void> = Promise.resolve();
  #later: NodeJS.Timeout | undefined;

  constructor(options: PixelkilnOptions) {
    this.#options = options;
  }

  get assets(): readonly WebAsset[] {
    return this.#assets;
  }

  get place(): AssetFolder {
    return this.#place;
  }

  get service(): { service: string; token: string | undefined } {
    const { PIXELKILN_URL, PIXELKILN_TOKEN } = process.env;
    const service = this.#options.service ?? PIXELKILN_URL ?? "http://127.0.0.1:7878";
    return { service, token: PIXELKILN_TOKEN };
  }

  configure(config: ResolvedConfig): void {
    const folder = resolve(config.root, this.#options.dir ?? "public/assets");
    const url = relative(config.publicDir, folder).split(sep).join("/");
    if (url.startsWith(".."))
      throw new Error(`dir must be a folder inside ${config.publicDir}, not ${folder}.`);
    this.#config = config;
    this.#place = { folder, url };
  }

  /** Reads the manifests. A broken one leaves the previous state; a build fails. */
  async read(): Promise<WebAsset[]> {
    try {
      this.#assets = await readAssets(this.#place);
    } catch (error) {
      if (this.#config?.command === "build") throw error;
      this.#config?.logger.warn(`[pixelkiln] ${(error as Error).message}`);
    }
    return this.#assets;
  }

  isManifest(file: string): boolean {
    return basename(file) === MANIFEST_NAME && !relative(this.#place.folder, file).startsWith("..");
  }

  /** Sends what changed now, and once more when things have settled. */
  async update(environment: DevEnvironment): Promise<void> {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.#sendChange(environment), QUIET_MS).unref();
    await this.#sendChange(environment);
  }

  /** One at a time: an earlier read that finishes later would bring back an old state. */
  #sendChange(environment: DevEnvironment): Promise<void> {
    this.#sending = this.#sending.then(() => this.#readAndSend(environment));
    return this.#sending;
  }

  /** Reads again and sends what changed: if the module were returned, Vite would reload the page. */
  async #readAndSend({ hot, moduleGraph }: DevEnvironment): Promise<void> {
    const before = this.#assets;
    const change = diffAssets(before, await this.read());
    const module = moduleGraph.getModuleById(RESOLVED);
    if (module) moduleGraph.invalidateModule(module);
    if (change.changed.length + change.removed.length === 0) return;
    hot.send(EVENT, change);
    await this.writeTypes();
  }

  /** The code of the virtual module. `import.meta.hot` and everything that depends on it is dropped from a build. */
  module(): string {
    const isDev = this.#config?.command === "serve";
    const { root = "" } = this.#config ?? {};
    const folder = relative(root, this.#place.folder).split(sep).join("/");
    const service = isDev ? `, service: ${JSON.stringify({ url: PROXY_PATH, folder })}` : "";
    const hot = `if (import.meta.hot) {
  import.meta.hot.on(${JSON.stringify(EVENT)}, (change) => kiln.apply(change));
  import.meta.hot.send(${JSON.stringify(ASK_EVENT)});
}`;
    return `import { createSource } from "@pixelkiln/web";
const assets = ${JSON.stringify(this.#assets, null, 2)};
// On a server there is no page: nothing is loaded there.
const page = globalThis.document?.baseURI ?? "http://localhost/";
const base = new URL(import.meta.env.BASE_URL, page).href;
export const kiln = createSource(assets, { base${service} });
${isDev ? hot : ""}
`;
  }

  /** Writes the types of what was read last, after the page was notified: nobody waits for them. */
  async writeTypes(): Promise<void> {
    const { types = "pixelkiln-assets.d.ts" } = this.#options;
    if (types === false || !this.#config) return;
    const described = this.#assets.map(async (asset) => ({ asset, tags: await this.#tagsOf(asset) }));
    await writeIfChanged(join(this.#config.root, types), describeTypes(await Promise.all(described)));
  }

  async #tagsOf(asset: WebAsset): Promise<readonly string[]> {
    // The URL of a sheet changes with its bytes.
    const known = this.#tags.get(asset.atlas ?? "");
    if (known) return known;
    const tags = await readTags(asset, this.#place);
    if (asset.atlas !== null) this.#tags.set(asset.atlas, tags);
    return tags;
  }
}
