import { describe, expect, test } from "vitest";
import { countColors } from "../../service/pixel/count-colors.ts";
import { equalImages } from "../../service/pixel/image.ts";
import { makeTexture } from "../../service/terrain/choose-texture.ts";
import {
  checkTileset,
  type DrawnTileset,
  drawTileset,
  type TilesetDrawing,
} from "../../service/terrain/draw-tileset.ts";
import type { Ground } from "../../service/terrain/ground.ts";
import { AIR, makeGround } from "../../service/terrain/make-ground.ts";
import { natureOf } from "../../service/terrain/terrain-words.ts";
import type { TilesetType } from "../../shared/asset.ts";
import { noisyDrawing } from "./textures.ts";

function ground(words: string, color: [number, number, number], size: number): Ground {
  const texture = makeTexture(noisyDrawing(color, words.length), {
    width: size,
    height: size,
    colorCount: 6,
    usualColor: null,
    palette: null,
  });
  return makeGround(texture, natureOf(words));
}

function drawing(type: TilesetType, parts: Partial<TilesetDrawing> = {}): TilesetDrawing {
  const size = parts.width ?? 16;
  const upper = ground("grass", [70, 150, 60], size);
  const lower = type === "sidescroller" ? AIR : ground("water", [60, 130, 200], size);
  return {
    type,
    layout: type === "blob47" ? "blob_8x6" : "wang_4x4",
    width: size,
    height: size,
    grounds: { lower, between: null, upper },
    shape: { shape_style: "round", raggedness: 0.3, transition_size: 0.25 },
    variants: 0,
    moving: [],
    frameCount: 4,
    collision: "none",
    seed: 7,
    kept: new Map(),
    ...parts,
  };
}

function draw(work: TilesetDrawing): DrawnTileset {
  const steps = drawTileset(work);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

const tileOf = (set: DrawnTileset, name: string) => set.tiles.find((tile) => tile.name === name)!;

describe("the seams of a set", () => {
  const cases = (["wang16", "edge16", "blob47", "dual_grid", "sidescroller"] as const).flatMap((type) =>
    [16, 32].flatMap((width) =>
      (["round", "square"] as const).map((shape_style) => ({ type, width, shape_style })),
    ),
  );
  test.each(cases)(
    "$type $width $shape_style: all combinations, seam ratio at most 0.6 on both axes",
    (one) => {
      const { type, width, shape_style } = one;
      const shape = { shape_style, raggedness: 1, transition_size: 0.25 };
      const checks = checkTileset(type, draw(drawing(type, { width, height: width, shape })).tiles);
      expect(checks.combinations_present).toBe(type === "blob47" ? 47 : 16);
      expect(checks.combinations_expected).toBe(checks.combinations_present);
      expect(checks.seam_ratio_x).toBeLessThanOrEqual(0.6);
      expect(checks.seam_ratio_y).toBeLessThanOrEqual(0.6);
    },
  );

  test("a broken tile raises the ratio and is named in the worst pair", () => {
    const set = draw(drawing("wang16"));
    const before = checkTileset("wang16", set.tiles);
    const black = { ...tileOf(set, "wang_15").frames[0]!, data: new Uint8Array(4 * 256) };
    const tiles = set.tiles.map((tile) => (tile.name === "wang_15" ? { ...tile, frames: [black] } : tile));
    const after = checkTileset("wang16", tiles);
    expect(after.seam_ratio_x).toBeGreaterThan(2 * before.seam_ratio_x!);
    expect(after.worst_pair).toContain("wang_15");
  });
});

describe("transitions", () => {
  test("have colors of their own that neither pure tile has", () => {
    const set = draw(drawing("wang16"));
    const colorsOf = (name: string) => [...countColors(tileOf(set, name).frames[0]!).keys()];
    const pure = new Set([...colorsOf("wang_0"), ...colorsOf("wang_15")]);
    const drawn = new Set([...colorsOf("wang_12"), ...colorsOf("wang_3")]);
    expect([...drawn].filter((color) => !pure.has(color)).length).toBeGreaterThanOrEqual(3);
  });

  test("leave no isolated pixel of one terrain inside the other", () => {
    const set = draw(
      drawing("wang16", { shape: { shape_style: "round", raggedness: 1, transition_size: 0 } }),
    );
    const water = new Set(countColors(tileOf(set, "wang_0").frames[0]!).keys());
    for (const { frames } of set.tiles) {
      const { width, data } = frames[0]!;
      const isWater = (x: number, y: number) => {
        const at = 4 * (y * width + x);
        return water.has((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
      };
      for (let y = 1; y < 15; y++) {
        for (let x = 1; x < 15; x++) {
          if (!isWater(x, y)) continue;
          const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => isWater(x + dx, y + dy)));
          expect(around.filter(Boolean).length).toBeGreaterThan(1);
        }
      }
    }
  });

  test("are as wide as transition_size says, without changing the combinations", () => {
    const sand = ground("sand", [220, 190, 120], 16);
    const sandColors = new Set(countColors(sand.texture!).keys());
    const shown = (transition_size: number): number => {
      const work = drawing("wang16", { shape: { shape_style: "round", raggedness: 0, transition_size } });
      const set = draw({ ...work, grounds: { ...work.grounds, between: sand } });
      expect(set.tiles).toHaveLength(16);
      return set.tiles.reduce((sum, { frames }) => {
        return (
          sum +
          [...countColors(frames[0]!)].reduce(
            (n, [color, count]) => n + (sandColors.has(color) ? count : 0),
            0,
          )
        );
      }, 0);
    };
    expect(shown(1)).toBeGreaterThan(2 * shown(0.25));
    expect(shown(0.25)).toBeGreaterThan(0);
  });

  test("a sidescroller's lower terrain is transparent, its upper one opaque", () => {
    const set = draw(drawing("sidescroller"));
    expect(countColors(tileOf(set, "wang_0").frames[0]!).size).toBe(0);
    const full = tileOf(set, "wang_15").frames[0]!;
    expect(full.data.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
  });
});

describe("moving tiles", () => {
  const set = draw(drawing("wang16", { moving: ["lower"], frameCount: 4 }));

  test("are runs of cells; a tile without the moving terrain does not move", () => {
    expect(set.columns).toBe(16);
    expect(tileOf(set, "wang_0").frames).toHaveLength(4);
    expect(tileOf(set, "wang_12").frames).toHaveLength(4);
    expect(tileOf(set, "wang_15").frames).toHaveLength(1);
    for (const { cell, frames } of set.tiles) expect((cell % 16) + frames.length).toBeLessThanOrEqual(16);
  });

  test("have different frames with the same colors, and fit in every frame", () => {
    const { frames } = tileOf(set, "wang_0");
    const colors = new Set(countColors(frames[0]!).keys());
    for (const [i, frame] of frames.entries()) {
      for (const color of countColors(frame).keys()) expect(colors).toContain(color);
      for (const other of frames.slice(i + 1)) expect(equalImages(frame, other)).toBe(false);
    }
    const checks = checkTileset("wang16", set.tiles);
    expect(Math.max(checks.seam_ratio_x!, checks.seam_ratio_y!)).toBeLessThanOrEqual(0.6);
  });
});

test("variants differ from the pure tile and keep its edges", () => {
  const set = draw(drawing("blob47", { variants: 2 }));
  const pure = tileOf(set, "blob_255").frames[0]!;
  const rows = (image: typeof pure, y: number) => [...image.data.subarray(64 * y, 64 * (y + 1))];
  for (const name of ["blob_255_v1", "blob_255_v2"]) {
    const variant = tileOf(set, name).frames[0]!;
    expect(equalImages(pure, variant)).toBe(false);
    for (const y of [0, 15]) expect(rows(variant, y)).toEqual(rows(pure, y));
  }
});

test("kept tiles are used byte for byte", () => {
  const kept = tileOf(draw(drawing("wang16", { seed: 99 })), "wang_9").frames;
  const set = draw(drawing("wang16", { kept: new Map([["wang_9", kept]]) }));
  expect(equalImages(tileOf(set, "wang_9").frames[0]!, kept[0]!)).toBe(true);
});

test("the same drawing gives the same bytes, and another seed another border", () => {
  const [one, same, other] = [
    draw(drawing("wang16")),
    draw(drawing("wang16")),
    draw(drawing("wang16", { seed: 8 })),
  ];
  for (const { name, frames } of one.tiles)
    expect(equalImages(frames[0]!, tileOf(same, name).frames[0]!)).toBe(true);
  expect(one.tiles.some(({ name, frames }) => !equalImages(frames[0]!, tileOf(other, name).frames[0]!))).toBe(
    true,
  );
});

test("collision polygons are convex and cover the colliding terrain and hardly more", () => {
  const set = draw(drawing("wang16", { collision: "upper" }));
  expect(tileOf(set, "wang_0").polygons).toEqual([]);
  expect(tileOf(set, "wang_15").polygons).toEqual([
    expect.arrayContaining([
      { x: 0, y: 0 },
      { x: 16, y: 0 },
      { x: 16, y: 16 },
      { x: 0, y: 16 },
    ]),
  ]);
  for (const { polygons } of set.tiles) {
    expect(polygons.length).toBeLessThanOrEqual(4);
    for (const points of polygons) {
      const turns = points.map((b, i) => {
        const [a, c] = [points.at(i - 1)!, points[(i + 1) % points.length]!];
        return Math.sign((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x));
      });
      expect(new Set(turns.filter((turn) => turn !== 0)).size).toBe(1);
    }
  }
});
