import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  GenerateHooks,
  ModelRequest,
  PixelModel,
  RawPicture,
} from "../../service/generators/generator.ts";
import { createImage, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { sampleRequest } from "./model-fixture.ts";

const idle: GenerateHooks = { signal: new AbortController().signal, onStep: () => {}, onStage: () => {} };

/** A picture with a colour of its own in every pixel, a quarter of them transparent. */
export function randomPicture(seed: number, width = 32, height = 32): PixelImage {
  const random = seededRandom(seed);
  const image = createImage(width, height);
  for (let i = 0; i < image.data.length; i += 4) {
    if (random() < 0.25) continue;
    for (let c = 0; c < 3; c++) image.data[i + c] = Math.floor(256 * random());
    image.data[i + 3] = 255;
  }
  return image;
}

/** What every model must keep, whatever draws in it. `prompt` names something its exemplars have. */
export function describeModelContract(name: string, load: () => Promise<PixelModel>, prompt: string): void {
  describe(`${name} keeps the model contract`, () => {
    let model: PixelModel;
    const draw = (
      changes: Partial<ModelRequest> = {},
      hooks: Partial<GenerateHooks> = {},
    ): Promise<RawPicture> => model.generate(sampleRequest({ prompt, ...changes }), { ...idle, ...hooks });

    beforeAll(async () => {
      model = await load();
    });
    afterAll(() => model.dispose());

    test("the same request gives the same bytes, also after another one", async () => {
      const first = await draw({ seed: 11 });
      await draw({ seed: 12, prompt: "a green tree" });
      expect(equalImages((await draw({ seed: 11 })).image, first.image)).toBe(true);
    });

    test("another seed and another prompt give other bytes", async () => {
      const { image } = await draw({ seed: 11 });
      expect(equalImages((await draw({ seed: 12 })).image, image)).toBe(false);
      expect(equalImages((await draw({ seed: 11, prompt: "a stone wall" })).image, image)).toBe(false);
    });

    test("the picture has the asked size and clean transparent pixels", async () => {
      const { image } = await draw();
      expect([image.width, image.height, image.data.length]).toEqual([32, 32, 4096]);
      const stained = Array.from({ length: 1024 }, (_, p) => image.data.subarray(4 * p, 4 * p + 4)).filter(
        (pixel) => pixel[3] === 0 && (pixel[0] !== 0 || pixel[1] !== 0 || pixel[2] !== 0),
      );
      expect(stained).toEqual([]);
    });

    test("the negative prompt changes the picture, but not without guidance", async () => {
      const plain = await draw();
      expect(equalImages((await draw({ negativePrompt: "blue" })).image, plain.image)).toBe(false);
      const unguided = await draw({ guidanceScale: 1 });
      expect(
        equalImages((await draw({ guidanceScale: 1, negativePrompt: "blue" })).image, unguided.image),
      ).toBe(true);
    });

    test("every field that the model names as a control changes the picture", async () => {
      const { image } = await draw({ exemplars: "off" });
      const changes: Partial<Record<string, Partial<ModelRequest>>> = {
        kind: { kind: "tile" },
        bounds: { bounds: { x: 8, y: 8, width: 8, height: 8 } },
        colorCount: { colorCount: 4 },
        wrapX: { wrapX: true },
        wrapY: { wrapY: true },
        start: { start: randomPicture(1) },
        exemplars: { exemplars: "auto" },
        steps: { steps: 9 },
        guidanceScale: { guidanceScale: 5 },
      };
      for (const [control, change] of Object.entries(changes)) {
        const same = equalImages((await draw(change)).image, image);
        expect(same, control).toBe(!model.description.controls.includes(control));
      }
    });

    test("known pixels are kept exactly, wherever the mask lies", async () => {
      const known = randomPicture(3);
      const random = seededRandom(5);
      const scattered = Uint8Array.from({ length: 1024 }, () => (random() < 0.5 ? 1 : 0));
      const half = Uint8Array.from({ length: 1024 }, (_, p) => (p % 32 < 16 ? 0 : 1));
      for (const mask of [scattered, half]) {
        const { image } = await draw({ known, mask });
        for (const [p, anew] of mask.entries()) {
          if (anew) continue;
          expect(image.data.subarray(4 * p, 4 * p + 4)).toEqual(known.data.subarray(4 * p, 4 * p + 4));
        }
      }
      const { image } = await draw({ known, mask: new Uint8Array(1024) });
      expect(equalImages(image, known)).toBe(true);
    });

    test("known pixels steer what is drawn beside them", async () => {
      const mask = Uint8Array.from({ length: 1024 }, (_, p) => (p % 32 < 16 ? 0 : 1));
      const right = async (known: PixelImage) =>
        (await draw({ known, mask })).image.data.filter((_, i) => (i >> 2) % 32 >= 16);
      const dark = createImage(32, 32);
      for (let i = 3; i < dark.data.length; i += 4) dark.data[i] = 255;
      expect(await right(dark)).not.toEqual(await right(createImage(32, 32)));
    });

    test("strength 0 keeps the start picture and more strength goes further from it", async () => {
      const start = randomPicture(9);
      expect(equalImages((await draw({ start, strength: 0 })).image, start)).toBe(true);
      const distance = (image: PixelImage) =>
        image.data.reduce((sum, value, i) => sum + Math.abs(value - start.data[i]!), 0);
      const near = distance((await draw({ start, strength: 0.2 })).image);
      const far = distance((await draw({ start, strength: 1 })).image);
      expect(near).toBeLessThan(far);
    });

    test("the request is not written", async () => {
      const known = randomPicture(3);
      const mask = Uint8Array.from({ length: 1024 }, (_, p) => p % 2);
      const request = sampleRequest({ prompt, known, mask, start: randomPicture(4) });
      const before = structuredClone(request);
      await model.generate(request, idle);
      expect(request).toEqual(before);
    });

    test("steps are told one by one, and a start takes its share of them", async () => {
      const told: string[] = [];
      await draw({ steps: 5 }, { onStep: (step, steps) => told.push(`${step}/${steps}`) });
      expect(told).toEqual(["1/5", "2/5", "3/5", "4/5", "5/5"]);
      told.length = 0;
      const half = { start: randomPicture(1), strength: 0.5, steps: 8 };
      await draw(half, { onStep: (step, steps) => told.push(`${step}/${steps}`) });
      expect(told).toEqual(["1/4", "2/4", "3/4", "4/4"]);
    });

    test("a cancel in the middle stops before the next step", async () => {
      const controller = new AbortController();
      let steps = 0;
      const onStep = () => {
        steps += 1;
        if (steps === 2) controller.abort();
      };
      const drawn = draw({ steps: 50 }, { signal: controller.signal, onStep });
      await expect(drawn).rejects.toMatchObject({ code: "cancelled" });
      expect(steps).toBe(2);
    });

    test("exemplars are named with a licence when they are used, and off means none", async () => {
      const used = (await draw({ exemplars: "auto" })).exemplars;
      expect(used).toHaveLength(1);
      expect(used[0]).toMatchObject({ license: "CC0-1.0" });
      expect(used[0]!.similarity).toBeGreaterThan(0.4);
      expect((await draw({ exemplars: "off" })).exemplars).toEqual([]);
      expect((await draw({ exemplars: "auto", prompt: "photosynthesis" })).exemplars).toEqual([]);
      expect((await draw({ exemplars: "auto", start: randomPicture(2) })).exemplars).toEqual([]);
    });

    test("what the model cannot draw is refused with the field's name", async () => {
      const field = async (changes: Partial<ModelRequest>) => {
        const error: { code?: string; errors?: { field: string }[] } = await draw(changes).then(
          () => ({}),
          (thrown) => thrown,
        );
        return [error.code, error.errors?.[0]?.field];
      };
      expect(await field({ width: 33 })).toEqual(["invalid-request", "width"]);
      expect(await field({ start: randomPicture(1, 16, 16) })).toEqual(["invalid-request", "start"]);
      expect(await field({ known: randomPicture(1) })).toEqual(["invalid-request", "mask"]);
      expect(await field({ known: randomPicture(1), mask: new Uint8Array(9) })).toEqual([
        "invalid-request",
        "mask",
      ]);
    });
  });
}
