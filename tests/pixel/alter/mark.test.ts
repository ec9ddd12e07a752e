import { expect, test } from "vitest";
import { paintMark } from "../../../service/pixel/alter/mark.ts";
import type { PixelImage } from "../../../service/pixel/image.ts";
import { alphaOf, sprite, TINTS } from "./sprites.ts";

const BOARD = sprite([
  "k".repeat(13),
  ...Array.from({ length: 11 }, () => `k${"g".repeat(11)}k`),
  "k".repeat(13),
]);

/** What a mark changed: "#" for a pixel in its color, "." for one that is as it was. */
function changedIn(marked: PixelImage, before: PixelImage): string[] {
  const signs = Array.from({ length: before.width * before.height }, (_, p) =>
    [0, 1, 2].some((i) => marked.data[4 * p + i] !== before.data[4 * p + i]) ? "#" : ".",
  ).join("");
  return Array.from({ length: before.height }, (_, y) =>
    signs.slice(y * before.width, (y + 1) * before.width),
  );
}

test("an X lies in the middle of a face, crisp and in its color", () => {
  const marked = paintMark(BOARD, "x", TINTS.red!)!;
  expect(changedIn(marked, BOARD).slice(4, 9)).toEqual([
    "....#...#....",
    "....##.##....",
    ".....###.....",
    "....##.##....",
    "....#...#....",
  ]);
  expect(alphaOf(marked)).toEqual(alphaOf(BOARD));
});

test("a mark keeps off what is not there and off the outline, and is left out where it has no room", () => {
  const torn = sprite(["kkkkkkkkkkkkk", ...Array.from({ length: 12 }, () => "kggggggggk...")]);
  const rows = changedIn(paintMark(torn, "x", TINTS.red!)!, torn);
  for (const row of rows) expect(row.slice(9)).toBe("....");
  expect(paintMark(sprite(["kkkkk", "kgggk", "kgggk", "kkkkk"]), "x", TINTS.red!)).toBeNull();
  expect(paintMark(BOARD, "parrot", TINTS.red!)).toBeNull();
});

test.each(["heart", "star", "skull", "cross", "b", "z"])("%s differs from every other mark", (name) => {
  const face = sprite(Array.from({ length: 24 }, () => "g".repeat(24)));
  const own = changedIn(paintMark(face, name, TINTS.red!)!, face).join("\n");
  expect(own).toContain("#");
  for (const other of ["x", "heart", "star", "skull", "cross", "b", "z"].filter((one) => one !== name))
    expect(changedIn(paintMark(face, other, TINTS.red!)!, face).join("\n")).not.toBe(own);
});
