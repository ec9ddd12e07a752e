import { expect, test } from "vitest";
import { z } from "zod";
import { buildRequest, formOf } from "../../plugins/studio/pure/build-request.ts";
import type { Field } from "../../plugins/studio/pure/field.ts";
import { fieldsOf, groupsOf } from "../../plugins/studio/pure/form-fields.ts";
import { FIRST_STATE, type FormState, fromHash, toHash } from "../../plugins/studio/pure/form-state.ts";
import { enginesOf, has, type Kind } from "../../plugins/studio/pure/kind.ts";
import { kindInfos } from "../../service/http/kind-routes.ts";
import { KINDS } from "../../service/kinds/table.ts";
import { DITHER_MODES, ENGINES, SpriteRequest } from "../../shared/requests.ts";

/** What GET /v1/kinds answers. */
const INFOS: readonly Kind[] = kindInfos();
const SCHEMAS = new Map(KINDS.map(({ id, request }) => [id, request]));

function info(id: string): Kind {
  const found = INFOS.find((kind) => kind.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

function fieldOf(id: string, name: string): Field | undefined {
  return fieldsOf(info(id)).find((field) => field.name === name);
}

const PICTURE = "aGVsbG8=";

/** A form of a kind with what the kind needs at least. */
const least = (kind: string): FormState => ({
  ...FIRST_STATE,
  kind,
  values: kind === "tileset" ? { upper_description: "grass" } : { prompt: "red dragon" },
});

/** The request that a form makes. */
const send = (state: FormState, picture: string | null = null, mask: string | null = null) =>
  buildRequest(info(state.kind), state, { picture, mask });

/** Values that a field's control can send. */
function samplesOf(field: Field): unknown[] {
  switch (field.input) {
    case "number":
      return [field.min, field.max, ...(field.word ? [field.word] : [])];
    case "choice":
      return field.choices.map(({ sent }) => sent);
    case "flag":
      return [true, false];
    case "many":
      return [field.choices.map(({ sent }) => sent)];
    case "color":
      return ["#1a1c2c"];
    default:
      return ["words"];
  }
}

test.each(KINDS)("every field of a $id is one of its request, once, with values that it takes", (kind) => {
  const fields = fieldsOf(info(kind.id));
  expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
  expect(fields.length).toBeGreaterThan(6);
  for (const field of fields) {
    const schema = kind.request.shape[field.name] as z.ZodType | undefined;
    expect(schema, field.name).toBeDefined();
    for (const sample of samplesOf(field)) {
      expect(schema?.safeParse(sample).success, `${field.name}: ${JSON.stringify(sample)}`).toBe(true);
    }
  }
});

test.each(KINDS)("a form with little in it is a request for a $id that its schema takes", ({ id, path }) => {
  const sent = send(least(id), id === "pixelate" ? PICTURE : null);
  expect(sent.path).toBe(path);
  expect(SCHEMAS.get(id)?.safeParse(sent.body).error).toBeUndefined();
});

test("choices, bounds, words and first values are the schema's", () => {
  expect(fieldOf("sprite", "width")).toMatchObject({ input: "number", min: 8, max: 256, step: 1 });
  expect(fieldOf("sprite", "dither_mode")).toMatchObject({
    input: "choice",
    label: "Dither",
    choices: DITHER_MODES.map((sent) => ({ sent, value: sent, label: sent.replaceAll("_", " ") })),
  });
  expect(fieldOf("sprite", "tile_x")).toMatchObject({ input: "choice" });
  expect(fieldOf("tile", "tile_x")).toMatchObject({ input: "flag", initial: true });
  expect(fieldOf("tileset", "tile_size")).toMatchObject({
    input: "number",
    min: 8,
    max: 64,
    placeholder: "16",
  });
  expect(fieldOf("tileset", "animated")).toMatchObject({
    input: "many",
    choices: [{ sent: "lower" }, { sent: "upper" }],
  });
  expect(fieldOf("pixelate", "color_count")).toMatchObject({ input: "number", max: 256, word: "auto" });
  expect(fieldOf("animation", "directions")).toMatchObject({
    input: "choice",
    choices: [{ sent: 1 }, { sent: 4 }, { sent: 8 }],
  });
  expect(fieldOf("animation", "outline_color")).toMatchObject({ input: "color" });
  expect(enginesOf(INFOS)).toEqual(ENGINES);
});

test("pictures, and what the page itself decides, are no fields of a form", () => {
  for (const kind of INFOS) {
    const names = fieldsOf(kind).map(({ name }) => name);
    expect(names.filter((name) => /image|reference|^(seed|output|async|strict)$|return_/.test(name))).toEqual(
      kind.id === "sprite" || kind.id === "tile" ? ["num_images"] : [],
    );
  }
});

test("a kind that the studio has never heard of has a form, and its request is sent", () => {
  const request = z.strictObject({
    caption: z.string().min(1).describe("What it says"),
    glow: z.int().min(0).max(9).default(3),
    mood: z.enum(["calm", "wild"]).optional(),
    prompt_style: z.string().default("default"),
    async: z.boolean().default(false),
  });
  const banner: Kind = {
    id: "banner",
    title: "Banner",
    path: "/v1/banners",
    request: z.toJSONSchema(request, { io: "input" }) as Kind["request"],
  };
  const { subject, advanced } = groupsOf(banner);
  expect(subject).toMatchObject([{ name: "caption", label: "Caption", description: "What it says" }]);
  expect(advanced.map(({ name }) => name)).toEqual(["glow", "mood"]);
  const state = fromHash("kind=banner&caption=hello&glow=5&mood=wild&seed=7", [...INFOS, banner]);
  const { path, body } = buildRequest(banner, state);
  expect(path).toBe("/v1/banners");
  expect(body).toEqual({ caption: "hello", glow: 5, mood: "wild", async: true });
  expect(request.safeParse(body).error).toBeUndefined();
});

test("only what was filled in is sent", () => {
  expect(send(least("sprite")).body).toEqual({ prompt: "red dragon", async: true });
});

test("a mask is sent beside the picture of a sprite, and nowhere else", () => {
  const mask = "bWFzaw==";
  const { body } = send(least("sprite"), PICTURE, mask);
  expect(body).toMatchObject({ input_image: PICTURE, mask_image: mask });
  expect(SpriteRequest.safeParse(body).error).toBeUndefined();
  expect(send(least("sprite"), null, mask).body).not.toHaveProperty("mask_image");
  for (const { id } of INFOS.filter((kind) => !has(kind, "mask_image")))
    expect(send(least(id), PICTURE, mask).body).not.toHaveProperty("mask_image");
});

test("numbers, flags, lists, words and the palette are sent as the service takes them", () => {
  const sprite = send(
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
  const tileset = send(
    { ...least("tileset"), values: { upper_description: "grass", animated: "lower,upper" } },
    PICTURE,
  ).body;
  expect(tileset).toEqual({ upper_description: "grass", animated: ["lower", "upper"], async: true });
  const values = { pixel_size: "auto", color_count: "12", remove_bg: "true" };
  expect(send({ ...least("pixelate"), values }, PICTURE).body).toMatchObject({
    pixel_size: "auto",
    color_count: 12,
    remove_bg: true,
  });
  const turned = { ...least("animation"), values: { prompt: "knight", directions: "4", loop: "pingpong" } };
  expect(send(turned).body).toMatchObject({ directions: 4, loop: "pingpong" });
});

test("an open seed is shown but not sent", () => {
  expect(send({ ...least("sprite"), seed: "7" }).body).not.toHaveProperty("seed");
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
  expect(fromHash(`#${toHash(state)}`, INFOS)).toEqual(state);
  const named = { ...state, palette: { kind: "named", name: "pico-8" } } as const;
  expect(fromHash(toHash(named), INFOS)).toEqual(named);
});

test("what a fragment says wrongly is passed over", () => {
  const hash = "#kind=spaceship&constructor=1&prompt=key&seed=-3&colors=zz-1a1c2c";
  expect(fromHash(hash, INFOS)).toEqual({
    ...FIRST_STATE,
    kind: "sprite",
    values: { prompt: "key" },
    palette: { kind: "own", colors: ["#1a1c2c"] },
  });
});

test("a stored request becomes the form that asks for the same", () => {
  const form = formOf(info("sprite"), {
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
  expect(send(form).body).toEqual({
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
