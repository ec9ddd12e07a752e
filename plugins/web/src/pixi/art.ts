import { AnimatedSprite, ImageSource, Rectangle, Sprite, Texture } from "pixi.js";
import type { AssetKey, AssetSource, TagOf, WebAsset } from "../assets.ts";
import { fetchAsset } from "../fetch-files.ts";
import { readSheet, type Sheet, type SheetTag } from "../sheet.ts";
import { readTiles } from "../tiles.ts";

/** False in a production bundle: code that depends on it is left out there. */
declare const __PIXELKILN_DEV__: boolean | undefined;

/** The project's art in PixiJS 8. */
export interface Art {
  /** Loads assets; those already loaded are left as they are. */
  load(keys: AssetKey | readonly AssetKey[]): Promise<void>;
  /** The textures of a loaded asset: its frames or its tiles, in order. */
  textures(key: AssetKey): readonly Texture[];
  /** A sprite that shows a frame or a tile of a loaded asset and stands on its pivot. */
  sprite(key: AssetKey, frame?: number): Sprite;
  /** A sprite that plays a tag of a loaded asset, each frame for its own duration. */
  animation<K extends AssetKey>(key: K, tag: TagOf<K>): AnimatedSprite;
}

interface Loaded {
  source: ImageSource;
  textures: Texture[];
  sheet: Sheet;
  /** Sprites that are playing a tag and have to get the frames of a new version. */
  players: Map<AnimatedSprite, string>;
}

/**
 * Makes the adapter for a game, with nearest-neighbor filtering. In development sprites and animations update
 * when the art changes: the texture objects are kept, and notify whatever shows them.
 */
export function createArt(assets: AssetSource): Art {
  const loaded = new Map<string, Loaded>();
  const find = (key: string): Loaded => {
    const one = loaded.get(key);
    if (!one) throw new Error(`${key} is not loaded: await load("${key}") first.`);
    return one;
  };
  if (typeof __PIXELKILN_DEV__ === "undefined" || __PIXELKILN_DEV__) follow(assets, loaded);
  return {
    async load(keys) {
      const missing = [keys].flat().filter((key) => !loaded.has(key));
      const files = missing.map(async (key) => [key, await loadLatest(key, assets)] as const);
      for (const [key, { image, sheet }] of await Promise.all(files)) {
        const source = new ImageSource({ resource: image, scaleMode: "nearest" });
        loaded.set(key, { source, sheet, textures: makeTextures(source, sheet), players: new Map() });
      }
    },
    textures: (key) => find(key).textures,
    sprite(key, frame = 0) {
      const { textures, sheet } = find(key);
      return stand(new Sprite(textures[frame] ?? Texture.EMPTY), sheet);
    },
    animation(key, tag) {
      const { sheet, textures, players } = find(key);
      const found = sheet.tags.find(({ name }) => name === tag);
      if (!found) throw new Error(`${key} has no tag ${tag}.`);
      const loop = found.times === 0;
      const player = stand(
        new AnimatedSprite({ textures: playList(found, { sheet, textures }), loop, autoPlay: true }),
        sheet,
      );
      players.set(player, tag);
      player.once("destroyed", () => players.delete(player));
      return player;
    },
  };
}

function mustFind({ assets }: AssetSource, key: string): WebAsset {
  const asset = assets.get(key);
  if (asset) return asset;
  throw new Error(`There is no asset ${key}; the assets are ${[...assets.keys()].join(", ")}.`);
}

/** Loads an asset, again if it changed in the meantime. */
async function loadLatest(key: string, source: AssetSource): ReturnType<typeof loadFiles> {
  for (;;) {
    const asset = mustFind(source, key);
    const files = await loadFiles(asset, source);
    if (source.assets.get(key) === asset) return files;
  }
}

async function loadFiles(
  asset: WebAsset,
  source: AssetSource,
): Promise<{ image: HTMLImageElement; sheet: Sheet }> {
  const { image, atlas, tileset } = await fetchAsset(asset, source);
  if (tileset) return { image, sheet: readTiles(tileset) };
  const { naturalWidth: width, naturalHeight: height } = image;
  const whole = {
    width,
    height,
    frames: [{ x: 0, y: 0, width, height, durationMs: 0 }],
    tags: [],
    pivot: null,
  };
  return { image, sheet: atlas ? readSheet(atlas) : whole };
}

function makeTextures(source: ImageSource, sheet: Sheet): Texture[] {
  return sheet.frames.map(({ x, y, width, height }) => {
    // Dynamic: sprites are then notified when the frame of their texture moves.
    return new Texture({ source, frame: new Rectangle(x, y, width, height), dynamic: true });
  });
}

function stand<T extends Sprite>(sprite: T, { pivot }: Sheet): T {
  if (pivot) sprite.anchor.set(pivot.x, pivot.y);
  return sprite;
}

/** The frames of a tag as Pixi plays them: it has no ping-pong, so the way back is unrolled. */
function playList({ order, pingPong }: SheetTag, { sheet, textures }: Pick<Loaded, "sheet" | "textures">) {
  const back = pingPong ? order.slice(1, -1).reverse() : [];
  return [...order, ...back].map((index) => ({
    texture: textures[index] ?? Texture.EMPTY,
    time: sheet.frames[index]?.durationMs ?? 0,
  }));
}

function follow(source: AssetSource, loaded: ReadonlyMap<string, Loaded>): void {
  source.onChange(({ changed }) => {
    for (const asset of changed) {
      const one = loaded.get(asset.key);
      if (!one) continue;
      loadFiles(asset, source).then(
        ({ image, sheet }) => {
          // A newer version overtook this one while it was loading.
          if (source.assets.get(asset.key)?.rev === asset.rev) swap(one, image, sheet);
        },
        (error: Error) => console.warn(`[pixelkiln] "${asset.key}" stays as it was: ${error.message}`),
      );
    }
  });
}

/** Puts a new version into the existing textures. Frames missing in it show its first. */
function swap(loaded: Loaded, image: HTMLImageElement, sheet: Sheet): void {
  const { source, textures, players } = loaded;
  source.resource = image;
  source.update();
  const more = { ...sheet, frames: sheet.frames.slice(textures.length) };
  textures.push(...makeTextures(source, more));
  for (const [i, texture] of textures.entries()) {
    const place = sheet.frames[i] ?? sheet.frames[0];
    if (!place) continue;
    // `orig` is the same rectangle: the frames are not trimmed.
    Object.assign(texture.frame, { x: place.x, y: place.y, width: place.width, height: place.height });
    texture.update();
  }
  loaded.sheet = sheet;
  for (const [player, name] of players) {
    const tag = sheet.tags.find((one) => one.name === name) ?? {
      name,
      order: [0],
      pingPong: false,
      times: 0,
    };
    const { playing, currentFrame } = player;
    player.textures = playList(tag, loaded);
    player.loop = tag.times === 0;
    player.currentFrame = Math.min(currentFrame, player.totalFrames - 1);
    if (playing) player.play();
  }
}
