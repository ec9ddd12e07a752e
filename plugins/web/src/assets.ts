/**
 * What a game knows about its art, whoever provides it: the Vite plugin (`virtual:pixelkiln/assets`) or the
 * service's event stream (`@pixelkiln/web/sse`). Engine plugins take an `AssetSource` and nothing else.
 */

/**
 * The project's assets by key, with their tags. Empty here: the Vite plugin writes `pixelkiln-assets.d.ts`,
 * which fills it in, so that a missing key or tag is a type error.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be merged with.
export interface AssetTypes {}

/** Keys of the project's assets; any text if no types were generated. */
export type AssetKey = keyof AssetTypes extends never ? string : keyof AssetTypes & string;

/** Tags of an asset; any text if no types were generated. */
export type TagOf<K> = K extends keyof AssetTypes
  ? AssetTypes[K] extends { tag: infer Tag extends string }
    ? Tag
    : string
  : string;

/** One asset: its files as URLs relative to the source's base, with `?v=` and the start of their SHA-256. */
export interface WebAsset {
  /** Folder below the assets' folder, plus the name: "hero", "enemies/slime". */
  key: string;
  kind: string;
  rev: string;
  /** PNG with every frame or tile. */
  image: string | null;
  /** Aseprite JSON of the frames. */
  atlas: string | null;
  /** Tiled tileset (.tsj). */
  tileset: string | null;
  /** Tiled map (.tmj). */
  map: string | null;
}

/** Assets that were added or changed, and keys of those that were removed. */
export interface AssetChange {
  changed: readonly WebAsset[];
  removed: readonly string[];
}

/** A service that draws what is missing. */
export interface ServiceDoor {
  /** Its address, without a trailing slash: "/__pixelkiln", "http://127.0.0.1:7878". */
  url: string;
  /** The game's folder with the assets, as the service sees it: "public/assets". */
  folder: string;
}

export interface AssetSource {
  readonly assets: ReadonlyMap<string, WebAsset>;
  /** Null if art is only played: in production. */
  readonly service: ServiceDoor | null;
  /** Makes the URL of an asset absolute. */
  url(relative: string): string;
  /** Calls back after each change; returns a function that stops it. */
  onChange(listener: (change: AssetChange) => void): () => void;
  /** Applies a change, and notifies the listeners if it is one. */
  apply(change: AssetChange): void;
}

export interface SourceOptions {
  /** Absolute URL to which those of the assets are relative. */
  base: string;
  /** Default: null. */
  service?: ServiceDoor | null;
}

/** Makes a source that starts with these assets. */
export function createSource(assets: readonly WebAsset[], options: SourceOptions): AssetSource {
  const known = new Map(assets.map((asset) => [asset.key, asset]));
  const listeners = new Set<(change: AssetChange) => void>();
  return {
    assets: known,
    service: options.service ?? null,
    url: (relative) => new URL(relative, options.base).href,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    apply({ changed, removed }) {
      const news = {
        changed: changed.filter((asset) => known.get(asset.key)?.rev !== asset.rev),
        removed: removed.filter((key) => known.has(key)),
      };
      for (const asset of news.changed) known.set(asset.key, asset);
      for (const key of news.removed) known.delete(key);
      if (news.changed.length + news.removed.length === 0) return;
      for (const listener of listeners) listener(news);
    },
  };
}

/** Compares two lists of assets by key and rev. */
export function diffAssets(before: Iterable<WebAsset>, after: Iterable<WebAsset>): AssetChange {
  const revs = new Map([...before].map(({ key, rev }) => [key, rev]));
  const now = [...after];
  const changed = now.filter(({ key, rev }) => revs.get(key) !== rev);
  for (const { key } of now) revs.delete(key);
  return { changed, removed: [...revs.keys()] };
}
