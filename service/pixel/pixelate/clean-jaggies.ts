import type { PixelImage } from "../image.ts";

/**
 * Removes the corner pixels from the stairsteps of one-pixel lines, as "pixel perfect" pens do while drawing: where a
 * line goes one step across and one step down, it can go diagonally. The corner takes the color of the side it
 * bulges into. Corners of two longer arms stay: they are intended. Each pixel is judged on the input, from the top;
 * a corner next to a removed one stays.
 */
export function cleanJaggies(image: PixelImage): PixelImage {
  const { width, height } = image;
  const data = image.data.slice();
  const before = new Uint32Array(image.data.slice().buffer);
  const after = new Uint32Array(data.buffer);
  const gone = new Uint8Array(width * height);
  const same = (x: number, y: number, color: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && before[y * width + x] === color;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const color = before[at]!;
      const corner = data[4 * at + 3] === 0 ? null : findCorner(x, y, (i, j) => same(i, j, color));
      if (corner === null || gone[at + corner.dx] || gone[at + corner.dy * width]) continue;
      const outside = before[at - corner.dy * width - corner.dx]!;
      after[at] = outside;
      gone[at] = 1;
    }
  }
  return { width, height, data };
}

/** The directions of the two arms of a corner of a one-pixel line that is just a stairstep; null for anything else. */
function findCorner(
  x: number,
  y: number,
  line: (x: number, y: number) => boolean,
): { dx: number; dy: number } | null {
  let around = 0;
  for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) if ((i || j) && line(x + i, y + j)) around++;
  const dx = Number(line(x + 1, y)) - Number(line(x - 1, y));
  const dy = Number(line(x, y + 1)) - Number(line(x, y - 1));
  if (dx === 0 || dy === 0) return null;
  // The stairs continue: at least one arm is one pixel long and turns away from the corner.
  const turnsX = line(x + dx, y - dy) || line(x + 2 * dx, y - dy);
  const turnsY = line(x - dx, y + dy) || line(x - dx, y + 2 * dy);
  const longX = line(x + 2 * dx, y);
  const longY = line(x, y + 2 * dy);
  const others = around - 2 - Number(line(x + dx, y - dy)) - Number(line(x - dx, y + dy));
  return others === 0 && (turnsX || turnsY) && !(longX && longY) ? { dx, dy } : null;
}
