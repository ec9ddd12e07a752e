import { dot, dotPixel, type Ink, paintNear, toPixels } from "./ink.ts";

export interface Point {
  x: number;
  y: number;
}

/** A circle in units. */
export interface Circle extends Point {
  r: number;
}

/** Fills a circle. One that is smaller than a pixel is a pixel. */
export function disc(ink: Ink, { x, y, r }: Circle, shade: number): void {
  if (r < 0.75 * ink.px) {
    dot(ink, x, y, shade);
    return;
  }
  paintNear(ink, { x, y, r }, (px, py) => (Math.hypot(px - x, py - y) <= r ? shade : 0));
}

/** Fills an ellipse with the half axes `rx` and `ry`. */
export function oval(ink: Ink, { x, y, rx, ry }: Point & { rx: number; ry: number }, shade: number): void {
  paintNear(ink, { x, y, r: Math.max(rx, ry) }, (px, py) =>
    Math.hypot((px - x) / rx, (py - y) / ry) <= 1 ? shade : 0,
  );
}

export interface Loop extends Point {
  rx: number;
  ry: number;
  /** Thickness in units; at least a pixel is drawn. */
  width: number;
}

/** Draws an ellipse as a line, with its outer edge on the half axes. `shadeAt` takes the angle in radians. */
export function loop(
  ink: Ink,
  { x, y, rx, ry, width }: Loop,
  shade: number | ((angle: number) => number),
): void {
  const shadeAt = typeof shade === "number" ? () => shade : shade;
  const thick = Math.max(width, 1.15 * ink.px);
  if (Math.min(rx, ry) <= thick) {
    oval(ink, { x, y, rx: Math.max(rx, ink.px), ry: Math.max(ry, 0.6 * ink.px) }, shadeAt(0));
    return;
  }
  paintNear(ink, { x, y, r: Math.max(rx, ry) }, (px, py) => {
    const [dx, dy] = [px - x, py - y];
    const isInside = Math.hypot(dx / rx, dy / ry) <= 1;
    const isHollow = Math.hypot(dx / (rx - thick), dy / (ry - thick)) <= 1;
    return isInside && !isHollow ? shadeAt(Math.atan2(dy / ry, dx / rx)) : 0;
  });
}

/**
 * Draws a line that is `from` units wide at `a` and `to` at `b`. Lines thinner than two pixels are drawn pixel by pixel,
 * without corners that are filled twice.
 */
export function line(
  ink: Ink,
  { a, b, from, to = from }: { a: Point; b: Point; from: number; to?: number },
  shade: number,
): void {
  thinLine(ink, { a, b }, shade);
  if (Math.max(from, to) <= 1.6 * ink.px) return;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const reach = Math.sqrt(length) / 2 + Math.max(from, to);
  paintNear(ink, { ...middle, r: reach }, (x, y) => {
    const along = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (length || 1)));
    const off = Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
    return off <= (from + (to - from) * along) / 2 ? shade : 0;
  });
}

/** Bresenham's line (1965) from the cell of one position to that of another. */
function thinLine(ink: Ink, { a, b }: { a: Point; b: Point }, shade: number): void {
  const [start, end] = [toPixels(ink, a.x, a.y), toPixels(ink, b.x, b.y)];
  let [x, y] = [Math.floor(start.x), Math.floor(start.y)];
  const [toX, toY] = [Math.floor(end.x), Math.floor(end.y)];
  const [dx, dy] = [Math.abs(toX - x), -Math.abs(toY - y)];
  const [stepX, stepY] = [Math.sign(toX - x), Math.sign(toY - y)];
  let error = dx + dy;
  for (;;) {
    dotPixel(ink, x, y, shade);
    if (x === toX && y === toY) return;
    const twice = 2 * error;
    if (twice >= dy) {
      error += dy;
      x += stepX;
    }
    if (twice <= dx) {
      error += dx;
      y += stepY;
    }
  }
}

/** Fills a polygon (even-odd rule at the centers of the cells). */
export function polygon(ink: Ink, corners: readonly Point[], shade: number): void {
  const x = corners.reduce((sum, corner) => sum + corner.x, 0) / corners.length;
  const y = corners.reduce((sum, corner) => sum + corner.y, 0) / corners.length;
  const r = Math.max(...corners.map((corner) => Math.hypot(corner.x - x, corner.y - y)));
  paintNear(ink, { x, y, r }, (px, py) => (isInside(corners, px, py) ? shade : 0));
}

function isInside(corners: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [a, b] = [corners[i]!, corners[j]!];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** Gives the corners of a star: `points` tips on `r`, dents on `r` times `dent`. `turn` in radians; 0 has a tip on top. */
export function starCorners(
  { x, y, r }: Circle,
  { points, dent, turn = 0 }: { points: number; dent: number; turn?: number },
): Point[] {
  return Array.from({ length: 2 * points }, (_, i) => {
    const angle = turn - Math.PI / 2 + (i * Math.PI) / points;
    const reach = i % 2 === 0 ? r : r * dent;
    return { x: x + reach * Math.cos(angle), y: y + reach * Math.sin(angle) };
  });
}

/**
 * Draws a glint: a four-pointed star of straight rays with a thicker middle, `shade` at its heart and `edge` outside. It
 * is symmetric on the pixel grid, whatever its size.
 */
export function glint(ink: Ink, { x, y, r }: Circle, { shade, edge }: { shade: number; edge: number }): void {
  const at = toPixels(ink, x, y);
  const [column, row] = [Math.floor(at.x), Math.floor(at.y)];
  const reach = Math.round(r * ink.unit);
  if (reach < 1) {
    dotPixel(ink, column, row, shade);
    return;
  }
  const heart = Math.floor(reach / 3);
  for (let i = -reach; i <= reach; i++) {
    for (let j = -reach; j <= reach; j++) {
      const [across, down] = [Math.abs(i), Math.abs(j)];
      const isRay = Math.min(across, down) <= Math.floor((reach - Math.max(across, down)) / 4);
      if (!isRay && across + down > heart) continue;
      const isHeart = across + down <= Math.max(heart, Math.ceil(reach / 2));
      dotPixel(ink, column + i, row + j, isHeart ? shade : edge);
    }
  }
}

/** Draws a pattern of rows, "#" in `shade` and "o" in `edge`, centered on a position and `scale` pixels a cell. */
export function stamp(
  ink: Ink,
  { x, y, rows, scale = 1 }: Point & { rows: readonly string[]; scale?: number },
  { shade, edge }: { shade: number; edge: number },
): void {
  const at = toPixels(ink, x, y);
  const width = Math.max(...rows.map(({ length }) => length)) * scale;
  const left = Math.round(at.x - width / 2);
  const top = Math.round(at.y - (rows.length * scale) / 2);
  for (const [j, row] of rows.entries()) {
    for (const [i, mark] of [...row].entries()) {
      if (mark !== "#" && mark !== "o") continue;
      for (let k = 0; k < scale * scale; k++) {
        const [across, down] = [k % scale, Math.floor(k / scale)];
        dotPixel(ink, left + i * scale + across, top + j * scale + down, mark === "#" ? shade : edge);
      }
    }
  }
}
