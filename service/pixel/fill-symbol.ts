import type { PixelImage } from "./image.ts";
import { fromOklab, toOklab } from "./oklab.ts";
import { colorAt, setColor } from "./parse-hex.ts";
import type { Tint } from "./tint.ts";

/** Lightness of a symbol's lines: like an outline, but in the hue of the thing itself. */
const DARKEST = 0.22;
/** A thing darker than this would not stand out from its lines. */
const LEAST_LIGHTNESS = 0.42;
/** Widest gap, in pixels, that counts as a line; a wider one is a hole. */
const LINE = 3;

/**
 * Colors a one-color symbol (white, its lines black or cut out): lightness becomes a ramp from a dark shade to
 * the color `fill`, and lines that are cut out are drawn in the dark shade. Holes and surroundings stay empty.
 */
export function fillSymbol(symbol: PixelImage, fill: Tint): PixelImage {
  const data = symbol.data.slice();
  const light = Math.max(LEAST_LIGHTNESS, fill.lightness);
  const hue = fill.hue ?? 0;
  const shade = (share: number): number => {
    const chroma = fill.chroma * (0.4 + 0.6 * share);
    const l = DARKEST + (light - DARKEST) * share;
    return fromOklab({ l, a: chroma * Math.cos(hue), b: chroma * Math.sin(hue) });
  };
  for (let p = 0; p < symbol.width * symbol.height; p++) {
    if (isDrawn(symbol, p)) setColor(data, 4 * p, shade(toOklab(colorAt(symbol.data, 4 * p)).l));
    else if (isLine(symbol, p)) {
      setColor(data, 4 * p, shade(0));
      data[4 * p + 3] = 255;
    }
  }
  return { width: symbol.width, height: symbol.height, data };
}

/** Steps of lightness (OKLab) of the lit and the shaded rim. */
const LIT = 0.12;
const SHADED = 0.16;

/**
 * Colors a symbol as a thing: filled (see `fillSymbol`), its rim lit from the upper left and in shade at the lower right.
 */
export function shadeSymbol(symbol: PixelImage, fill: Tint): PixelImage {
  const filled = fillSymbol(symbol, fill);
  const data = filled.data.slice();
  const { width, height } = filled;
  const isEmpty = (x: number, y: number): boolean =>
    x < 0 || y < 0 || x >= width || y >= height || !isDrawn(filled, y * width + x);
  for (let p = 0; p < width * height; p++) {
    const [x, y] = [p % width, Math.floor(p / width)];
    if (isEmpty(x, y)) continue;
    const lit = isEmpty(x - 1, y) || isEmpty(x, y - 1);
    const shaded = isEmpty(x + 1, y) || isEmpty(x, y + 1);
    if (lit === shaded) continue;
    const { l, a, b } = toOklab(colorAt(filled.data, 4 * p));
    setColor(data, 4 * p, fromOklab({ l: l + (lit ? LIT : -SHADED), a, b }));
  }
  return { width, height, data };
}

/** Whether an empty pixel lies in a narrow gap: drawn pixels on both sides of it, along either axis. */
function isLine(symbol: PixelImage, p: number): boolean {
  const { width, height } = symbol;
  const [x, y] = [p % width, Math.floor(p / width)];
  const gap = (step: number, before: number, after: number) =>
    reach(symbol, { p, step: -step, room: before }) + reach(symbol, { p, step, room: after }) - 1;
  return gap(1, x, width - 1 - x) <= LINE || gap(width, y, height - 1 - y) <= LINE;
}

/** Steps from a pixel to the next drawn one in a direction; infinite if there is none within the width of a line. */
function reach(symbol: PixelImage, { p, step, room }: { p: number; step: number; room: number }): number {
  for (let n = 1; n <= Math.min(LINE, room); n++) if (isDrawn(symbol, p + n * step)) return n;
  return Number.POSITIVE_INFINITY;
}

function isDrawn({ data }: PixelImage, p: number): boolean {
  return data[4 * p + 3] !== 0;
}
