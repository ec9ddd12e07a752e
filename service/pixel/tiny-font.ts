import type { PixelImage } from "./image.ts";
import { setColor } from "./parse-hex.ts";

/**
 * A font of capitals, five pixels high and as wide as each letter needs, drawn for this project: rows from the
 * top, "#" is ink. Lowercase text uses the same letters; missing characters become a "?".
 */
const GLYPHS: Readonly<Record<string, string>> = {
  A: ".##. #..# #### #..# #..#",
  B: "###. #..# ###. #..# ###.",
  C: ".### #... #... #... .###",
  D: "###. #..# #..# #..# ###.",
  E: "### #.. ##. #.. ###",
  F: "### #.. ##. #.. #..",
  G: ".### #... #.## #..# .###",
  H: "#..# #..# #### #..# #..#",
  I: "# # # # #",
  J: "..# ..# ..# #.# .#.",
  K: "#..# #.#. ##.. #.#. #..#",
  L: "#.. #.. #.. #.. ###",
  M: "#...# ##.## #.#.# #...# #...#",
  N: "#..# ##.# #.## #..# #..#",
  O: ".##. #..# #..# #..# .##.",
  P: "###. #..# ###. #... #...",
  Q: ".##. #..# #..# #.#. .#.#",
  R: "###. #..# ###. #.#. #..#",
  S: ".### #... .##. ...# ###.",
  T: "### .#. .#. .#. .#.",
  U: "#..# #..# #..# #..# .##.",
  V: "#.# #.# #.# #.# .#.",
  W: "#...# #...# #.#.# #.#.# .#.#.",
  X: "#.# #.# .#. #.# #.#",
  Y: "#.# #.# .#. .#. .#.",
  Z: "#### ...# .##. #... ####",
  0: ".##. #.## ##.# #..# .##.",
  1: ".# ## .# .# .#",
  2: "###. ...# .##. #... ####",
  3: "###. ...# .##. ...# ###.",
  4: "#..# #..# #### ...# ...#",
  5: "#### #... ###. ...# ###.",
  6: ".##. #... ###. #..# .##.",
  7: "#### ...# ..#. .#.. .#..",
  8: ".##. #..# .##. #..# .##.",
  9: ".##. #..# .### ...# .##.",
  " ": ".. .. .. .. ..",
  ".": ". . . . #",
  ",": ".. .. .. .# #.",
  ":": ". # . # .",
  ";": ".. .# .. .# #.",
  "-": "... ... ### ... ...",
  _: "... ... ... ... ###",
  "'": "# # . . .",
  '"': "#.# #.# ... ... ...",
  "!": "# # # . #",
  "?": "##. ..# .#. ... .#.",
  "/": "..# ..# .#. #.. #..",
  "(": ".# #. #. #. .#",
  ")": "#. .# .# .# #.",
  "+": "... .#. ### .#. ...",
  "=": "... ### ... ### ...",
  "#": ".#.#. ##### .#.#. ##### .#.#.",
  "%": "#..# ...# .##. #... #..#",
  "&": ".#.. #.#. .#.. #.#. .#.#",
  "*": "... #.# .#. #.# ...",
};

/** Height of the letters in pixels. */
export const FONT_HEIGHT = 5;
const LETTER_GAP = 1;

/** Measures a line of text in font pixels. */
export function textWidth(text: string): number {
  const widths = glyphsOf(text).map((rows) => rows[0]!.length + LETTER_GAP);
  return Math.max(0, widths.reduce((sum, width) => sum + width, 0) - LETTER_GAP);
}

/** Calls `ink` for every inked font pixel of a line of text, counted from its top left corner. */
export function forEachInk(text: string, ink: (x: number, y: number) => void): void {
  let left = 0;
  for (const rows of glyphsOf(text)) {
    for (const [y, row] of rows.entries())
      for (let x = 0; x < row.length; x++) if (row[x] === "#") ink(left + x, y);
    left += rows[0]!.length + LETTER_GAP;
  }
}

/** Fills a rectangle of `image` with an opaque color, 0xRRGGBB. Only for images that are still being made. */
export function fillRect(
  image: PixelImage,
  rect: { x: number; y: number; width: number; height: number },
  color: number,
): void {
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    for (let x = rect.x; x < rect.x + rect.width; x++) {
      const offset = 4 * (y * image.width + x);
      setColor(image.data, offset, color);
      image.data[offset + 3] = 255;
    }
  }
}

function glyphsOf(text: string): string[][] {
  return [...text.toUpperCase()].map((letter) => (GLYPHS[letter] ?? GLYPHS["?"]!).split(" "));
}
