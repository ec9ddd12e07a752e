import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  GenerateHooks,
  Generator,
  GeneratorInfo,
  PictureRequest,
  RawPicture,
} from "../../service/generators/generator.ts";
import { createImage, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { sampleRequest } from "./generator-fixture.ts";

const idle: GenerateHooks = { signal: new AbortController().signal, onStep: () => {}, onStage: () => {} };

/** A picture with a color of its own in every pixel, a quarter of them transparent. */
export function randomPicture(seed: number, width = 32, height = width): PixelImage {
  const random = seededRandom(seed);
  const image = createImage(width, height);
  for (let i = 0; i < image.data.length; i += 4) {
    if (random() < 0.25) continue;
    for (let c = 0; c < 3; c++) image.data[i + c] = Math.floor(256 * random());
    image.data[i + 3] = 255;
  }
  return image;
}

/** What the suite is run on: the info says what is asked of it. `prompt` names something that exemplars have, if any. */
export interface ContractSubject {
  info: GeneratorInfo;
  load: () => Promise<Generator>;
  prompt: string;
}

/** What every generator must keep. What it does not claim (a control, the same bytes again) is not asked. */
export function describeGeneratorContract(name: string, { info, load, prompt }: ContractSubject): void {
  const has = (...controls: string[]): boolean => controls.every((one) => info.controls.includes(one));
  const edge = info.editSizes[0]!;
  const pixels = edge * edge;
  /** Requests that are compared have to give the same picture again. */
  const repeats = (...controls: string[]): boolean => info.deterministic && has(...controls);

  describe(`${name} keeps the generator contract`, () => {
    let generator: Generator;
    const draw = (
      changes: Partial<PictureRequest> = {},
      hooks: Partial<GenerateHooks> = {},
    ): Promise<RawPicture> => {
      const request = sampleRequest({ prompt, width: edge, height: edge, ...changes });
      return generator.generate(request, { ...idle, ...hooks });
    };
    const picture = (seed: number): PixelImage => randomPicture(seed, edge);

    beforeAll(async () => {
      generator = await load();
    });
    afterAll(() => generator.dispose());

    test("it is what its catalog says, and names what it runs on", () => {
      expect(generator.info).toEqual(info);
      expect(generator.executionProvider).not.toBe("");
    });

    test.runIf(info.deterministic)(
      "the same request gives the same bytes, also after another one",
      async () => {
        const first = await draw({ seed: 11 });
        await draw({ seed: 12, prompt: "a green tree" });
        expect(equalImages((await draw({ seed: 11 })).image, first.image)).toBe(true);
      },
    );

    test("another seed and another prompt give other bytes", async () => {
      const { image } = await draw({ seed: 11 });
      expect(equalImages((await draw({ seed: 12 })).image, image)).toBe(false);
      expect(equalImages((await draw({ seed: 11, prompt: "a stone wall" })).image, image)).toBe(false);
    });

    test("the picture has the asked size, of each edge that it draws, and clean transparent pixels", async () => {
      for (const [i, width] of info.sizes.entries()) {
        const height = info.sizes.at(-1 - i)!;
        const { image } = await draw({ width, height });
        expect([image.width, image.height, image.data.length]).toEqual([width, height, 4 * width * height]);
        let stained = 0;
        for (let p = 0; p < image.data.length; p += 4)
          if (image.data[p + 3] === 0 && image.data.subarray(p, p + 3).some((value) => value !== 0))
            stained++;
        expect(stained).toBe(0);
      }
    });

    test.runIf(repeats("negativePrompt"))("the negative prompt changes the picture", async () => {
      const plain = await draw();
      expect(equalImages((await draw({ negativePrompt: "blue" })).image, plain.image)).toBe(false);
    });

    test.runIf(repeats("negativePrompt", "guidanceScale"))(
      "without guidance the negative prompt says nothing",
      async () => {
        const unguided = await draw({ guidanceScale: 1 });
        const told = await draw({ guidanceScale: 1, negativePrompt: "blue" });
        expect(equalImages(told.image, unguided.image)).toBe(true);
      },
    );

    test.runIf(info.deterministic)(
      "a field changes the picture if it is a control, and only then",
      async () => {
        const { image } = await draw({ exemplars: "off" });
        const box = { x: edge / 4, y: edge / 4, width: edge / 4, height: edge / 4 };
        const changes: Partial<Record<string, Partial<PictureRequest>>> = {
          kind: { kind: "tile" },
          bounds: { bounds: box },
          colorCount: { colorCount: 4 },
          wrapX: { wrapX: true },
          wrapY: { wrapY: true },
          start: { start: picture(1) },
          exemplars: { exemplars: "auto" },
          steps: { steps: 9 },
          guidanceScale: { guidanceScale: 5 },
        };
        for (const [control, change] of Object.entries(changes)) {
          const same = equalImages((await draw(change)).image, image);
          expect(same, control).toBe(!has(control));
        }
      },
    );

    test.runIf(has("known", "mask"))("known pixels are kept exactly, wherever the mask lies", async () => {
      const known = picture(3);
      const random = seededRandom(5);
      const scattered = Uint8Array.from({ length: pixels }, () => (random() < 0.5 ? 1 : 0));
      const half = Uint8Array.from({ length: pixels }, (_, p) => (p % edge < edge / 2 ? 0 : 1));
      for (const mask of [scattered, half]) {
        const { image } = await draw({ known, mask });
        const changed = image.data.filter((value, i) => !mask[i >> 2] && value !== known.data[i]);
        expect(changed.length).toBe(0);
      }
      const { image } = await draw({ known, mask: new Uint8Array(pixels) });
      expect(equalImages(image, known)).toBe(true);
    });

    test.runIf(repeats("known", "mask"))("known pixels steer what is drawn beside them", async () => {
      const mask = Uint8Array.from({ length: pixels }, (_, p) => (p % edge < edge / 2 ? 0 : 1));
      const right = async (known: PixelImage) =>
        (await draw({ known, mask })).image.data.filter((_, i) => (i >> 2) % edge >= edge / 2);
      const dark = createImage(edge, edge);
      for (let i = 3; i < dark.data.length; i += 4) dark.data[i] = 255;
      expect(await right(dark)).not.toEqual(await right(createImage(edge, edge)));
    });

    test.runIf(has("start", "strength"))(
      "strength 0 keeps the start picture and more strength goes further from it",
      async () => {
        const start = picture(9);
        expect(equalImages((await draw({ start, strength: 0 })).image, start)).toBe(true);
        const distance = (image: PixelImage) =>
          image.data.reduce((sum, value, i) => sum + Math.abs(value - start.data[i]!), 0);
        const near = distance((await draw({ start, strength: 0.2 })).image);
        const far = distance((await draw({ start, strength: 1 })).image);
        expect(near).toBeLessThan(far);
      },
    );

    test("the request is not written", async () => {
      const mask = Uint8Array.from({ length: pixels }, (_, p) => p % 2);
      const request = sampleRequest({ prompt, width: edge, height: edge });
      if (has("known", "mask")) Object.assign(request, { known: picture(3), mask });
      if (has("start")) Object.assign(request, { start: picture(4) });
      const before = structuredClone(request);
      await generator.generate(request, idle);
      // Not toEqual, which takes seconds for a million pixels.
      expect(isDeepStrictEqual(request, before)).toBe(true);
    });

    test("steps are told one by one, as many as are asked for where they can be", async () => {
      const told: string[] = [];
      await draw({ steps: 5 }, { onStep: (step, steps) => told.push(`${step}/${steps}`) });
      const count = has("steps") ? 5 : told.length;
      expect(told).toEqual(Array.from({ length: count }, (_, i) => `${i + 1}/${count}`));
      expect(count).toBeGreaterThan(0);
    });

    test.runIf(has("start", "strength", "steps"))("a start takes its share of the steps", async () => {
      const told: string[] = [];
      const half = { start: picture(1), strength: 0.5, steps: 8 };
      await draw(half, { onStep: (step, steps) => told.push(`${step}/${steps}`) });
      expect(told).toEqual(["1/4", "2/4", "3/4", "4/4"]);
    });

    test("a cancel stops it: at once, or before the next step", async () => {
      const controller = new AbortController();
      let steps = 0;
      const onStep = () => {
        steps += 1;
        if (steps === 2) controller.abort();
      };
      if (has("steps")) {
        const drawn = draw({ steps: 50 }, { signal: controller.signal, onStep });
        await expect(drawn).rejects.toMatchObject({ code: "cancelled" });
        expect(steps).toBe(2);
      }
      const before = draw({}, { signal: AbortSignal.abort() });
      await expect(before).rejects.toMatchObject({ code: "cancelled" });
    });

    test.runIf(has("exemplars"))("exemplars are named with a license, and off means none", async () => {
      const usedFor = async (changes: Partial<PictureRequest>) => (await draw(changes)).exemplars ?? [];
      const used = await usedFor({ exemplars: "auto" });
      expect(used.length).toBeGreaterThan(0);
      for (const { license, similarity } of used) {
        expect(license).not.toBe("");
        expect(similarity).toBeGreaterThan(0.4);
      }
      const free = await usedFor({ exemplars: "cc0" });
      expect(free.every(({ license }) => license === "CC0-1.0")).toBe(true);
      expect(await usedFor({ exemplars: "off" })).toEqual([]);
      expect(await usedFor({ exemplars: "auto", prompt: "photosynthesis" })).toEqual([]);
      expect(await usedFor({ exemplars: "auto", start: picture(2) })).toEqual([]);
    });

    test("what it cannot draw is refused with the field's name", async () => {
      const field = async (changes: Partial<PictureRequest>) => {
        const error: { code?: string; errors?: { field: string }[] } = await draw(changes).then(
          () => ({}),
          (thrown) => thrown,
        );
        return [error.code, error.errors?.[0]?.field];
      };
      const mask = new Uint8Array(9);
      expect(await field({ width: edge + 1 })).toEqual(["invalid-request", "width"]);
      expect(await field({ start: randomPicture(1, 16) })).toEqual(["invalid-request", "start"]);
      expect(await field({ known: picture(1) })).toEqual(["invalid-request", "mask"]);
      expect(await field({ known: picture(1), mask })).toEqual(["invalid-request", "mask"]);
      if (!has("known", "mask")) {
        const whole = new Uint8Array(pixels);
        expect(await field({ known: picture(1), mask: whole })).toEqual(["invalid-request", "mask"]);
      }
    });
  });
}
