// The game of the web plugin tests, for Phaser 3 and 4. It shows art of the project and lets the test look.

/** Starts it; `globalThis.probe` then tells what is on the screen. */
export function startGame(Phaser, pixelkiln, { placeholder }) {
  const scene = {
    preload() {
      this.load.setPath("somewhere/else");
      this.load.setPrefix("mine-");
      this.load.pixelkiln(["hero", "walker", "ground"]);
      this.load.pixelkilnMap("level", "assets/level.tmj");
    },
    create() {
      this.hero = this.add.pixelkilnSprite(0, 0, "hero").setOrigin(0, 0);
      this.standing = this.add.pixelkilnSprite(120, 40, "hero");
      this.walker = this.add.pixelkilnSprite(32, 0, "walker", { play: "walk" }).setOrigin(0, 0);
      this.add.container(64, 0, [this.add.image(0, 0, "hero").setOrigin(0, 0)]);
      const map = this.add.pixelkilnTilemap("level");
      this.layer = map.createLayer(0, map.tilesets, 0, 48);
      const sample = this.add.pixelkilnTilemap("ground");
      sample.createLayer(0, sample.tilesets, 64, 48);
      if (placeholder) {
        this.pixelkiln.placeholder("boss", "a red dragon", { width: 16, height: 16 });
        this.add.image(96, 0, "boss").setOrigin(0, 0);
        // The art may be there before anybody looks at the screen: what came first is kept.
        const { r, g, b } = this.textures.getPixel(0, 0, "boss");
        globalThis.firstOfBoss = `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
      }
      globalThis.probe = makeProbe(game, this);
    },
  };
  const game = new Phaser.Game({
    type: Phaser.WEBGL,
    width: 128,
    height: 96,
    backgroundColor: "#000000",
    pixelArt: true,
    banner: false,
    audio: { noAudio: true },
    render: { preserveDrawingBuffer: true },
    plugins: { global: [pixelkiln] },
    scene,
  });
}

function makeProbe(game, scene) {
  const updates = [];
  game.events.on("pixelkiln:updated", (key) => updates.push(key));
  return {
    version: globalThis.Phaser?.VERSION ?? game.constructor.VERSION,
    updates,
    texture: game.textures.get("hero"),
    /** Colors at places, as "#rrggbb", of the next frame that is drawn. */
    colors: (places) =>
      new Promise((resolve) => {
        game.events.once("postrender", ({ gl }) => {
          gl.bindFramebuffer(gl.FRAMEBUFFER, null);
          resolve(places.map(([x, y]) => readColor(gl, x, 95 - y)));
        });
      }),
    /** When a place first had a color, in ms of the wall clock. */
    seen: (place, color) =>
      new Promise((resolve) => {
        const look = ({ gl }) => {
          gl.bindFramebuffer(gl.FRAMEBUFFER, null);
          if (readColor(gl, place[0], 95 - place[1]) !== color) return;
          game.events.off("postrender", look);
          resolve(performance.timeOrigin + performance.now());
        };
        game.events.on("postrender", look);
      }),
    /** Every color that a place has within some time. */
    colorsOverTime: (place, ms) =>
      new Promise((resolve) => {
        const seen = new Set();
        const end = performance.now() + ms;
        const look = ({ gl }) => {
          gl.bindFramebuffer(gl.FRAMEBUFFER, null);
          seen.add(readColor(gl, place[0], 95 - place[1]));
          if (performance.now() < end) return;
          game.events.off("postrender", look);
          resolve([...seen]);
        };
        game.events.on("postrender", look);
      }),
    state: () => ({
      frame: game.loop.frame,
      hero: [scene.hero.width, scene.hero.height],
      origins: [scene.hero, scene.standing].map(({ originX, originY }) => [originX, originY]),
      sameTexture: game.textures.get("hero") === globalThis.probe.texture,
      playing: scene.walker.anims.isPlaying,
      animation: scene.walker.anims.currentAnim.key,
      frames: scene.walker.anims.currentAnim.frames.length,
      frameMs: scene.walker.anims.currentAnim.frames.map(({ duration }) => duration),
      animations: game.anims.exists("walker/walk"),
      tileset: scene.layer.tileset.map(({ columns, rows, tileMargin }) => ({ columns, rows, tileMargin })),
      cachedTilesets: game.cache.tilemap.get("level").data.tilesets,
    }),
  };
}

function readColor(gl, x, y) {
  const pixel = new Uint8Array(4);
  gl.readPixels(x, y, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
  return `#${[...pixel.subarray(0, 3)].map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
