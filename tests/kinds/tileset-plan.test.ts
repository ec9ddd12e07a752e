import { expect, test } from "vitest";
import { parseTilesetRequest } from "../../service/kinds/tileset/parse.ts";
import { planTileset } from "../../service/kinds/tileset/plan.ts";
import { createImage } from "../../service/pixel/image.ts";
import { modelOf } from "../recipes/model-of.ts";
import { noisyDrawing } from "../terrain/textures.ts";

const NONE = { lower: null, between: null, upper: null, palettePicture: null };
const plan = (raw: object, parts: object = {}) =>
  planTileset(parseTilesetRequest(raw).request, {
    models: [modelOf()],
    decoded: NONE,
    base: { lower: null, upper: null },
    ignored: [],
    chooseSeed: () => 5,
    ...parts,
  });

test("each terrain is drawn several times, seamless on both axes, from seeds of its own", () => {
  const { terrains } = plan({
    upper_description: "alien flesh",
    lower_description: "haunted water",
    transition_description: "crystal",
  });
  const all = Object.values(terrains).flatMap((terrain) => terrain?.generation?.pictures ?? []);
  expect(all).toHaveLength(12);
  expect(all.every(({ wrapX, wrapY, kind }) => wrapX && wrapY && kind === "tile")).toBe(true);
  expect(new Set(all.map(({ seed }) => seed)).size).toBe(12);
});

test("rules draw plain grounds, the model whatever it is to draw from text alone", () => {
  const terrains = { upper_description: "dark grass", lower_description: "cobblestone" };
  const drawn = plan(terrains).terrains;
  expect([drawn.upper, drawn.lower].map((one) => [one?.generation, one?.ground?.width])).toEqual([
    [null, 16],
    [null, 16],
  ]);
  const free = plan({ ...terrains, exemplars: "off" }).terrains;
  expect([free.upper?.ground, free.upper?.generation?.pictures.length]).toEqual([null, 4]);
});

test("the resolved request gives the same plan", () => {
  const first = plan({ upper_description: "grass", lower_description: "water", input_palette: "pico-8" });
  const again = plan(first.resolved);
  expect(again.resolved).toEqual(first.resolved);
  expect(again).toEqual({ ...first, request: again.request });
});

test("without a lower terrain it is bare earth, and that is said; a sidescroller has air", () => {
  const above = plan({ upper_description: "grass" });
  expect(above.terrains.lower?.description).toBe("dirt");
  expect(above.warnings[0]).toContain("lower_description");
  expect(plan({ upper_description: "dirt", tileset_type: "sidescroller" }).terrains.lower).toBeNull();
});

test("a tile of an earlier set is taken as it is, and must have the tile's size", () => {
  const base = noisyDrawing([10, 80, 160], 1, 16);
  const request = { upper_description: "grass", lower_description: "water", lower_base_tile_id: "set_x" };
  const { terrains } = plan(request, { base: { lower: base, upper: null } });
  expect(terrains.lower).toMatchObject({ generation: null, given: { image: base, isTile: true } });
  const large = { base: { lower: createImage(32, 32), upper: null } };
  expect(() => plan(request, large)).toThrow("lower_base_tile_id");
});

test("colors of a palette bound the textures, so that edges have room in it", () => {
  expect(plan({ upper_description: "grass", lower_description: "water" }).textureColors).toBe(7);
  expect(
    plan({ upper_description: "grass", lower_description: "water", color_count: 16 }).textureColors,
  ).toBe(4);
});

test("what has no effect is reported, and refused in strict mode", () => {
  const raw = {
    upper_description: "grass",
    upscale_output_factor: 4,
    locked: ["wang_1"],
    dither_mode: "bayer_4x4",
  };
  expect(plan(raw).ignored.map(({ name }) => name)).toEqual([
    "dither_mode",
    "upscale_output_factor",
    "locked",
  ]);
  expect(() => plan({ ...raw, strict: true })).toThrow("would be ignored");
});

test("unknown styles and layouts are named", () => {
  expect(() => plan({ upper_description: "grass", prompt_style: "oil" })).toThrow("prompt_style");
  expect(() => plan({ upper_description: "grass", layout: "blob_8x6" })).toThrow("layout");
});
