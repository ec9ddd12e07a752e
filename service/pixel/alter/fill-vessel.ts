import type { PixelImage } from "../image.ts";
import { colorAt, setColor } from "../parse-hex.ts";
import type { Tint } from "../tint.ts";
import { isWood } from "./color-match.ts";
import { rowsOf } from "./figure.ts";
import { clamp, fromOklch, type Oklch, radians, toOklch } from "./oklch.ts";
import { shadingOf } from "./shading.ts";

/** Darker pixels are outline. */
const LINE = 0.33;
/** The outline of a vessel that has a light one. */
const RIM: Oklch = { l: 0.28, c: 0.03, h: radians(260) };
const GLASS: Oklch = { l: 0.85, c: 0.025, h: radians(225) };
/** A row this wide, of the widest, is of the body; narrower ones are neck and stem. */
const BODY = 0.6;

/** The body of a vessel: its rows, without the outline. */
interface Body {
  top: number;
  bottom: number;
}

/**
 * Redraws a transparent vessel as glass with a liquid in it: its body up to `level`, 0 (empty) to 1 (full), in a color,
 * with a light surface and a dark side. The silhouette stays, and so does a cork. Null where there is no body to look into.
 */
export function fillVessel(image: PixelImage, color: Tint, level: number): PixelImage | null {
  const body = bodyOf(image);
  if (body === null) return null;
  const rows = Math.round(clamp(level, 0, 1) * (body.bottom - body.top + 1));
  const surface = body.bottom - rows + 1;
  const { lightness, chroma, hue } = shadingOf(color);
  const liquid = { l: clamp(lightness, 0.3, 0.9), c: chroma, h: radians(hue) };
  const data = image.data.slice();
  for (const [y, row] of rowsOf(image).entries()) {
    if (row === null) continue;
    for (let x = row.left; x <= row.right; x++) {
      const p = y * image.width + x;
      if (image.data[4 * p + 3] === 0) continue;
      const own = toOklch(colorAt(image.data, 4 * p));
      if (own.l < LINE || (y < body.top && isWood(own))) continue;
      const across = (x - row.left) / Math.max(1, row.right - row.left);
      const isLiquid = y >= surface && y <= body.bottom;
      const shade = isLiquid
        ? liquidAt(liquid, { across, isSurface: y === surface, isFloor: y === body.bottom })
        : glassAt(across);
      setColor(data, 4 * p, fromOklch(isAtEdge(image, x, y) ? RIM : shade));
    }
  }
  return { width: image.width, height: image.height, data };
}

/** The longest run of wide rows, less the outline above and below; null if nothing could be seen in it. */
function bodyOf(image: PixelImage): Body | null {
  const widths = rowsOf(image).map((row) => (row ? row.right - row.left + 1 : 0));
  const widest = Math.max(...widths);
  let best: Body = { top: 0, bottom: -1 };
  for (let top = 0; top < widths.length; top++) {
    let bottom = top;
    while ((widths[bottom] ?? 0) >= BODY * widest) bottom++;
    if (bottom - top > best.bottom - best.top + 1) best = { top, bottom: bottom - 1 };
    top = Math.max(top, bottom);
  }
  const body = { top: best.top + 1, bottom: best.bottom - 1 };
  return widest < 5 || body.bottom - body.top < 3 ? null : body;
}

interface Spot {
  /** 0 at the left edge, 1 at the right one. */
  across: number;
  isSurface: boolean;
  isFloor: boolean;
}

function liquidAt(base: Oklch, { across, isSurface, isFloor }: Spot): Oklch {
  const move = isSurface ? 0.16 : isFloor || across > 0.72 ? -0.12 : across < 0.3 ? 0.09 : 0;
  return { ...base, l: clamp(base.l + move, 0.12, 0.97) };
}

function glassAt(across: number): Oklch {
  if (across > 0.15 && across < 0.34) return { ...GLASS, l: 0.97, c: 0.01 };
  return across > 0.72 ? { ...GLASS, l: 0.72 } : GLASS;
}

function isAtEdge({ width, height, data }: PixelImage, x: number, y: number): boolean {
  const isEmpty = (u: number, v: number) =>
    u < 0 || v < 0 || u >= width || v >= height || data[4 * (v * width + u) + 3] === 0;
  return isEmpty(x - 1, y) || isEmpty(x + 1, y) || isEmpty(x, y - 1) || isEmpty(x, y + 1);
}
