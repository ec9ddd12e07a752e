// Runs in the browser, after Phaser 3 or 4. Loads files the way a game does and says what the game then
// has; it judges nothing.

/**
 * Loads a sheet with `load.aseprite` or `load.atlas` and draws all frames in one row.
 * Gives frame names, animations as `createFromAseprite` makes them, and the drawn pixels as RGBA rows from the top.
 */
globalThis.probePhaser = ({ loader, png, json, frameCount, frameWidth, frameHeight }) =>
  new Promise((resolve, reject) => {
    const { Phaser } = globalThis;
    const width = frameCount * frameWidth;
    const scene = {
      preload() {
        this.load.on("loaderror", (file) => reject(new Error(`Phaser did not load ${file.src}`)));
        this.load[loader]("asset", png, json);
      },
      create() {
        const texture = this.textures.get("asset");
        const frames = texture.getFrameNames();
        const made = loader === "aseprite" ? this.anims.createFromAseprite("asset") : [];
        const animations = made.map((animation) => ({
          key: animation.key,
          repeat: animation.repeat,
          yoyo: animation.yoyo,
          frames: animation.frames.map(({ textureFrame }) => String(textureFrame)),
          times: animation.frames.map((frame) => frame.duration),
          duration: animation.duration,
        }));
        for (const [i, name] of frames.entries()) {
          this.add.image(i * frameWidth, 0, "asset", name).setOrigin(0, 0);
        }
        const source = texture.getSourceImage();
        this.game.events.once("postrender", (renderer) => {
          const { gl } = renderer;
          gl.bindFramebuffer(gl.FRAMEBUFFER, null);
          const pixels = new Uint8Array(4 * width * frameHeight);
          gl.readPixels(0, 0, width, frameHeight, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
          resolve({
            version: Phaser.VERSION,
            frames,
            animations,
            source: [source.width, source.height],
            pixels: turnOver(pixels, width),
          });
        });
      },
    };
    globalThis.game = new Phaser.Game({
      type: Phaser.WEBGL,
      width,
      height: frameHeight,
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
  const rows = [];
  for (let start = pixels.length - 4 * width; start >= 0; start -= 4 * width) {
    rows.push(...pixels.subarray(start, start + 4 * width));
  }
  return rows;
}
