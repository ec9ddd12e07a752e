import type { PixelImage } from "../../../service/pixel/image.ts";
import { colorAt, parseHex, setColor } from "../../../service/pixel/parse-hex.ts";
import type { Tint } from "../../../service/pixel/tint.ts";

/** What a letter of these sprites stands for; "." is empty. Ramps go from dark to light. */
export const INKS: Readonly<Record<string, string>> = {
  k: "#14101c",
  // green: body
  a: "#1c5a2c",
  b: "#2f8a3c",
  c: "#62bd58",
  // red
  r: "#7a1f2a",
  s: "#b83038",
  t: "#e0605a",
  // blue
  x: "#26408c",
  y: "#3b68c8",
  z: "#79a4ec",
  // gray
  e: "#565a62",
  f: "#8c929c",
  g: "#c8ced6",
  w: "#ffffff",
  // wood, skin
  o: "#5a3a22",
  p: "#8a5c34",
  h: "#e2ab84",
  // gold
  m: "#b07a20",
  n: "#e8c048",
};

/** Makes a sprite of rows of letters on a canvas of its own size. */
export function sprite(rows: readonly string[]): PixelImage {
  const width = rows[0]!.length;
  const data = new Uint8Array(4 * width * rows.length);
  for (const [i, letter] of [...rows.join("")].entries()) {
    if (letter === ".") continue;
    setColor(data, 4 * i, parseHex(INKS[letter]!));
    data[4 * i + 3] = 255;
  }
  return { width, height: rows.length, data };
}

export const SLIME = sprite([
  "................",
  "................",
  "................",
  ".....kkkkkk.....",
  "....kccccbbk....",
  "...kcwwccbbbk...",
  "..kccwccbbbbbk..",
  "..kcccbbbbbbbk..",
  ".kccbskbbskbbak.",
  ".kcbbssbbssbbak.",
  ".kcbbbbbbbbbbak.",
  ".kbbbbbbbbbbaak.",
  ".kabbbbbbbbaaak.",
  "..kaaaaaaaaaak..",
  "...kkkkkkkkkk...",
  "................",
]);

export const POTION = sprite([
  "................",
  "......kkkk......",
  "......kppk......",
  "......kopk......",
  ".....kkkkkk.....",
  "......kgfk......",
  "......kgfk......",
  ".....kgfffk.....",
  "....kgttsssk....",
  "...kgttsssssk...",
  "..kgtwtsssssrk..",
  "..kgttsssssrrk..",
  "..kftssssssrrk..",
  "...kfsssssrrk...",
  "....krrrrrrk....",
  ".....kkkkkk.....",
]);

export const SWORD = sprite([
  "............kkk.",
  "...........kggk.",
  "..........kgffk.",
  ".........kgffk..",
  "........kgffk...",
  ".......kgffk....",
  "......kgffk.....",
  ".....kgffk......",
  ".kk.kgffk.......",
  ".kokgffk........",
  "..kopfk.........",
  "...kopk.........",
  "..kpkook........",
  ".kpk.kkk........",
  "kok.............",
  "kk..............",
]);

/** A knight in gray with skin at the face and a red cape that hangs at both sides. */
export const KNIGHT = sprite([
  "......kkkkk.....",
  ".....kgfffek....",
  ".....kgfffek....",
  ".....kfhhhek....",
  ".....kfhhhek....",
  "......kkkkk.....",
  "....kkgfffekk...",
  "...kskgfffekrk..",
  "..ktskgfffeksrk.",
  "..ktskgfffeksrk.",
  "..ktskgfffeksrk.",
  "..ktskffeeeksrk.",
  "..ktskffkeeksrk.",
  "..kttkfekfeksrk.",
  "..kkkkfekfekkkk.",
  ".....kkkkkkk....",
]);

export const CRATE = sprite([
  "kkkkkkkkkk",
  "kppppppppk",
  "kpoooooopk",
  "kpopppppok",
  "kpopppppok",
  "kpoooooopk",
  "kppppppppk",
  "kkkkkkkkkk",
]);

export const HAT = sprite(["..kkkk..", "..kyzk..", "..kxyk..", "kkkxykkk", "kxyyyzzk", "kkkkkkkk"]);

export const TINTS: Readonly<Record<string, Tint>> = {
  red: { hue: (28 * Math.PI) / 180, chroma: 0.19, lightness: 0.52 },
  blue: { hue: (262 * Math.PI) / 180, chroma: 0.17, lightness: 0.52 },
  green: { hue: (142 * Math.PI) / 180, chroma: 0.16, lightness: 0.58 },
  gold: { hue: (88 * Math.PI) / 180, chroma: 0.15, lightness: 0.74 },
  purple: { hue: (305 * Math.PI) / 180, chroma: 0.17, lightness: 0.48 },
  white: { hue: null, chroma: 0.01, lightness: 0.88 },
  silver: { hue: null, chroma: 0.01, lightness: 0.74 },
  black: { hue: null, chroma: 0.01, lightness: 0.24 },
};

/** The colors of a sprite, each once. */
export function colorsIn(image: PixelImage): Set<number> {
  const colors = new Set<number>();
  for (let i = 0; i < image.data.length; i += 4)
    if (image.data[i + 3] !== 0) colors.add(colorAt(image.data, i));
  return colors;
}

/** The letters of a sprite; "?" for colors that no letter stands for. */
export function lettersOf(image: PixelImage): string[] {
  const letters = new Map(Object.entries(INKS).map(([letter, color]) => [parseHex(color), letter]));
  return Array.from({ length: image.height }, (_, v) =>
    Array.from({ length: image.width }, (_, u) => {
      const offset = 4 * (v * image.width + u);
      return image.data[offset + 3] === 0 ? "." : (letters.get(colorAt(image.data, offset)) ?? "?");
    }).join(""),
  );
}

export function alphaOf(image: PixelImage): number[] {
  return [...image.data].filter((_, i) => i % 4 === 3);
}
