/// <reference types="phaser" preserve="true" />
import type { AssetKey, TagOf } from "../assets.ts";
import type { PixelkilnPlugin } from "./plugin.ts";

// What the plugin adds to Phaser's loader, factory and scenes.
declare global {
  namespace Phaser {
    interface Scene {
      /** Pixelkiln's plugin. */
      pixelkiln: PixelkilnPlugin;
    }
    namespace Loader {
      interface LoaderPlugin {
        /** Loads assets of the project: texture and animations, or texture and tilemap. */
        pixelkiln(key: AssetKey | readonly AssetKey[]): this;
        /** Loads a Tiled map (.tmj) with the external tilesets that it names, which Phaser itself rejects. */
        pixelkilnMap(key: string, url: string): this;
      }
    }
    namespace GameObjects {
      interface GameObjectFactory {
        /** Adds a sprite of the project that stands on its pivot and plays one of its tags. */
        pixelkilnSprite<K extends AssetKey>(
          x: number,
          y: number,
          key: K,
          options?: SpriteOptions<TagOf<K>>,
        ): Phaser.GameObjects.Sprite;
        /** Makes the tilemap of a loaded map, with the images of its tilesets; you create the layers. */
        pixelkilnTilemap(key: string): Phaser.Tilemaps.Tilemap;
      }
    }
  }
}

/** What to show first. */
export interface SpriteOptions<Tag extends string> {
  /** Tag to play right away. */
  play?: Tag;
  /** Frame to show. Default: 0. */
  frame?: number;
}
