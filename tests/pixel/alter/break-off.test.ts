import { expect, test } from "vitest";
import { breakOff } from "../../../service/pixel/alter/break-off.ts";
import { rowsOf } from "../../../service/pixel/alter/figure.ts";
import { createImage, place } from "../../../service/pixel/image.ts";
import { CRATE, sprite } from "./sprites.ts";

const SWORD = place(
  sprite([
    "...k...",
    ...Array.from({ length: 16 }, () => "..kgk.."),
    "knnnnnk",
    "..kpk..",
    "..kpk..",
    "..kkk..",
  ]),
  createImage(24, 24),
  8,
  1,
);

test("a broken sword keeps its hilt and the lower blade, and its tip lies aside beyond a gap", () => {
  const rows = rowsOf(breakOff(SWORD)!);
  const before = rowsOf(SWORD);
  expect(rows.slice(16)).toEqual(before.slice(16));
  const drawn = rows.map((row) => row !== null);
  const tip = drawn.indexOf(true);
  const gap = drawn.indexOf(false, tip);
  expect(tip).toBeLessThan(3);
  expect(gap - tip).toBeGreaterThan(2);
  expect(drawn.indexOf(true, gap)).toBeGreaterThan(gap);
  expect(rows[tip]!.left).not.toBe(before[tip]!.left);
});

test("what is as wide as long has no blade to break", () => {
  expect(breakOff(CRATE)).toBeNull();
});
