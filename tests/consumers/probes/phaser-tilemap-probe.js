// Runs in the browser, after Phaser 3 or 4. Loads a map with its tileset inside the way a game does and says what
// the game then has; it judges nothing.

/** Draws the layer "ground" of a map and gives its pixels as base64 of RGBA rows from the top, and what Phaser knows of tiles. */
globalThis.probeTilemap = ({ png, json, tilesetName, width, height }) =>
  new Promise((resolve, reject) => {
    const { Phaser } = globalThis;
    const scene = {
      preload() {
        this.load.on("loaderror", (file) => reject(new Error(`Phaser did not load ${file.src}`)));
        this.load.image("tiles", png);
        this.load.tilemapTiledJSON("map", json);
      },
      create() {
        const map = this.make.tilemap({ key: "map" });
        const tileset = map.addTilesetImage(tilesetName, "tiles");
        const layer = map.createLayer("ground", tileset, 0, 0);
        layer.setCollisionByProperty({ collides: true });
        const cells = layer.getTilesWithin(0, 0, map.width, map.height).map((tile) => ({
          index: tile.index,
          name: tile.properties.name ?? null,
          collides: tile.collides,
          shapes: tile.getCollisionGroup()?.objects.length ?? 0,
          animation:
            tileset
              .getTileData(tile.index)
              ?.animation?.map(({ tileid, duration }) => ({ tileid, duration })) ?? null,
        }));
        this.game.events.once("postrender", (renderer) => {
          const { gl } = renderer;
          gl.bindFramebuffer(gl.FRAMEBUFFER, null);
          const pixels = new Uint8Array(4 * width * height);
          gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
          const report = {
            version: Phaser.VERSION,
            size: [map.widthInPixels, map.heightInPixels],
            grid: [tileset.columns, tileset.rows, tileset.tileMargin, tileset.tileSpacing],
            cells,
            pixels: turnOver(pixels, width),
          };
          // The page is used for more games; this one must be out of its own step before it ends.
          this.game.events.once("destroy", () => resolve(report));
          setTimeout(() => this.game.destroy(true));
        });
      },
    };
    new Phaser.Game({
      type: Phaser.WEBGL,
      width,
      height,
      transparent: true,
      pixelArt: true,
      banner: false,
      audio: { noAudio: true },
      render: { preserveDrawingBuffer: true },
      scene,
    });
  });

/** WebGL reads rows from the bottom. */
function turnOver(pixels, width) {
  let text = "";
  for (let start = pixels.length - 4 * width; start >= 0; start -= 4 * width) {
    text += String.fromCharCode(...pixels.subarray(start, start + 4 * width));
  }
  return btoa(text);
}
