import type { PixelImage } from "../../service/pixel/image.ts";
import { colorAt, formatHex, parseHex, setColor } from "../../service/pixel/parse-hex.ts";

/** What a letter of a drawing stands for; "." is transparent. */
export const COLORS: Readonly<Record<string, string>> = {
  k: "#000000",
  w: "#ffffff",
  r: "#d02030",
  g: "#20a040",
  b: "#2040c0",
  y: "#f0d040",
  s: "#e0a080",
};

/** Makes an image out of rows of letters, such as ["k.", "rk"]. */
export function draw(rows: readonly string[]): PixelImage {
  const width = rows[0]!.length;
  const data = new Uint8Array(4 * width * rows.length);
  for (const [i, letter] of [...rows.join("")].entries()) {
    if (letter === ".") continue;
    setColor(data, 4 * i, parseHex(COLORS[letter]!));
    data[4 * i + 3] = 255;
  }
  return { width, height: rows.length, data };
}

/** Writes an image as rows of letters, so that a failed comparison shows a picture; "?" is any other color. */
export function rowsOf(image: PixelImage): string[] {
  const letters = new Map(Object.entries(COLORS).map(([letter, color]) => [color, letter]));
  return Array.from({ length: image.height }, (_, y) =>
    Array.from({ length: image.width }, (_, x) => {
      const offset = 4 * (y * image.width + x);
      if (image.data[offset + 3] === 0) return ".";
      return letters.get(formatHex(colorAt(image.data, offset))) ?? "?";
    }).join(""),
  );
}

/** Makes an image of opaque colors out of a function of the place. */
export function paint(width: number, height: number, color: (x: number, y: number) => number): PixelImage {
  const data = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    setColor(data, 4 * i, color(i % width, Math.floor(i / width)));
    data[4 * i + 3] = 255;
  }
  return { width, height, data };
}

/** A small sprite with all that passes may spoil: outline, eyes of one pixel, a highlight, a shadow. */
export const GOBLIN: readonly string[] = [
  "....kkkk....",
  "..kkggggkk..",
  "k.kgwgggggk.k",
  "kkggggggggkk",
  "kgkgrggrgkgk",
  ".kkggggggkk.",
  "..kgkkkkgk..",
  "...kggggk...",
  "..kbbyybbk..",
  ".kgbbbbbbgk.",
  "..kbkkkkbk..",
  "..kk....kk..",
].map((row) => row.slice(0, 12).padEnd(12, "."));
