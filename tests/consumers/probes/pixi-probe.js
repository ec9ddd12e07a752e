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

/**
 * Plays every tag of the JSON as an AnimatedSprite of the sheet's own animations, ms by ms for `ms`, and says which frame
 * it showed from when on, whether it came to its end, and the pixels of its frames as RGBA rows.
 */
globalThis.playPixi = async ({ json, ms }) => {
  const { PIXI } = globalThis;
  const app = new PIXI.Application();
  await app.init({ width: 8, height: 8, backgroundAlpha: 0, preference: "webgl", autoStart: false });
  const sheet = await PIXI.Assets.load({ src: json, data: { textureOptions: { scaleMode: "nearest" } } });
  const { frames, meta } = sheet.data;
  return Object.entries(sheet.animations).map(([name, textures]) => {
    const tag = meta.frameTags.find((one) => one.name === name);
    const numberOf = (texture) => Object.values(sheet.textures).indexOf(texture);
    const timed = textures.map((texture) => ({ texture, time: frames[numberOf(texture)].duration }));
    const sprite = new PIXI.AnimatedSprite(timed, false);
    sprite.loop = tag.repeat === undefined;
    const seen = [{ at: 0, frame: numberOf(sprite.texture) }];
    let at = 0;
    let ended = false;
    sprite.onComplete = () => {
      ended = true;
    };
    sprite.onFrameChange = () => seen.push({ at, frame: numberOf(sprite.texture) });
    sprite.play();
    for (at = 1; at <= ms; at++) sprite.update({ deltaTime: 0.06 });
    const pixels = textures.map((texture) => [
      ...app.renderer.extract.pixels(new PIXI.Sprite(texture)).pixels,
    ]);
    return { name, seen, ended, pixels };
  });
};
