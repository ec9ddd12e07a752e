import { toOklab } from "../../pixel/oklab.ts";
import { mapInColumns, type Raster, rgbOf, shiftRows, stack } from "./raster.ts";
import type { Rig, RigMotion } from "./rig.ts";
import type { Subject } from "./subject.ts";
import { fadeAs, hurtAs, lungeAs } from "./whole.ts";

/** Fires, torches, candles and what is made of fire: tongues lick upward, each column in its own time; what burns stays. */
export const flame: Rig = (subject, action) => {
  if (action === "die") return fadeAs(subject);
  const burning = burn(subject, 1);
  if (action === "hurt") return hurtAs(subject, burning);
  if (action === "attack") return lungeAs(subject, burn(subject, 1.6));
  if (action === "walk" || action === "run") {
    return (moment, amount) => ({
      ...burning(moment, amount),
      pose: { lift: Math.round(subject.unit * (1 - Math.cos(2 * Math.PI * moment)) * 0.6) },
    });
  }
  return action === "idle" || action === "flicker" || action === "hover" ? burning : null;
};

const TURN = 2 * Math.PI;

/** Where the fire ends and what burns begins: below the lowest row that is half of fire's colors. */
function baseOf({ raster, box, height }: Subject): number {
  const hot = new Map<number, boolean>();
  const isHot = (pixel: number) => {
    const known = hot.get(pixel);
    if (known !== undefined) return known;
    const { l, a, b } = toOklab(rgbOf(pixel));
    const is = l > 0.5 && Math.hypot(a, b) > 0.09;
    hot.set(pixel, is);
    return is;
  };
  for (let y = box.bottom; y > box.top + 0.25 * height; y--) {
    let all = 0;
    let warm = 0;
    for (let x = box.left; x <= box.right; x++) {
      const pixel = raster.pixels[y * raster.width + x]!;
      if (pixel === 0) continue;
      all++;
      if (isHot(pixel)) warm++;
    }
    if (all > 0 && warm > 0.5 * all) return y;
  }
  return box.bottom;
}

/**
 * Waves rise through the fire: each row moves sideways by a wave that travels upward, stronger toward the tips, and
 * each column is stretched by its own beat. All beats fit a whole number of times into the loop.
 */
function burn(subject: Subject, strength: number): RigMotion {
  const { raster, box, width, unit } = subject;
  const base = baseOf(subject);
  const tall = Math.max(3, base - box.top + 1);
  const fire: Raster = {
    ...raster,
    pixels: raster.pixels.map((p, i) => (i < (base + 1) * raster.width ? p : 0)),
  };
  const rest: Raster = {
    ...raster,
    pixels: raster.pixels.map((p, i) => (i < (base + 1) * raster.width ? 0 : p)),
  };
  return (moment, amount) => {
    const far = Math.max(1.1, 0.055 * tall + 0.4 * unit) * strength;
    const across = (y: number) => {
      const up = Math.max(0, (base - y) / tall);
      const wave =
        Math.sin(TURN * (moment - 0.9 * up)) + 0.5 * Math.sin(TURN * (2 * moment - 1.7 * up + 0.3));
      return Math.round(far * amount * up ** 1.1 * wave * 0.8);
    };
    const stretch = (x: number) => {
      const place = (x - box.left) / width;
      const beat =
        Math.sin(TURN * (moment + 1.3 * place)) + 0.6 * Math.sin(TURN * (2 * moment + 1.9 * place + 0.4));
      return 1 - 0.1 * strength + 0.11 * strength * amount * beat;
    };
    const licked = mapInColumns(fire, (x, y) => base + (y - base) / stretch(x));
    return { raster: stack(shiftRows(licked, across), rest), pose: {} };
  };
}
