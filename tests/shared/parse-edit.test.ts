import { expect, test } from "vitest";
import { parseEditRequest, parsePixelFixerRequest } from "../../shared/parse-edit.ts";

test("the older camelCase spelling of Retro Diffusion is understood", () => {
  const { request, ignored } = parseEditRequest("color_reducer", {
    inputImageBase64: "AAAA",
    colorCount: 8,
    dithering: true,
  });
  expect(request).toEqual({
    tool: "color_reducer",
    input_image: "AAAA",
    color_count: 8,
    dither_mode: "bayer_4x4",
    dither_strength: 5,
  });
  expect(ignored).toEqual([]);
  expect(
    parseEditRequest("seam_tiling", { inputImageBase64: "AAAA", seamTileHorizontal: true }).request,
  ).toMatchObject({ tile_x: true, tile_y: false });
});

test("fields without a meaning here come back with the reason", () => {
  const { ignored } = parseEditRequest("seam_tiling", {
    input_image: "AAAA",
    tile_x: true,
    seed: 3,
    repair_window_size: 64,
    colour: "red",
  });
  expect(ignored.map(({ name }) => name)).toEqual(["seed", "repair_window_size", "colour"]);
  expect(ignored.at(-1)?.reason).toBe("there is no such field");
});

test.each([
  ["palette_converter", { input_image: "AAAA" }, "input_palette"],
  ["k_centroid_downscale", { input_image: "AAAA", width: 8 }, "height"],
  ["rotate", { input_image: "AAAA", rotationDegrees: "left" }, "rotationDegrees"],
  ["color_reducer", { input_image: "AAAA", color_count: 0 }, "color_count"],
  ["color_reducer", {}, "input_image"],
] as const)("%s refuses %j by the name that was written", (tool, body, field) => {
  expect(() => parseEditRequest(tool, body)).toThrow(
    expect.objectContaining({ code: "invalid-request", errors: [expect.objectContaining({ field })] }),
  );
});

test("the pixel fixer takes a picture only, and never an address", () => {
  expect(() => parsePixelFixerRequest({ image_url: "http://169.254.169.254/" })).toThrow(
    /^Invalid input_image: got nothing/,
  );
  const { ignored } = parsePixelFixerRequest({ input_image: "AAAA", image_url: "http://localhost/" });
  expect(ignored).toEqual([{ name: "image_url", reason: "the service fetches no URLs: send input_image" }]);
});
