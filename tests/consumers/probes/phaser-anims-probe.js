// Runs in the browser, after Phaser 3 or 4. Plays animations the way a game does and says what is seen; it judges
// nothing.

/**
 * Loads a sheet with `load.aseprite` or `load.atlas` under `name` and animations with `anims.fromJSON`. Gives each
 * animation as Phaser has it, and the frames that a sprite shows while the first one is played in steps of `tick` ms.
 */
globalThis.probePhaserAnims = ({ loader, name, png, json, anims, tick, ticks }) =>
  new Promise((resolve, reject) => {
    const { Phaser } = globalThis;
    const scene = {
      preload() {
        this.load.on("loaderror", (file) => reject(new Error(`Phaser did not load ${file.src}`)));
        this.load[loader](name, png, json);
        this.load.json("anims", anims);
      },
      create() {
        const made = this.anims.fromJSON(this.cache.json.get("anims"));
        const sprite = this.add.sprite(0, 0, name);
        sprite.play(made[0].key);
        const shown = [];
        for (let i = 0; i < ticks; i++) {
          shown.push(String(sprite.frame.name));
          sprite.anims.update(i * tick, tick);
        }
        resolve({
          version: Phaser.VERSION,
          shown,
          animations: made.map((animation) => ({
            key: animation.key,
            repeat: animation.repeat,
            yoyo: animation.yoyo,
            frames: animation.frames.map(({ textureKey, textureFrame }) => `${textureKey}:${textureFrame}`),
            times: animation.frames.map((frame) => frame.duration),
          })),
        });
      },
    };
    globalThis.game = new Phaser.Game({
      type: Phaser.WEBGL,
      width: 32,
      height: 32,
      pixelArt: true,
      banner: false,
      audio: { noAudio: true },
      scene,
    });
  });
