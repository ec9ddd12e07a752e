import { expect, test } from "vitest";
import type { z } from "zod";
import { buildRequest, formOf, PATHS } from "../../plugins/studio/pure/build-request.ts";
import { CHOICES } from "../../plugins/studio/pure/choices.ts";
import { fieldsOf, KINDS, type Kind } from "../../plugins/studio/pure/form-fields.ts";
import { FIRST_STATE, type FormState, fromHash, toHash } from "../../plugins/studio/pure/form-state.ts";
import { AnimationRequest } from "../../service/kinds/animation/request.ts";
import { PixelateRequest } from "../../service/kinds/pixelate/request.ts";
import { TileRequest } from "../../service/kinds/tile/request.ts";
import { TilesetRequest } from "../../service/kinds/tileset/request.ts";
import { ACTIONS, SHAPE_STYLES, SHEET_LAYOUTS, TILESET_LAYOUTS, TILESET_TYPES } from "../../shared/asset.ts";
import { JOB_KINDS } from "../../shared/job.ts";
import {
  CLEANUP_PASSES,
  DETAILS,
  DIRECTIONS,
  DITHER_MODES,
  ENGINES,
  OUTLINES,
  SHADINGS,
  SpriteRequest,
  VIEWS,
} from "../../shared/requests.ts";

const SCHEMAS: Record<Kind, z.ZodObject> = {
  sprite: SpriteRequest,
  tile: TileRequest,
  tileset: TilesetRequest,
  animation: AnimationRequest,
  pixelate: PixelateRequest,
};
const PICTURE = "aGVsbG8=";

/** A form of a kind with what the kind needs at least. */
const least = (kind: Kind): FormState => ({
  ...FIRST_STATE,
  kind,
  values: kind === "tileset" ? { upper_description: "grass" } : { prompt: "red dragon" },
});

test("the kinds of the form are those of jobs, and each has a path", () => {
  expect([...KINDS].sort()).toEqual([...JOB_KINDS].sort());
  expect(Object.keys(PATHS).sort()).toEqual([...KINDS].sort());
});

test("the words of the form are those of the requests", () => {
  expect(CHOICES).toEqual({
    outline: OUTLINES,
    shading: SHADINGS,
    detail: DETAILS,
    view: VIEWS,
    direction: DIRECTIONS,
    dither_mode: DITHER_MODES,
    exemplars: SpriteRequest.shape.exemplars.unwrap().options,
    tileset_type: TILESET_TYPES,
    layout: TILESET_LAYOUTS,
    shape_style: SHAPE_STYLES,
    collision: TilesetRequest.shape.collision.unwrap().options,
    action: ACTIONS,
    motion: AnimationRequest.shape.motion.unwrap().options,
    sheet_layout: SHEET_LAYOUTS,
    cleanup: CLEANUP_PASSES,
    engine: ENGINES,
  });
});

test.each(KINDS)(
  "every field of a %s is one of its request, once, with bounds that the request takes",
  (kind) => {
    const fields = fieldsOf(kind);
    expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
    for (const field of fields) {
      const schema = SCHEMAS[kind].shape[field.name] as z.ZodType | undefined;
      expect(schema, field.name).toBeDefined();
      const samples =
        field.input === "number"
          ? [field.min, field.max, ...(field.word ? [field.word] : [])]
          : field.input === "choice"
            ? field.choices.map(({ value }) =>
                field.numbers ? Number(value) : value === "true" ? true : value === "false" ? false : value,
              )
            : field.input === "flag"
              ? [true, false]
              : field.input === "many"
                ? [field.choices.map(({ value }) => value)]
                : field.input === "color"
                  ? ["#1a1c2c"]
                  : ["words"];
      for (const sample of samples)
        expect(schema?.safeParse(sample).success, `${field.name}: ${JSON.stringify(sample)}`).toBe(true);
    }
  },
);

test.each(KINDS)("a form with little in it is a request for a %s that its schema takes", (kind) => {
  const { path, body } = buildRequest(least(kind), kind === "pixelate" ? PICTURE : null);
  expect(path).toBe(PATHS[kind]);
  expect(SCHEMAS[kind].safeParse(body).error).toBeUndefined();
});

test("only what was filled in is sent", () => {
  expect(buildRequest(least("sprite"), null).body).toEqual({ prompt: "red dragon", async: true });
});

test("a mask is sent beside the picture of a sprite, and nowhere else", () => {
  const mask = "bWFzaw==";
  const { body } = buildRequest(least("sprite"), PICTURE, mask);
  expect(body).toMatchObject({ input_image: PICTURE, mask_image: mask });
  expect(SpriteRequest.safeParse(body).error).toBeUndefined();
  expect(buildRequest(least("sprite"), null, mask).body).not.toHaveProperty("mask_image");
  for (const kind of KINDS.filter((one) => one !== "sprite"))
    expect(buildRequest(least(kind), PICTURE, mask).body).not.toHaveProperty("mask_image");
});

test("numbers, flags, lists, words and the palette are sent as the service takes them", () => {
  const sprite = buildRequest(
    {
      ...least("sprite"),
      values: { prompt: "key", width: "24", guidance_scale: "2.5", tile_x: "false" },
      seed: "7",
      seedLocked: true,
      palette: { kind: "own", colors: ["#1a1c2c", "#ffffff"] },
      strength: "0.4",
    },
    PICTURE,
  ).body;
  expect(sprite).toEqual({
    prompt: "key",
    width: 24,
    guidance_scale: 2.5,
    tile_x: false,
    seed: 7,
    input_palette: ["#1a1c2c", "#ffffff"],
    input_image: PICTURE,
    strength: 0.4,
    async: true,
  });
  const tileset = buildRequest(
    { ...least("tileset"), values: { upper_description: "grass", animated: "lower,upper" } },
    PICTURE,
  ).body;
  expect(tileset).toEqual({ upper_description: "grass", animated: ["lower", "upper"], async: true });
  const values = { pixel_size: "auto", color_count: "12", remove_bg: "true" };
  expect(buildRequest({ ...least("pixelate"), values }, PICTURE).body).toMatchObject({
    pixel_size: "auto",
    color_count: 12,
    remove_bg: true,
  });
  const turned = { ...least("animation"), values: { prompt: "knight", directions: "4", loop: "pingpong" } };
  expect(buildRequest(turned, null).body).toMatchObject({ directions: 4, loop: "pingpong" });
});

test("an open seed is shown but not sent", () => {
  expect(buildRequest({ ...least("sprite"), seed: "7" }, null).body).not.toHaveProperty("seed");
});

test("the fragment of an address brings the whole form back", () => {
  const state: FormState = {
    kind: "tileset",
    values: { upper_description: "mossy stone & roots", tile_size: "24", animated: "lower" },
    style: "texture",
    palette: { kind: "own", colors: ["#1a1c2c", "#ffcd75"] },
    seed: "4294967295",
    seedLocked: true,
    strength: "0.5",
  };
  expect(fromHash(`#${toHash(state)}`)).toEqual(state);
  const named = { ...state, palette: { kind: "named", name: "pico-8" } } as const;
  expect(fromHash(toHash(named))).toEqual(named);
});

test("what a fragment says wrongly is passed over", () => {
  const hash = "#kind=spaceship&constructor=1&prompt=key&seed=-3&colors=zz-1a1c2c";
  expect(fromHash(hash)).toEqual({
    ...FIRST_STATE,
    values: { prompt: "key" },
    palette: { kind: "own", colors: ["#1a1c2c"] },
  });
});

test("a stored request becomes the form that asks for the same", () => {
  const form = formOf("sprite", {
    prompt: "key",
    width: 24,
    height: 24,
    seed: 7,
    tile_x: false,
    prompt_style: "item",
    input_palette: "pico-8",
    input_image: PICTURE,
    strict: false,
  });
  expect(form).toMatchObject({ style: "item", palette: { kind: "named", name: "pico-8" }, seedLocked: true });
  expect(buildRequest(form, null).body).toEqual({
    prompt: "key",
    width: 24,
    height: 24,
    seed: 7,
    tile_x: false,
    prompt_style: "item",
    input_palette: "pico-8",
    async: true,
  });
});
