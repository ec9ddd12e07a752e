import type { PixelImage } from "../image.ts";
import { toOklab } from "../oklab.ts";
import { colorAt, setColor } from "../parse-hex.ts";
import { type Box, chooseSize, overlay } from "./attach.ts";
import { findHead, type Head, rowsOf } from "./figure.ts";
import { clampTo, type Joint, makeRoom, type PairQuestion, putInFront, shifted } from "./joint.ts";
import { fromOklch, radians } from "./oklch.ts";
import { findRamps } from "./ramps.ts";

/** How a thing sits on a head: its width in head widths, and where its lower edge is in head heights from the top. */
const WORN: readonly { words: RegExp; width: number; low: number }[] = [
  { words: /^(hat|cap|hood|sombrero|turban|beret|fedora)$/, width: 1.55, low: 0.36 },
  { words: /^(crown|tiara|halo|headband)$/, width: 1.05, low: 0.26 },
  { words: /^(helmet|helm)$/, width: 1.3, low: 0.6 },
  { words: /^(glasses|goggles|sunglasses|monocle|eyepatch)$/, width: 1, low: 0.66 },
  { words: /^(mask)$/, width: 1, low: 0.85 },
];

/** Darker pixels are outline. */
const LINE = 0.28;

/** Puts a thing onto a figure: on the head, around the neck, or behind the back. Null for what needs to be drawn anew. */
export function wear({ main, others, name }: PairQuestion, box: Box): Joint | null {
  const head = findHead(main);
  if (head === null) return null;
  if (name === "scarf")
    return { image: wrapScarf(main, head, others[0] ?? null), shift: { x: 0, y: 0 }, other: null };
  if (/^(cape|cloak|wings?|backpack|quiver)$/.test(name)) return hangBehind(main, box, others);
  const fit = WORN.find(({ words }) => words.test(name));
  if (fit === undefined) return null;
  const width = Math.max(4, Math.round(fit.width * head.width));
  const low = Math.max(1, Math.round(fit.low * head.height));
  const above = head.y + low + main.height - box.y - box.height;
  const high = Math.max(4, Math.round(1.7 * Math.max(head.height, 0.8 * head.width)));
  const least = Math.round(0.55 * width);
  // Without room above the head, it sits lower than it should rather than not at all.
  const item =
    chooseSize(others, { width, height: Math.min(above, high), least }) ??
    chooseSize(others, { width, height: high, least });
  if (item === null) return null;
  const x = Math.round(head.center - (item.width - 1) / 2);
  const y = head.y + low - item.height;
  return putInFront(main, box, { item, x, y: fit.low > 0.62 ? Math.max(head.y, y) : y });
}

function hangBehind(main: PixelImage, box: Box, others: readonly PixelImage[]): Joint | null {
  const room = {
    width: Math.min(main.width, Math.round(1.6 * box.width)),
    height: Math.round(0.85 * box.height),
  };
  const item = chooseSize(others, room);
  if (item === null) return null;
  const wanted = {
    x: Math.round(box.x + (box.width - item.width) / 2),
    y: Math.round(box.y + Math.max(0.22 * box.height, 0)),
    width: item.width,
    height: item.height,
  };
  const shift = makeRoom(main, box, wanted);
  const other = clampTo(main, { ...wanted, x: wanted.x + shift.x, y: wanted.y + shift.y });
  const empty = { width: main.width, height: main.height, data: new Uint8Array(main.data.length) };
  return {
    image: overlay(overlay(empty, item, other), shifted(main, shift.x, shift.y), { x: 0, y: 0 }),
    shift,
    other,
  };
}

/** Paints a scarf around the neck, with one end hanging down, in the colors of the other drawing (red without one). */
function wrapScarf(main: PixelImage, head: Head, drawing: PixelImage | null): PixelImage {
  const [dark, middle, light] = scarfColors(drawing);
  const data = main.data.slice();
  const rows = rowsOf(main);
  const thick = Math.max(2, Math.round(head.height * 0.28));
  const top = head.y + head.height - Math.ceil(thick / 2);
  const paint = (x: number, y: number, color: number): void => {
    const p = y * main.width + x;
    if (x < 0 || x >= main.width || y >= main.height || data[4 * p + 3] === 0) return;
    const isLine = toOklab(colorAt(main.data, 4 * p)).l < LINE;
    const isRim = x === rows[y]!.left || x === rows[y]!.right;
    if (!(isLine && isRim)) setColor(data, 4 * p, color);
  };
  const left = Math.round(head.center - head.width / 2 - 1);
  const right = Math.round(head.center + head.width / 2 + 1);
  for (let i = 0; i < thick; i++) {
    const isLast = i === thick - 1;
    for (let x = left; x <= right; x++) {
      const isFold = (x - left) % 4 === 3 && !isLast && i > 0;
      paint(x, top + i, isLast || isFold ? dark : i === 0 && x < head.center ? light : middle);
    }
  }
  const wide = Math.max(2, Math.round(head.width * 0.22));
  const long = Math.max(2, Math.round(head.height * 0.5));
  const from = Math.round(head.center + head.width * 0.12);
  for (let i = 0; i < long; i++) {
    for (let k = 0; k < wide; k++) {
      const isFringe = i === long - 1 && k % 2 === 1;
      paint(from + k, top + thick + i, k === wide - 1 || isFringe ? dark : k === 0 ? light : middle);
    }
  }
  return { width: main.width, height: main.height, data };
}

function scarfColors(drawing: PixelImage | null): [number, number, number] {
  const ramps = drawing === null ? [] : findRamps(drawing);
  const ramp = ramps.find(({ kind }) => kind === "color") ?? ramps.find(({ kind }) => kind === "neutral");
  const { l, c, h } = ramp?.mean ?? { l: 0.55, c: 0.18, h: radians(27) };
  const middle = Math.max(0.35, Math.min(0.85, l));
  return [
    fromOklch({ l: middle - 0.15, c: c * 0.9, h }),
    fromOklch({ l: middle, c, h }),
    fromOklch({ l: Math.min(0.96, middle + 0.1), c: c * 0.85, h }),
  ];
}
