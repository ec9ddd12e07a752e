import { FONT_HEIGHT, forEachInk, textWidth } from "../tiny-font.ts";

/** Marks in rows of "#" (their color), "o" (a dark hole in it) and "." (nothing). */
const MARKS: Readonly<Record<string, string>> = {
  x: "#...#/##.##/.###./##.##/#...#",
  cross: ".#./###/.#./.#.",
  plus: "..#../..#../#####/..#../..#..",
  heart: ".#.#./#####/#####/.###./..#..",
  star: "...#.../..###../#######/.#####./.#####./.##.##./.#...#.",
  skull: ".#####./#######/#oo#oo#/#oo#oo#/.##o##./.#####./.#o#o#.",
  moon: ".###./###../##.../###../.###.",
  arrow: "..#../.###./#####/..#../..#..",
  diamond: "..#../.###./#####/.###./..#..",
  circle: ".###./##.##/#...#/##.##/.###.",
  question: "###/..#/.##/.../.#.",
  exclamation: "#/#/#/./#",
};

/** The rows of a mark or of a capital letter; null for what is none. */
export function glyphOf(name: string): readonly string[] | null {
  if (Object.hasOwn(MARKS, name)) return (MARKS[name] ?? "").split("/");
  if (!/^[a-z]$/.test(name)) return null;
  const rows = Array.from({ length: FONT_HEIGHT }, () => new Array<string>(textWidth(name)).fill("."));
  forEachInk(name, (x, y) => {
    const row = rows[y];
    if (row) row[x] = "#";
  });
  return rows.map((row) => row.join(""));
}
