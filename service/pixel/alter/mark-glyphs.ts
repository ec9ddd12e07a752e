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

/** Capital letters of 3 by 5 pixels, rows from the top in bits, the leftmost pixel first. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ a: "25755", b: "65656", c: "34443", d: "65556", e: "74647", f: "74644", g: "34553", h: "55755" },
  ...{ i: "72227", j: "11152", k: "55655", l: "44447", m: "57755", n: "65555", o: "25552", p: "65644" },
  ...{
    q: "25563",
    r: "65655",
    s: "34216",
    t: "72222",
    u: "55557",
    v: "55552",
    w: "55775",
    y: "55222",
    z: "71247",
  },
};

/** The rows of a mark or of a capital letter; null for what is none. */
export function glyphOf(name: string): readonly string[] | null {
  if (Object.hasOwn(MARKS, name)) return (MARKS[name] ?? "").split("/");
  if (!Object.hasOwn(LETTERS, name)) return null;
  return [...(LETTERS[name] ?? "")].map((row) =>
    [4, 2, 1].map((bit) => ((Number(row) & bit) === 0 ? "." : "#")).join(""),
  );
}
