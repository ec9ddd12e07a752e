import { expect, test } from "vitest";
import { sampleMap } from "../../service/terrain/sample-map.ts";
import { blobMask, LOWER_ONLY, pureMask, tileForms } from "../../service/terrain/tile-forms.ts";
import { mayJoin } from "../../service/terrain/tile-joints.ts";
import { layOutTileset } from "../../service/terrain/tileset-layout.ts";
import type { TilesetType } from "../../shared/asset.ts";

const TYPES: TilesetType[] = ["wang16", "edge16", "blob47", "dual_grid", "sidescroller"];

test("every type has all its combinations, each once", () => {
  const counts = TYPES.map((type) => new Set(tileForms(type).map(({ mask }) => mask)).size);
  expect(counts).toEqual([16, 17, 48, 16, 16]);
});

test("a corner of a blob counts only between two edges that are present", () => {
  expect(blobMask(255)).toBe(255);
  expect(blobMask(0b10)).toBe(0);
  expect(blobMask(1 | 2)).toBe(1);
  expect(blobMask(1 | 2 | 4)).toBe(7);
});

test("the corners of a wang tile are the bits of its number", () => {
  const form = tileForms("wang16").find(({ name }) => name === "wang_13");
  expect(form?.corners).toEqual({ NW: "upper", NE: "upper", SW: "lower", SE: "upper" });
  expect(form?.edges).toEqual({ N: "upper", E: "upper", S: null, W: null });
});

test("the orders are those of PixelLab and Retro Diffusion", () => {
  const pixellab = layOutTileset("wang16", "wang_4x4", 0);
  const names = pixellab.places.map((place) => place?.name);
  expect(names.slice(0, 4)).toEqual(["wang_13", "wang_10", "wang_4", "wang_12"]);
  expect(names.slice(12)).toEqual(
    ["wang_15", "wang_14", "wang_9", "wang_7"].toSpliced(2, 2, "wang_9", "wang_7"),
  );
  const retro = layOutTileset("wang16", "retro_4x5", 0);
  expect([retro.columns, retro.rows]).toEqual([4, 5]);
  expect(retro.places.map((place) => place?.name)).toEqual([
    ...["wang_0", "wang_1", "wang_3", "wang_2", "wang_0_v1", "wang_5", "wang_15", "wang_10"],
    ...["wang_0_v2", "wang_4", "wang_12", "wang_8", "wang_15_v1", "wang_14", "wang_13", "wang_6"],
    ...["wang_15_v2", "wang_11", "wang_7", "wang_9"],
  ]);
});

test("variants and the pure lower tile come after the layout, in rows of the same length", () => {
  const grid = layOutTileset("edge16", "wang_4x4", 1);
  expect(grid.places.slice(16).map((place) => place?.name ?? null)).toEqual([
    "edge_lower",
    "edge_lower_v1",
    "edge_15_v1",
    null,
  ]);
  expect(layOutTileset("blob47", "blob_8x6", 0).places.at(-1)?.name).toBe("blob_lower");
  expect(
    layOutTileset("sidescroller", "index", 2)
      .places.flatMap((place) => place?.name ?? [])
      .slice(16),
  ).toEqual(["wang_15_v1", "wang_15_v2"]);
});

test("a layout of another type is rejected by name", () => {
  expect(() => layOutTileset("wang16", "blob_8x6", 0)).toThrow("layout");
  expect(() => layOutTileset("blob47", "wang_4x4", 0)).toThrow("blob_8x6");
});

test.each(TYPES)("tiles of %s fit exactly if both say the same about the edge they share", (type) => {
  const forms = tileForms(type);
  const pure = (terrain: "lower" | "upper") => forms.find(({ mask }) => mask === pureMask(type, terrain))!;
  for (const axis of ["x", "y"] as const) {
    expect(mayJoin(pure("lower"), pure("lower"), axis)).toBe(true);
    expect(mayJoin(pure("upper"), pure("upper"), axis)).toBe(true);
    expect(mayJoin(pure("upper"), pure("lower"), axis)).toBe(false);
    // Whatever may stand on one side of a tile, something may stand on the other.
    for (const form of forms) expect(forms.some((other) => mayJoin(form, other, axis))).toBe(true);
  }
});

test.each(TYPES)("the sample map of %s shows every form, and all its neighbors fit", (type) => {
  const { columns, rows, masks } = sampleMap(type);
  const forms = new Map(tileForms(type).map((form) => [form.mask, form]));
  expect(new Set(masks)).toEqual(new Set(forms.keys()));
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const form = forms.get(masks[y * columns + x]!)!;
      if (x + 1 < columns) expect(mayJoin(form, forms.get(masks[y * columns + x + 1]!)!, "x")).toBe(true);
      if (y + 1 < rows) expect(mayJoin(form, forms.get(masks[(y + 1) * columns + x]!)!, "y")).toBe(true);
    }
  }
  expect(LOWER_ONLY).toBe(-1);
});
