import type { AssetKey, AssetSource, WebAsset } from "../assets.ts";
// For what it adds to Phaser's types: a type-only import would vanish from the declarations.
import "./augment.ts";
import type { SpriteOptions } from "./augment.ts";
import { type LoadContext, loadAsset, loadMap } from "./load.ts";
import { LoadedMaps } from "./maps.ts";
import { showPlaceholder } from "./placeholder.ts";
import { addSprite } from "./sprite.ts";
import { watchArt } from "./watch-art.ts";

/** False in a production bundle (the Vite plugin defines it): code that depends on it is left out there. */
declare const __PIXELKILN_DEV__: boolean | undefined;

const KEY = "pixelkiln";

/** Makes the entry for `plugins.global` in the config of a Phaser game (3.60 or newer, and 4). */
export function pixelkiln(source: AssetSource): Phaser.Types.Core.PluginObjectItem {
  return { key: KEY, plugin: PixelkilnPlugin, mapping: KEY, start: true, data: source };
}

/**
 * Pixelkiln in a Phaser game: `this.load.pixelkiln`, `this.add.pixelkilnSprite`, and, in a scene,
 * `this.pixelkiln`. In development art changes while the game runs; `game.events` then emits `pixelkiln:updated`
 * with the asset's key. It has the shape of Phaser's BasePlugin without importing it.
 */
export class PixelkilnPlugin {
  readonly #game: Phaser.Game;
  readonly #maps = new LoadedMaps();
  #source: AssetSource | null = null;
  #stopWatching = (): void => {};

  constructor(manager: Phaser.Plugins.PluginManager) {
    this.#game = manager.game;
    manager.registerFileType("pixelkiln", loadPixelkiln);
    manager.registerFileType("pixelkilnMap", loadPixelkilnMap);
    manager.registerGameObject("pixelkilnSprite", addPixelkilnSprite);
    manager.registerGameObject("pixelkilnTilemap", addPixelkilnTilemap);
  }

  /** Called by Phaser with `data` from the config. */
  init(source: AssetSource): void {
    this.#source = source;
  }

  /** Called by Phaser when the game starts. */
  start(): void {
    if (typeof __PIXELKILN_DEV__ === "undefined" || __PIXELKILN_DEV__)
      this.#stopWatching = watchArt(this.context);
  }

  /** Called by Phaser; art no longer updates. */
  stop(): void {
    this.#stopWatching();
  }

  /** Called by Phaser at the end of the game. */
  destroy(): void {
    this.stop();
  }

  /** What loading and swapping work with. */
  get context(): LoadContext {
    if (!this.#source) throw new Error("Add pixelkiln(source) to plugins.global in the game's config.");
    return { game: this.#game, source: this.#source, maps: this.#maps };
  }

  /** The asset with this key, or null with a warning. */
  find(key: string): WebAsset | null {
    const { assets } = this.context.source;
    const asset = assets.get(key) ?? null;
    if (!asset) console.warn(`[pixelkiln] no asset "${key}": there is ${[...assets.keys()].join(", ")}`);
    return asset;
  }

  /**
   * Makes a texture for a key that has no art in the project yet: a checkerboard right away, and the picture for
   * the prompt as soon as the service has drawn it into the project. Does nothing if the texture exists, or in
   * production: a shipped game loads its art with `load.pixelkiln`.
   */
  placeholder(key: string, prompt: string, size: { width: number; height: number }): void {
    if (typeof __PIXELKILN_DEV__ === "undefined" || __PIXELKILN_DEV__) {
      showPlaceholder(this.context, { key, prompt, ...size });
    }
  }
}

function pluginOf(scene: Phaser.Scene): PixelkilnPlugin {
  return scene.sys.plugins.get(KEY) as unknown as PixelkilnPlugin;
}

function loadPixelkiln(this: Phaser.Loader.LoaderPlugin, keys: AssetKey | readonly AssetKey[]) {
  const plugin = pluginOf(this.scene);
  for (const key of [keys].flat()) {
    const asset = plugin.find(key);
    if (asset) loadAsset(this, asset, plugin.context);
  }
  return this;
}

function loadPixelkilnMap(this: Phaser.Loader.LoaderPlugin, key: string, url: string) {
  const { context } = pluginOf(this.scene);
  loadMap(this, { key, url: new URL(url, document.baseURI).href }, context);
  return this;
}

interface Factory {
  scene: Phaser.Scene;
}

function addPixelkilnSprite(this: Factory, ...[x, y, key, options]: SpriteArguments) {
  return addSprite(this.scene, { x, y, key, ...options });
}

function addPixelkilnTilemap(this: Factory, key: string) {
  return pluginOf(this.scene).context.maps.make(this.scene, key);
}

type SpriteArguments = [x: number, y: number, key: string, options?: SpriteOptions<string>];
