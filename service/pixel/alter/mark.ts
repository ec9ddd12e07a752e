import { enlargeScaleX } from "../enlarge-scale-x.ts";
import { createImage, drawnBounds, type PixelImage } from "../image.ts";
import { toOklab } from "../oklab.ts";
import { colorAt, setColor } from "../parse-hex.ts";
import type { Tint } from "../tint.ts";
import { upscaleNearest } from "../upscale-nearest.ts";
import { attach } from "./attach.ts";
import { glyphOf } from "./mark-glyphs.ts";
import { clamp, fromOklch, radians } from "./oklch.ts";
import { shadingOf } from "./shading.ts";

/** Darker pixels are outline. */
const LINE = 0.25;
/** The share of the thing that a mark may take across and down. */
const MOST = 0.55;
/** The share of a mark's place that may be line: the folds of a map, the boards of a crate. */
const MOST_LINE = 0.3;
/** Enlarged with smooth edges; a cross or a letter keeps its corners. */
const ROUND = /^(heart|skull|moon|circle)$/;

/**
 * Paints a mark ("x", "heart", "skull", a letter) in a color on the face of a thing, as large as half of it, where it
 * lies within the silhouette nearest to the middle. Null if there is no such mark or no room for it.
 */
export function paintMark(image: PixelImage, name: string, color: Tint): PixelImage | null {
  const rows = glyphOf(name);
  const box = drawnBounds(image);
  if (rows === null || box === null) return null;
  const glyph = draw(rows, color);
  const fits = Math.floor(Math.min((MOST * box.width) / glyph.width, (MOST * box.height) / glyph.height));
  for (let factor = clamp(fits, 1, 4); factor >= 1; factor--) {
    const mark = ROUND.test(name) ? enlargeScaleX(glyph, factor) : upscaleNearest(glyph, factor);
    const at = placeFor(image, mark, {
      x: box.x + (box.width - mark.width) / 2,
      y: box.y + (box.height - mark.height) / 2,
    });
    if (at) return attach(image, mark, at);
  }
  return null;
}

function draw(rows: readonly string[], color: Tint): PixelImage {
  const { lightness, chroma, hue } = shadingOf(color);
  const main = fromOklch({ l: lightness, c: chroma, h: radians(hue) });
  const hole = fromOklch({ l: 0.22, c: 0.02, h: radians(hue) });
  const image = createImage(rows[0]?.length ?? 0, rows.length);
  for (const [p, sign] of [...rows.join("")].entries()) {
    if (sign === ".") continue;
    setColor(image.data, 4 * p, sign === "#" ? main : hole);
    image.data[4 * p + 3] = 255;
  }
  return image;
}

interface Place {
  x: number;
  y: number;
}

/** The place nearest to `middle` at which a mark and a border of one pixel lie on the thing, off its lines. */
function placeFor(image: PixelImage, mark: PixelImage, middle: Place): Place | null {
  let best: (Place & { far: number }) | null = null;
  for (let y = 1; y + mark.height < image.height; y++) {
    for (let x = 1; x + mark.width < image.width; x++) {
      const far = Math.hypot(x - middle.x, y - middle.y);
      if ((best === null || far < best.far) && hasRoom(image, mark, { x, y })) best = { x, y, far };
    }
  }
  return best;
}

function hasRoom({ width, data }: PixelImage, mark: PixelImage, { x, y }: Place): boolean {
  let lines = 0;
  for (let v = y - 1; v <= y + mark.height; v++) {
    for (let u = x - 1; u <= x + mark.width; u++) {
      const i = 4 * (v * width + u);
      if (data[i + 3] === 0) return false;
      if (toOklab(colorAt(data, i)).l < LINE) lines++;
    }
  }
  return lines <= MOST_LINE * (mark.width + 2) * (mark.height + 2);
}
