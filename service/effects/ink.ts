/**
 * One frame while it is drawn: a square of cells that hold 0 (clear) or a shade, 1 (darkest) to 6 (brightest).
 *
 * Positions are in units: the center is 0,0, x goes right and y down, and -1 to 1 is everything but a border of one pixel.
 * What stays inside never touches the edge, at any size.
 */
export interface Ink {
  /** Edge in pixels. */
  readonly size: number;
  readonly cells: Uint8Array;
  /** Pixels per unit. */
  readonly unit: number;
  /** One pixel in units: the thinnest line. */
  readonly px: number;
  readonly turn: Turn;
}

/** Where what points east is pointed: mirrored left to right, then rotated by an angle given as cosine and sine. */
export interface Turn {
  readonly cos: number;
  readonly sin: number;
  readonly mirror: boolean;
}

export const NO_TURN: Turn = { cos: 1, sin: 0, mirror: false };
/** Clears a cell, as a shade. */
export const ERASE = -1;

/** Gives a shade, 0 for "leave it as it is" or ERASE, for a position in units. */
export type ShadeAt = (x: number, y: number) => number;

/** Makes an empty frame. `size` in pixels, at least 4. */
export function createInk(size: number, turn: Turn = NO_TURN): Ink {
  const unit = size / 2 - 1;
  return { size, cells: new Uint8Array(size * size), unit, px: 1 / unit, turn };
}

/** Gives the pixel coordinates (a corner is whole, a center is .5) of a position. */
export function toPixels({ size, unit, turn }: Ink, x: number, y: number): { x: number; y: number } {
  const turned = { x: x * turn.cos - y * turn.sin, y: x * turn.sin + y * turn.cos };
  const along = turn.mirror ? -turned.x : turned.x;
  return { x: size / 2 + unit * along, y: size / 2 + unit * turned.y };
}

/** Asks `shadeAt` for the shade of every cell. */
export function paint(ink: Ink, shadeAt: ShadeAt): void {
  paintNear(ink, { x: 0, y: 0, r: 3 }, shadeAt);
}

/** Asks `shadeAt` for the shades around a position, within `r` units of it. */
export function paintNear(
  ink: Ink,
  { x, y, r }: { x: number; y: number; r: number },
  shadeAt: ShadeAt,
): void {
  const { size, unit, turn, cells } = ink;
  const middle = toPixels(ink, x, y);
  const reach = r * unit + 1;
  // The border stays clear: an effect that ends at the edge of its frame looks cut.
  const [left, right] = within(middle.x, reach, size);
  const [top, bottom] = within(middle.y, reach, size);
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const across = ((column + 0.5 - size / 2) / unit) * (turn.mirror ? -1 : 1);
      const down = (row + 0.5 - size / 2) / unit;
      const shade = shadeAt(across * turn.cos + down * turn.sin, down * turn.cos - across * turn.sin);
      if (shade !== 0) cells[row * size + column] = Math.max(0, shade);
    }
  }
}

function within(middle: number, reach: number, size: number): [number, number] {
  return [Math.max(1, Math.floor(middle - reach)), Math.min(size - 2, Math.ceil(middle + reach))];
}

/** Sets the one cell at a position, if it is inside the border. */
export function dot(ink: Ink, x: number, y: number, shade: number): void {
  const at = toPixels(ink, x, y);
  dotPixel(ink, Math.floor(at.x), Math.floor(at.y), shade);
}

/** Sets a cell by its column and row, if it is inside the border. */
export function dotPixel({ size, cells }: Ink, column: number, row: number, shade: number): void {
  if (column < 1 || row < 1 || column > size - 2 || row > size - 2) return;
  cells[row * size + column] = Math.max(0, shade);
}

/**
 * Gives each cell that is alone in its shade the shade that most of its four neighbors have, so that clusters stay
 * clusters. Sparks are drawn after this.
 */
export function settle({ size, cells }: Ink): void {
  const before = cells.slice();
  for (let i = size; i < cells.length - size; i++) {
    const shade = before[i]!;
    const near = [before[i - 1]!, before[i + 1]!, before[i - size]!, before[i + size]!];
    if (near.includes(shade)) continue;
    cells[i] = mostCommon(near);
  }
}

function mostCommon(shades: readonly number[]): number {
  const count = (shade: number): number => shades.filter((one) => one === shade).length;
  return shades.reduce((best, shade) => (count(shade) > count(best) ? shade : best));
}
