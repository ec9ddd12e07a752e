import { expect, test } from "vitest";
import { parseTileRequest } from "../../service/kinds/tile/parse.ts";
import { parseTilesetRequest } from "../../service/kinds/tileset/parse.ts";

test("Retro Diffusion's words make a set in its own layout", () => {
  const { request, ignored } = parseTilesetRequest({
    prompt: "grass",
    extra_prompt: "dirt path",
    prompt_style: "rd_tile__tileset_advanced",
    width: 32,
    height: 32,
    num_images: 1,
  });
  expect(request).toMatchObject({
    upper_description: "grass",
    lower_description: "dirt path",
    prompt_style: "texture",
    layout: "retro_4x5",
    tile_size: { width: 32, height: 32 },
  });
  expect(ignored.map(({ name }) => name)).toEqual(["num_images"]);
});

test("PixelLab's words are the canonical ones; its pictures may be objects", () => {
  const { request, ignored } = parseTilesetRequest({
    upper_description: "grass",
    lower_description: "water",
    lower_reference_image: { type: "base64", base64: "AAAA" },
    color_image: { type: "base64", base64: "BBBB" },
    text_guidance_scale: 8,
  });
  expect(request.lower_reference_image).toBe("AAAA");
  expect(request.input_palette).toBe("BBBB");
  expect(ignored.map(({ name }) => name)).toEqual(["text_guidance_scale"]);
});

test("a canonical field wins over its alias, which is reported", () => {
  const { request, ignored } = parseTilesetRequest({ prompt: "sand", upper_description: "grass" });
  expect(request.upper_description).toBe("grass");
  expect(ignored).toEqual([{ name: "prompt", reason: "upper_description is given as well" }]);
  const strict = { prompt: "sand", upper_description: "grass", strict: true };
  expect(() => parseTilesetRequest(strict)).toThrow("would be ignored");
});

test.each([
  [{ lower_description: "water" }, "upper_description"],
  [{ upper_description: "grass", tile_size: 7 }, "tile_size"],
  [{ upper_description: "grass", tileset_type: "hex" }, "tileset_type"],
  [{ upper_description: "grass", animated: ["sky"] }, "animated"],
  [{ upper_description: "grass", variants: 5 }, "variants"],
])("a wrong field is named: %j", (raw, field) => {
  let errors: { field: string }[] = [];
  try {
    parseTilesetRequest(raw);
  } catch (error) {
    errors = (error as { errors: { field: string }[] }).errors;
  }
  expect(errors[0]?.field).toContain(field);
});

test("a tile is seamless on both axes unless the request says otherwise", () => {
  expect(parseTileRequest({ prompt: "stone" }).request).toMatchObject({ tile_x: true, tile_y: true });
  const retro = parseTileRequest({ prompt: "stone", prompt_style: "rd_tile__single_tile", tile_y: false });
  expect(retro.request).toMatchObject({ prompt_style: "texture", tile_x: true, tile_y: false });
  expect(() => parseTileRequest({ prompt: "stone", match_edges: {} })).toThrow("neighbor");
});
