import { expect, test } from "vitest";
import { formatPalette, PALETTE_FORMATS } from "../../plugins/studio/pure/format-palette.ts";
import { parsePalette } from "../../plugins/studio/pure/parse-palette.ts";

const colorsOf = (text: string): string[] => {
  const read = parsePalette(text);
  return read.kind === "palette" ? read.palette.colors : [];
};

test("a GIMP palette is read with its name; comments, columns and color names are no colors", () => {
  const text =
    "GIMP Palette\r\nName: Dusk 4\r\nColumns: 2\r\n# 99 99 99 of a comment\r\n 26  28  44\tink\r\n255 205 117 sand\r\n0 0 0\r\n";
  expect(parsePalette(text)).toEqual({
    kind: "palette",
    palette: { name: "Dusk 4", colors: ["#1a1c2c", "#ffcd75", "#000000"] },
  });
});

test("values above 255 in a GIMP palette are no color", () => {
  expect(colorsOf("GIMP Palette\n256 0 0\n1 2 3\n")).toEqual(["#010203"]);
});

test("a .hex file, a JASC file and Paint.NET's form are read", () => {
  expect(colorsOf("1A1C2C\n5d275d\n")).toEqual(["#1a1c2c", "#5d275d"]);
  expect(colorsOf("JASC-PAL\n0100\n2\n26 28 44\n93 39 93\n")).toEqual(["#1a1c2c", "#5d275d"]);
  expect(colorsOf("; paint.net Palette File\n; Colors: 2\nFF1a1c2c\nFF5d275d\n")).toEqual([
    "#1a1c2c",
    "#5d275d",
  ]);
});

test("Lospec's JSON is read with its name, and a bare list too", () => {
  expect(parsePalette('{"name":"Sweetie","author":"G","colors":["1a1c2c","#5D275D"]}')).toEqual({
    kind: "palette",
    palette: { name: "Sweetie", colors: ["#1a1c2c", "#5d275d"] },
  });
  expect(colorsOf('["#fff", "000000"]')).toEqual(["#ffffff", "#000000"]);
});

test("pasted text gives its hex colors in order, each once, short forms spelled out", () => {
  expect(colorsOf("ink: #1a1c2c; blood #B13E53, #1A1C2C #abc 0x38b764 #11223344")).toEqual([
    "#1a1c2c",
    "#b13e53",
    "#aabbcc",
    "#38b764",
    "#112233",
  ]);
});

test("words that happen to be hex digits are no colors: only whole numbers of six or eight are", () => {
  expect(parsePalette("a bad cafe, facade1 decade5")).toMatchObject({ kind: "error" });
});

test("what has no color, a wrong JSON or too many colors is refused in words", () => {
  expect(parsePalette("nothing here")).toMatchObject({ kind: "error", message: /No color/ });
  expect(parsePalette('{"swatches":[]}')).toMatchObject({ kind: "error", message: /no list/ });
  const many = Array.from({ length: 257 }, (_, i) => i.toString(16).padStart(6, "0")).join("\n");
  expect(parsePalette(many)).toMatchObject({ kind: "error", message: /256 colors but found 257/ });
});

test.each(PALETTE_FORMATS)("what is exported as .%s is imported again", (format) => {
  const palette = { name: "Dusk", colors: ["#1a1c2c", "#ffffff", "#00ff7f"] };
  expect(colorsOf(formatPalette(palette, format))).toEqual(palette.colors);
});
