import { expect, test } from "vitest";
import { repeatRequest, varyRequest } from "../../plugins/studio/pure/repeat-request.ts";
import { AnimationRequest } from "../../service/kinds/animation/request.ts";
import { SpriteRequest } from "../../shared/requests.ts";

const STORED = SpriteRequest.parse({
  prompt: "key",
  seed: 7,
  upscale_output_factor: 4,
  output: { dir: "art", name: "key" },
  strict: true,
});

test("a request is repeated with an open seed and without writing into the project", () => {
  const { path, body } = repeatRequest("sprite", STORED);
  expect(path).toBe("/v1/sprites");
  expect(body).not.toHaveProperty("seed");
  expect(body).not.toHaveProperty("output");
  expect(SpriteRequest.parse(body)).toMatchObject({ prompt: "key", strict: false, async: true });
});

test("a variation starts from the native picture and gives several", () => {
  const varied = varyRequest("sprite", STORED, "aGVsbG8=");
  expect(SpriteRequest.parse(varied?.body)).toMatchObject({
    input_image: "aGVsbG8=",
    upscale_output_factor: 1,
    num_images: 4,
  });
});

test("an animation is varied from its first frame, as one", () => {
  const stored = AnimationRequest.parse({ prompt: "knight", seed: 7 });
  const varied = varyRequest("animation", stored, "aGVsbG8=");
  expect(AnimationRequest.safeParse(varied?.body).error).toBeUndefined();
});

test("what starts from no picture of its own has no variation", () => {
  expect(varyRequest("tileset", {}, "aGVsbG8=")).toBeNull();
  expect(varyRequest("pixelate", {}, "aGVsbG8=")).toBeNull();
});
