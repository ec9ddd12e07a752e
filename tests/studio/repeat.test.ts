import { expect, test } from "vitest";
import type { Kind } from "../../plugins/studio/pure/kind.ts";
import { repeatRequest, varyRequest } from "../../plugins/studio/pure/repeat-request.ts";
import { kindInfos } from "../../service/http/kind-routes.ts";
import { AnimationRequest } from "../../service/kinds/animation/request.ts";
import { SpriteRequest } from "../../shared/requests.ts";

function info(id: string): Kind {
  const found = kindInfos().find((kind) => kind.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

const STORED = SpriteRequest.parse({
  prompt: "key",
  seed: 7,
  upscale_output_factor: 4,
  output: { dir: "art", name: "key" },
  strict: true,
});

test("a request is repeated with an open seed and without writing into the project", () => {
  const { path, body = {} } = repeatRequest(info("sprite"), STORED) ?? {};
  expect(path).toBe("/v1/sprites");
  expect(body).not.toHaveProperty("seed");
  expect(body).not.toHaveProperty("output");
  expect(SpriteRequest.parse(body)).toMatchObject({ prompt: "key", strict: false, async: true });
});

test("a variation starts from the native picture and gives several", () => {
  const varied = varyRequest(info("sprite"), STORED, "aGVsbG8=");
  expect(SpriteRequest.parse(varied?.body)).toMatchObject({
    input_image: "aGVsbG8=",
    upscale_output_factor: 1,
    num_images: 4,
  });
});

test("an animation is varied from its first frame, as one", () => {
  const stored = AnimationRequest.parse({ prompt: "knight", seed: 7 });
  const varied = varyRequest(info("animation"), stored, "aGVsbG8=");
  expect(AnimationRequest.safeParse(varied?.body).error).toBeUndefined();
});

test("what starts from no picture of its own has no variation", () => {
  expect(varyRequest(info("tileset"), {}, "aGVsbG8=")).toBeNull();
  expect(varyRequest(info("pixelate"), {}, "aGVsbG8=")).toBeNull();
  expect(repeatRequest(info("pixelate"), {})).toBeNull();
});
