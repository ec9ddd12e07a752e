import { createImage, crop, drawnBounds, type PixelImage, place } from "../image.ts";
import { toOklab } from "../oklab.ts";
import { colorAt } from "../parse-hex.ts";
import { attach, type Box, chooseSize, overlay } from "./attach.ts";
import { rowsOf } from "./figure.ts";
import type { Joint } from "./joint.ts";
import { neighborsOf } from "./swatches.ts";

/** Darker pixels inside of a container are its opening. */
const DARK = 0.36;

/** Puts a thing into a container: the lower part of the thing is hidden behind the container's front. */
export function putInto(content: PixelImage, containers: readonly PixelImage[]): Joint | null {
  const box = drawnBounds(content);
  const room = {
    width: content.width,
    height: Math.max(5, Math.round(0.75 * content.height)),
    least: box === null ? 0 : Math.round(0.75 * box.width),
  };
  const container = chooseSize(containers, room);
  if (container === null || box === null) return null;
  const other = {
    x: Math.round((content.width - container.width) / 2),
    y: content.height - container.height,
    width: container.width,
    height: container.height,
  };
  const sunk = other.y + rimOf(container) + Math.round(0.4 * container.height) - box.height;
  // A tall thing sinks deeper, so that its head stays on the canvas.
  const y = Math.max(0, sunk);
  const x = Math.round(other.x + (container.width - box.width) / 2);
  const left = Math.max(0, Math.min(content.width - box.width, x));
  const figure = crop(content, box.x, box.y, box.width, box.height);
  const visible = crop(figure, 0, 0, box.width, Math.min(box.height, content.height - y - 1));
  const behind = place(visible, createImage(content.width, content.height), left, y);
  const front = overlay(cutBeside(behind, other), container, other);
  return { image: front, shift: { x: left - box.x, y: y - box.y }, other };
}

/** Removes what would stick out beside or below a container, beneath its rim. */
function cutBeside(image: PixelImage, container: Box): PixelImage {
  const data = image.data.slice();
  for (let p = 0; p < image.width * image.height; p++) {
    const [x, y] = [p % image.width, Math.floor(p / image.width)];
    const isBelow = y > container.y + 0.3 * container.height;
    if (isBelow && (x <= container.x || x >= container.x + container.width - 1))
      data.fill(0, 4 * p, 4 * p + 4);
    if (y > container.y + 0.8 * container.height) data.fill(0, 4 * p, 4 * p + 4);
  }
  return { width: image.width, height: image.height, data };
}

/** The row where a container has reached most of its width: lids and handles above it are not its rim. */
function rimOf(container: PixelImage): number {
  const rows = rowsOf(container);
  const widest = Math.max(...rows.map((row) => (row ? row.right - row.left + 1 : 0)));
  return Math.max(
    0,
    rows.findIndex((row) => row !== null && row.right - row.left + 1 >= 0.6 * widest),
  );
}

/** Fills a container: a heap of the other thing shows in its opening and over its rim. */
export function fill(main: PixelImage, others: readonly PixelImage[]): Joint | null {
  const box = drawnBounds(main);
  if (box === null) return null;
  const trimmed = crop(main, box.x, box.y, box.width, box.height);
  const opening = findOpening(main, box);
  const inner = opening ? spanOf(main, opening) : { ...box, y: box.y + rimOf(trimmed), height: 1 };
  const above = opening ? inner.y + inner.height : inner.y + main.height - box.y - box.height;
  const item = chooseSize(others, {
    width: Math.max(4, Math.round((opening ? 0.45 : 0.6) * inner.width)),
    height: Math.max(
      4,
      opening ? inner.height : Math.min(Math.round(0.7 * box.height), Math.round(1.5 * above)),
    ),
  });
  if (item === null) return null;
  const heap = heapOf(item, Math.max(item.width, inner.width - 2), opening ? inner.height : 0);
  const floor = opening ? inner.y + inner.height : inner.y + Math.max(2, Math.round(0.35 * heap.height));
  const lack = heap.height - floor;
  const shift = { x: 0, y: opening ? 0 : Math.max(0, Math.min(lack, main.height - box.y - box.height)) };
  const other = {
    x: Math.round(inner.x + (inner.width - heap.width) / 2),
    y: Math.max(0, floor + shift.y - heap.height),
    width: heap.width,
    height: heap.height,
  };
  if (opening) return { image: fillOpening(main, heap, { other, opening }), shift, other };
  const front = place(main, createImage(main.width, main.height), 0, shift.y);
  const behind = place(heap, createImage(main.width, main.height), other.x, other.y);
  const image =
    other.y + 2 < box.y + shift.y ? overlay(behind, front, { x: 0, y: 0 }) : attach(front, heap, other);
  return { image, shift, other };
}

/** Draws a heap into an opening and, above it, over what is not drawn. */
function fillOpening(
  main: PixelImage,
  heap: PixelImage,
  { other, opening }: { other: Box; opening: ReadonlySet<number> },
): PixelImage {
  const layer = place(heap, createImage(main.width, main.height), other.x, other.y);
  const data = main.data.slice();
  for (let p = 0; p < main.width * main.height; p++) {
    const isFree = opening.has(p) || main.data[4 * p + 3] === 0;
    if (isFree && layer.data[4 * p + 3] !== 0) data.set(layer.data.subarray(4 * p, 4 * p + 4), 4 * p);
  }
  return { width: main.width, height: main.height, data };
}

/** The largest dark region inside of a container's upper part that is wide enough to look into; null for none. */
function findOpening(main: PixelImage, box: Box): Set<number> | null {
  const isDark = (p: number): boolean =>
    main.data[4 * p + 3] !== 0 && toOklab(colorAt(main.data, 4 * p)).l < DARK && isInside(main, p);
  const seen = new Set<number>();
  let best: number[] = [];
  for (let p = 0; p < main.width * (box.y + Math.ceil(0.6 * box.height)); p++) {
    if (seen.has(p) || !isDark(p)) continue;
    const region = [p];
    seen.add(p);
    for (let next = 0; next < region.length; next++) {
      for (const q of neighborsOf(main, region[next]!)) {
        if (q < 0 || seen.has(q) || !isDark(q)) continue;
        seen.add(q);
        region.push(q);
      }
    }
    if (region.length > best.length) best = region;
  }
  const found = new Set(best);
  const span = spanOf(main, found);
  const isOpening =
    span.width >= 0.4 * box.width && span.height >= 3 && best.length >= 0.4 * span.width * span.height;
  return isOpening ? found : null;
}

/** Whether all pixels around one are drawn: outline is dark, too, but lies at the rim. */
function isInside(image: PixelImage, p: number): boolean {
  return neighborsOf(image, p).every((q) => q >= 0 && image.data[4 * q + 3] !== 0);
}

function spanOf({ width }: PixelImage, pixels: ReadonlySet<number>): Box {
  let [left, right, top, bottom] = [Number.POSITIVE_INFINITY, -1, Number.POSITIVE_INFINITY, -1];
  for (const p of pixels) {
    const [x, y] = [p % width, Math.floor(p / width)];
    [left, right, top, bottom] = [
      Math.min(left, x),
      Math.max(right, x),
      Math.min(top, y),
      Math.max(bottom, y),
    ];
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Piles copies of a thing: a front row over a width, and rows behind it up to a height, at least one. */
function heapOf(item: PixelImage, width: number, least: number): PixelImage {
  const copies = Math.max(1, Math.min(5, Math.floor(width / Math.max(1, 0.7 * item.width))));
  if (copies === 1 && least <= item.height) return item;
  const step = copies === 1 ? 0 : (width - item.width) / (copies - 1);
  const rise = Math.max(1, Math.round(0.35 * item.height));
  const rows = Math.max(1, Math.min(6, Math.ceil((least - item.height) / rise)));
  let heap = createImage(width, item.height + rows * rise);
  for (let row = 0; row <= rows; row++) {
    const isInset = (rows - row) % 2 === 1;
    for (let i = 0; i < copies - (isInset && copies > 1 ? 1 : 0); i++) {
      heap = attach(heap, item, { x: Math.round((i + (isInset ? 0.5 : 0)) * step), y: row * rise });
    }
  }
  return heap;
}
