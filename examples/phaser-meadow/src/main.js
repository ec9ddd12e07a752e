import { kiln } from "virtual:pixelkiln/assets";
import { pixelkiln } from "@pixelkiln/web/phaser";
import * as Phaser from "phaser";
import { HEIGHT, WIDTH } from "./level.js";
import { Meadow } from "./meadow.js";

// Global to look at from the console of the browser.
globalThis.game = new Phaser.Game({
  width: WIDTH,
  height: HEIGHT,
  pixelArt: true,
  scale: { zoom: Phaser.Scale.MAX_ZOOM, autoCenter: Phaser.Scale.CENTER_BOTH },
  plugins: { global: [pixelkiln(kiln)] },
  scene: Meadow,
});
