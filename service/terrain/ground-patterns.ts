import type { Random } from "../pixel/random.ts";
import { cells, courses, type Field, type Size, scatter } from "./pattern-field.ts";

/**
 * How grounds are drawn by rules. A pattern gives the shade of each pixel: 0 is the darkest of a ramp of five, 2 the
 * ground's own color, 4 the lightest. Motifs are drawn as text: a digit is a shade, a dot leaves what is below.
 */
type Draw = (size: Size, random: Random) => Field;

const motif = (text: string): string[] => text.split("/");
const motifs = (texts: string): string[][] => texts.trim().split(/\s+/).map(motif);

const tufts = motifs("3.3/131 .4/31 3./.3/11 3.4/.31 3/1");
const shortTufts = motifs("3.3/.1. 1/1 33/.1 3/1");
const lines = motifs(".444./4...4 .33./3..3 .3333/3....");
const dashes = motifs("1111 111 .11/1..");
const grains = motifs("1 3 11 3 1./.1 33");
const ripples = motifs("..111/11... .1111/1.... 33.../..333");
const dents = motifs(".22./2112 .22/21. 222/.1. 4 4./.4");
const clods = motifs("33/11 .3./311/.1. 11/.1 1 3 .11/111 0/.");
const stones = motifs(".3./342/110 33/20 342/210");
const smears = motifs("..11/111. 111./.111 33/.. 4");
const bubbles = motifs(".33./3..3/3.41/.11. 33/11 .3/31 4 3");
const glints = motifs("...4/..4./.4../4... ..3/.3./3.. 4./.4 1../.1./.11 .1/1./1.");

const spread =
  (...layers: [cell: number, arts: readonly string[][]][]): Draw =>
  (size, random) =>
    scatter(size, { layers: layers.map(([cell, arts]) => ({ cell, arts })), random });

export const PATTERNS = {
  grass: spread([9, motifs("..11./11111/.1111/..1..")], [4.4, tufts]),
  moss: spread([7, motifs(".11./1111/.11. 33./3333/.333")], [3.6, shortTufts]),
  waves: spread([8, dashes], [7, lines]),
  bubbles: spread([8, dashes], [6, bubbles]),
  sand: spread([8, ripples], [5, grains]),
  snow: spread([6, dents]),
  ice: spread([7, glints]),
  dirt: spread([5, clods], [9, stones]),
  path: spread([4, motifs("3 1 33 1./11")], [7, stones]),
  mud: spread([6, smears], [8, motifs(".11./1001/.33.")]),
  lava: (size, random) =>
    cells(size, { cell: 6.4, random }, ({ gap, tone, light }) =>
      gap < 0.8 ? 4 : gap < 1.5 ? 3 : tone < 0.3 ? 2 : light > 0.8 ? 1 : 0,
    ),
  leaves: (size, random) =>
    cells(size, { cell: 5, random }, ({ gap, light, tone }) =>
      gap < 0.8 ? 0 : light > 0.7 ? (tone > 0.6 ? 4 : 3) : light < -0.7 ? 1 : 2,
    ),
  cobbles: (size, random) =>
    cells(size, { cell: 5.4, random }, ({ gap, light, tone }) =>
      gap < 1 ? 0 : light > 1.1 ? 4 : light < -1.1 ? 1 : tone < 0.3 ? 2 : 3,
    ),
  gravel: (size, random) =>
    cells(size, { cell: 3.1, random }, ({ gap, light, tone }) =>
      gap < 0.6 ? 0 : light > 0.4 ? (tone > 0.5 ? 4 : 3) : tone < 0.4 ? 1 : 2,
    ),
  rock: (size, random) =>
    cells(size, { cell: 7.5, random }, ({ gap, light, tone }) =>
      gap < 0.7 ? (tone < 0.75 ? 1 : 0) : light > 2 ? 3 : light < -2 ? 1 : 2,
    ),
  bricks: (size, random) =>
    courses(size, { high: 4, wide: 8, shift: 0.5, random }, ({ left, right, top, bottom, tone }) =>
      bottom === 0 || right === 0 ? 0 : top === 0 ? (left === 0 ? 4 : 3) : tone < 0.25 ? 1 : 2,
    ),
  masonry: (size, random) =>
    courses(size, { high: 8, wide: 11, shift: 0.5, random }, ({ left, right, top, bottom, tone }) =>
      bottom === 0 || right === 0
        ? 0
        : top === 0 || left === 0
          ? 4
          : bottom === 1 || right === 1
            ? 1
            : tone < 0.4
              ? 2
              : 3,
    ),
  slabs: (size, random) =>
    courses(
      size,
      { high: 8, wide: 8, shift: "random", random },
      ({ left, right, top, bottom, tone, speck }) =>
        bottom === 0 || right === 0 ? 0 : top === 0 || left === 0 ? 3 : speck < 0.04 ? 1 : tone < 0.3 ? 1 : 2,
    ),
  checks: (size, random) =>
    courses(size, { high: 8, wide: 8, shift: 0, random }, ({ left, right, top, bottom, odd, speck }) => {
      const darker = odd ? 2 : 0;
      if (bottom === 0 || right === 0 || speck < 0.03) return 2 - darker;
      return (top === 0 || left === 0 ? 4 : 3) - darker;
    }),
  marble: (size, random) =>
    courses(size, { high: 16, wide: 16, shift: 0, random }, ({ left, right, top, bottom, vein }) =>
      bottom === 0 || right === 0 ? 0 : top === 0 || left === 0 ? 4 : vein < 0.5 ? 1 : vein < 1.3 ? 2 : 3,
    ),
  planks: (size, random) =>
    courses(
      size,
      { high: 5, wide: 32, shift: "random", random },
      ({ left, right, top, bottom, tone, streak }) => {
        const isNail = top === 1 && (left === 1 || right === 2);
        if (bottom === 0 || right === 0 || isNail) return 0;
        return top === 0 ? 3 : streak < 0.3 || tone < 0.3 ? 1 : 2;
      },
    ),
  roof: (size, random) =>
    courses(size, { high: 7, wide: 7, shift: 0.5, random }, ({ left, right, top, bottom, tone }) => {
      const side = Math.min(left, right);
      const rim = Math.max(0, 3 - side);
      // Below its round rim, a scale shows the next course in its shadow.
      if (bottom <= rim) return bottom === rim ? 0 : 1;
      if (top < 2 || side === 0) return 1;
      return bottom === rim + 1 ? 4 : tone < 0.3 ? 2 : 3;
    }),
} satisfies Record<string, Draw>;

export type GroundPattern = keyof typeof PATTERNS;
