import { expect, test } from "vitest";
import { decodeBase64Image } from "../../service/codecs/decode-image.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { SpriteAnswer } from "../../service/kinds/sprite/answer.ts";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { createImage, type PixelImage } from "../../service/pixel/image.ts";
import { CostAnswer } from "../../shared/answers.ts";
import { post } from "./service-process.ts";
import { useService } from "./use-service.ts";

const service = useService();

const WIDTH = 48;
const HEIGHT = 24;
/** The marked part: it crosses the right edge of a first window of 32 pixels. */
const isMarked = (x: number, y: number): boolean => x >= 24 && x < 42 && y >= 4 && y < 20;

/** A cut-out disk of three colors on a shadow that is half transparent. */
function disk(): PixelImage {
  const image = createImage(WIDTH, HEIGHT);
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)];
    if (Math.hypot((x - 24) / 2, y - 12) < 10)
      image.data.set((x + y) % 5 === 0 ? [40, 20, 60, 255] : [220, 180, 60, 255], 4 * p);
    else if (y > 18) image.data.set([10, 10, 20, 90], 4 * p);
  }
  return image;
}

function mask(): PixelImage {
  const image = createImage(WIDTH, HEIGHT);
  for (let p = 0; p < WIDTH * HEIGHT; p++)
    if (isMarked(p % WIDTH, Math.floor(p / WIDTH))) image.data.set([255, 255, 255, 255], 4 * p);
  return image;
}

const base64 = async (image: PixelImage): Promise<string> =>
  Buffer.from(await encodePng(image)).toString("base64");

test("the marked part is drawn anew in the colors of the picture, all else keeps its bytes, twice the same", async () => {
  const input = disk();
  const pictures = {
    inpainting_image: { type: "base64", base64: await base64(input) },
    mask_image: { type: "base64", base64: await base64(mask()) },
  };
  const request = { description: "red gem", seed: 5, steps: 2, num_images: 2, ...pictures };
  const { status, body } = await post(`${service.url}/v1/sprites`, request);
  expect(body).not.toHaveProperty("code");
  expect(status).toBe(200);
  const answer = SpriteAnswer.parse(body);
  expect(answer.images.map(({ width, height, seed }) => [width, height, seed])).toEqual([
    [WIDTH, HEIGHT, 5],
    [WIDTH, HEIGHT, 6],
  ]);
  const colors = colorsOf(input);
  for (const text of answer.base64_images) {
    const drawn = await decodeBase64Image(text, "base64_images");
    let changed = 0;
    for (let p = 0; p < WIDTH * HEIGHT; p++) {
      const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)];
      const same = [0, 1, 2, 3].every((i) => drawn.data[4 * p + i] === input.data[4 * p + i]);
      if (!same && !isMarked(x, y)) expect.fail(`the kept pixel ${x},${y} changed`);
      if (!same) changed++;
    }
    expect(changed).toBeGreaterThan(40);
    for (const color of colorsOf(drawn)) expect(colors).toContain(color);
  }
  expect(answer.request).toMatchObject({ width: WIDTH, height: HEIGHT, strength: 1, exemplars: "off" });
  const again = SpriteAnswer.parse((await post(`${service.url}/v1/sprites`, answer.request)).body);
  expect(again.base64_images).toEqual(answer.base64_images);
  expect(again.ignored_parameters).toEqual([]);
});

test("a wrong mask is said before anything is drawn, a right one is planned without drawing", async () => {
  const request = { prompt: "gem", input_image: await base64(disk()), check_cost: true };
  const wrong = await post(`${service.url}/v1/sprites`, {
    ...request,
    mask_image: await base64(createImage(8, 8)),
  });
  expect(wrong).toMatchObject({
    status: 422,
    body: {
      errors: [{ field: "mask_image", got: "one of 8x8", expected: "48x24, the size of input_image" }],
    },
  });
  const broken = await post(`${service.url}/v1/sprites`, { ...request, mask_image: "QUJD" });
  expect(broken.body).toMatchObject({ code: "invalid-image", errors: [{ field: "mask_image" }] });
  const right = await post(`${service.url}/v1/sprites`, { ...request, mask_image: await base64(mask()) });
  expect(CostAnswer.parse(right.body).request).toMatchObject({ width: WIDTH, height: HEIGHT });
});
