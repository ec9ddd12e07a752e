import { boundsOf, mapColumns, mapRows, type Raster } from "./raster.ts";

/**
 * Makes a drawing lower or higher, narrower or wider by whole rows and columns, standing on its bottom row and in its
 * middle. The lines that go, or come twice, are those that look most like their neighbor in each stretch, so that eyes,
 * mouths and highlights keep their shape.
 */
export function squash(raster: Raster, { rows, columns }: { rows: number; columns: number }): Raster {
  const box = boundsOf(raster);
  if (!box) return raster;
  const down = Math.round(rows);
  const out = Math.round(columns);
  if (down === 0 && out === 0) return raster;
  const ys = planLines(box.top, box.bottom, { change: -down, costs: (y) => rowCost(raster, y) });
  const xs = planLines(box.left, box.right, { change: out, costs: (x) => columnCost(raster, x) });
  const top = box.bottom - ys.length + 1;
  const left = Math.round((box.left + box.right + 1 - xs.length) / 2);
  const lower = mapRows(raster, (y) => ys[y - top] ?? -1);
  return mapColumns(lower, (x) => xs[x - left] ?? -1);
}

/** Lists the lines from first to last with `change` of them more (each beside its twin) or fewer. */
export function planLines(
  first: number,
  last: number,
  { change, costs }: { change: number; costs: (line: number) => number },
): number[] {
  const lines = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const count = Math.min(Math.abs(change), Math.max(0, change > 0 ? lines.length : lines.length - 3));
  if (count === 0) return lines;
  if (count > lines.length / 2) return spread(lines, lines.length + Math.sign(change) * count);
  const inner = lines.slice(1, -1);
  const chosen = new Set<number>();
  for (let i = 0; i < count; i++) {
    const stretch = inner.slice(
      Math.floor((i * inner.length) / count),
      Math.floor(((i + 1) * inner.length) / count),
    );
    const known = stretch.map((line) => ({ line, cost: costs(line) }));
    const best = known.reduce((least, one) => (one.cost < least.cost ? one : least), known[0]!);
    chosen.add(best.line);
  }
  return lines.flatMap((line) => (chosen.has(line) ? (change > 0 ? [line, line] : []) : [line]));
}

function spread(lines: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, i) => lines[Math.floor(((i + 0.5) * lines.length) / count)]!);
}

function rowCost({ width, pixels }: Raster, y: number): number {
  let cost = 0;
  for (let x = 0; x < width; x++) if (pixels[y * width + x] !== pixels[(y + 1) * width + x]) cost++;
  return cost;
}

function columnCost({ width, height, pixels }: Raster, x: number): number {
  let cost = 0;
  for (let y = 0; y < height; y++) if (pixels[y * width + x] !== pixels[y * width + x + 1]) cost++;
  return cost;
}
