import { kiln } from "virtual:pixelkiln/assets";
import { createArt } from "@pixelkiln/web/pixi";
import { Application } from "pixi.js";

const app = new Application();
await app.init({ width: 128, height: 96, background: "#000000", antialias: false, preference: "webgl" });
document.body.append(app.canvas);
const art = createArt(kiln);
await art.load(["hero", "walker", "ground"]);
const hero = art.sprite("hero");
hero.anchor.set(0);
const walker = art.animation("walker", "walk");
walker.anchor.set(0);
walker.x = 32;
const tile = art.sprite("ground", 1);
tile.anchor.set(0);
tile.position.set(0, 48);
app.stage.addChild(hero, walker, tile);

let frame = 0;
app.ticker.add(() => frame++);
const context = Object.assign(document.createElement("canvas"), { width: 128, height: 96 }).getContext("2d", {
  willReadFrequently: true,
});

function colors(places) {
  app.render();
  // In the same task as the render: after it the browser may clear the drawing buffer.
  context.drawImage(app.canvas, 0, 0);
  return places.map(([x, y]) => {
    const [r, g, b] = context.getImageData(x, y, 1, 1).data;
    return `#${[r, g, b].map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  });
}

globalThis.probe = {
  rev: (key) => kiln.assets.get(key).rev,
  colors: async (places) => colors(places),
  async colorsOverTime(place, ms) {
    const seen = new Set();
    for (const end = performance.now() + ms; performance.now() < end; ) {
      await new Promise(requestAnimationFrame);
      seen.add(colors([place])[0]);
    }
    return [...seen];
  },
  state: () => ({
    frame,
    hero: [hero.width, hero.height],
    playing: walker.playing,
    frames: walker.totalFrames,
  }),
};
