// Runs in the browser, after PixiJS 8. Loads files the way a game does and says what it then has.

/** Loads the JSON (which names its image), draws all frames in one row and reads them back as RGBA rows from the top. */
globalThis.probePixi = async ({ json, frameCount, frameWidth, frameHeight }) => {
  const { PIXI } = globalThis;
  const app = new PIXI.Application();
  await app.init({
    width: frameCount * frameWidth,
    height: frameHeight,
    backgroundAlpha: 0,
    antialias: false,
    preference: "webgl",
    autoStart: false,
  });
  const sheet = await PIXI.Assets.load({ src: json, data: { textureOptions: { scaleMode: "nearest" } } });
  const frames = Object.keys(sheet.textures);
  for (const [i, name] of frames.entries()) {
    const sprite = new PIXI.Sprite(sheet.textures[name]);
    sprite.x = i * frameWidth;
    app.stage.addChild(sprite);
  }
  app.render();
  const { gl } = app.renderer;
  const canvas = document.createElement("canvas");
  canvas.width = app.canvas.width;
  canvas.height = app.canvas.height;
  const context = canvas.getContext("2d");
  // In the same task as the render: after it the browser may clear the drawing buffer.
  context.drawImage(app.canvas, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return {
    version: PIXI.VERSION,
    webgl: gl !== undefined,
    frames,
    sizes: frames.map((name) => [sheet.textures[name].width, sheet.textures[name].height]),
    animations: Object.keys(sheet.animations),
    pixels: [...data],
  };
};
