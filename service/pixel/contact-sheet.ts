import { createImage, drawnBounds, type PixelImage } from "./image.ts";
import { FONT_HEIGHT, fillRect, forEachInk, textWidth } from "./tiny-font.ts";
import { upscaleNearest } from "./upscale-nearest.ts";

/** One picture of a contact sheet and the caption under it. */
export interface ContactSheetEntry {
  image: PixelImage;
  caption: string;
}

export interface ContactSheetOptions {
  /** Whole-number enlargement of the pictures, >= 1. */
  scale: number;
  /** Pictures side by side, >= 1. */
  columns: number;
}

const GROUND = 0x14151b;
const CARD = 0x20222c;
const INK = 0xb9bfd0;
/** In art pixels, so that the sheet keeps its proportions at any scale. */
const MARGIN = 3;
const PADDING = 2;
const MOST_LINES = 2;

/** Sizes of a sheet in its own pixels. */
interface Layout {
  scale: number;
  textScale: number;
  columns: number;
  rows: number;
  picture: { width: number; height: number };
  card: { width: number; height: number };
  lines: string[][];
}

/**
 * Draws pictures as cards on a dark background, `columns` per row, each enlarged by `scale` and with its caption
 * below, in at most two lines. Transparent pixels show the card. Returns an opaque image.
 */
export function drawContactSheet(
  entries: readonly ContactSheetEntry[],
  options: ContactSheetOptions,
): PixelImage {
  const layout = layOut(entries, options);
  const { scale, columns, rows, card } = layout;
  const gap = MARGIN * scale;
  const sheet = createImage(columns * (card.width + gap) + gap, rows * (card.height + gap) + gap);
  fillRect(sheet, { x: 0, y: 0, width: sheet.width, height: sheet.height }, GROUND);
  for (const [i, entry] of entries.entries()) {
    const x = gap + (i % columns) * (card.width + gap);
    const y = gap + Math.floor(i / columns) * (card.height + gap);
    drawCard(sheet, { x, y, ...card }, scale);
    drawPicture(sheet, { x, y }, layout, entry.image);
    drawCaption(sheet, { x, y }, layout, layout.lines[i]!);
  }
  return sheet;
}

function layOut(entries: readonly ContactSheetEntry[], { scale, columns }: ContactSheetOptions): Layout {
  const textScale = Math.max(1, Math.floor(scale / 3));
  const width = scale * Math.max(1, ...entries.map(({ image }) => image.width));
  const height = scale * Math.max(1, ...entries.map(({ image }) => image.height));
  const lines = entries.map(({ caption }) => wrap(caption, Math.floor(width / textScale)));
  const lineCount = Math.max(0, ...lines.map((texts) => texts.length));
  const captionHeight = lineCount === 0 ? 0 : lineCount * textScale * (FONT_HEIGHT + 2) + PADDING * scale;
  const usedColumns = Math.max(1, Math.min(columns, entries.length));
  return {
    scale,
    textScale,
    columns: usedColumns,
    rows: Math.max(1, Math.ceil(entries.length / usedColumns)),
    picture: { width, height },
    card: { width: width + 2 * PADDING * scale, height: height + 2 * PADDING * scale + captionHeight },
    lines,
  };
}

/** Breaks a caption between words into lines of at most `width` font pixels; whatever does not fit is cut off with "..". */
function wrap(caption: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of caption.split(/\s+/).filter((part) => part !== "")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const kept = lines.slice(0, MOST_LINES);
  return kept.map((line, i) => {
    const cut = i === MOST_LINES - 1 && lines.length > MOST_LINES;
    return textWidth(cut ? `${line}..` : line) <= width && !cut ? line : shorten(line, width);
  });
}

function shorten(line: string, width: number): string {
  let text = line;
  while (text !== "" && textWidth(`${text}..`) > width) text = text.slice(0, -1);
  return `${text.trimEnd()}..`;
}

/** A card with each corner cut off by one art pixel. */
function drawCard(
  sheet: PixelImage,
  card: { x: number; y: number; width: number; height: number },
  cut: number,
): void {
  const { x, y, width, height } = card;
  fillRect(sheet, { x: x + cut, y, width: width - 2 * cut, height }, CARD);
  fillRect(sheet, { x, y: y + cut, width, height: height - 2 * cut }, CARD);
}

/** Centers the drawing, by whole art pixels. */
function drawPicture(
  sheet: PixelImage,
  card: { x: number; y: number },
  layout: Layout,
  image: PixelImage,
): void {
  const { scale, picture } = layout;
  const bounds = drawnBounds(image);
  if (bounds === null) return;
  const big = upscaleNearest(image, scale);
  const left = card.x + scale * (PADDING + Math.floor((picture.width / scale - bounds.width) / 2) - bounds.x);
  const top =
    card.y + scale * (PADDING + Math.floor((picture.height / scale - bounds.height) / 2) - bounds.y);
  for (let y = 0; y < big.height; y++) {
    for (let x = 0; x < big.width; x++) {
      const from = 4 * (y * big.width + x);
      if (big.data[from + 3] === 0) continue;
      const to = 4 * ((top + y) * sheet.width + left + x);
      sheet.data.set(big.data.subarray(from, from + 3), to);
    }
  }
}

function drawCaption(
  sheet: PixelImage,
  card: { x: number; y: number },
  layout: Layout,
  lines: readonly string[],
): void {
  const { scale, textScale, picture } = layout;
  for (const [i, line] of lines.entries()) {
    const free = layout.card.width - textScale * textWidth(line);
    const left = card.x + Math.floor(free / 2);
    const top = card.y + 2 * PADDING * scale + picture.height + i * textScale * (FONT_HEIGHT + 2);
    forEachInk(line, (x, y) => {
      const at = { x: left + x * textScale, y: top + y * textScale, width: textScale, height: textScale };
      fillRect(sheet, at, INK);
    });
  }
}
