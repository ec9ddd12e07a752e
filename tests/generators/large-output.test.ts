import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readExemplars } from "../../scripts/eval/reference.ts";
import { type CatalogEntry, loadCatalog } from "../../service/generators/catalog.ts";
import type { GenerationPlan } from "../../service/generators/generation-plan.ts";
import { loadGenerator } from "../../service/generators/load-generator.ts";
import { runPlan } from "../../service/generators/run-plan.ts";
import { BACKENDS } from "../../service/generators/table.ts";
import { describeChecks } from "../../service/kinds/sprite/describe.ts";
import { parseSpriteRequest } from "../../service/kinds/sprite/parse.ts";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { createImage, drawnBounds, equalImages, type PixelImage, place } from "../../service/pixel/image.ts";
import { planSprite } from "../../service/recipes/sprite.ts";
import { agreement, nativePicture } from "../pixel/pixelate/fake-pixel-art.ts";
import { describeGeneratorContract } from "./generator-contract.ts";
import { modelFolder } from "./generator-fixture.ts";
import { type Subject, standInBackend } from "./stand-in.ts";

const MODEL = {
  id: "stand-in",
  title: "A stand-in for a large generator",
  backend: "stand-in",
  output: "large",
  sizes: [768, 512, 1024],
  controls: ["prompt", "seed", "steps", "wrapX", "wrapY", "start", "strength"],
  defaults: { steps: 4 },
  weightsLicense: "MIT",
  trainingDataLicenses: [],
};

let folder: string;
let exemplars: Map<string, PixelImage>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "large-"));
  exemplars = await readExemplars(modelFolder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function entryOf(subject: Subject, changes: object = {}): Promise<CatalogEntry> {
  const models = await mkdtemp(join(folder, "models-"));
  await mkdir(join(models, "stand-in"));
  await writeFile(join(models, "stand-in", "model.json"), JSON.stringify({ ...MODEL, ...changes }));
  const backends = { ...BACKENDS, "stand-in": standInBackend(subject) };
  const [entry] = await loadCatalog([models], (broken) => expect(broken).toBeNull(), backends);
  return entry!;
}

interface Asked {
  subject: Subject;
  fields: Record<string, unknown>;
  /** Other fields of model.json. */
  model?: object;
  inputImage?: PixelImage;
}

function planFor(entry: CatalogEntry, { fields, inputImage }: Asked): GenerationPlan {
  const { request, ignored } = parseSpriteRequest({ prompt: "a thing", seed: 7, ...fields });
  const decoded = { inputImage: inputImage ?? null, palettePicture: null, maskImage: null };
  return planSprite(request, { models: [entry.info], decoded, ignored, chooseSeed: () => 1 });
}

/** Plans and draws a request as a worker does. */
async function draw(asked: Asked) {
  const entry = await entryOf(asked.subject, asked.model);
  const plan = planFor(entry, asked);
  const { generator, device } = await loadGenerator(entry, {});
  expect(device).toBeNull();
  const drawn = await runPlan(generator, plan, {
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  return { plan, drawn, images: drawn.pictures.map(({ image }) => image) };
}

/** Some licensed sprites of few colors, laid in the middle of a canvas. */
function sprites(width: number, height: number): PixelImage[] {
  const few = [...exemplars.values()].filter((image) => {
    const bounds = drawnBounds(image);
    const count = colorsOf(image).length;
    return bounds && bounds.width <= 30 && bounds.height <= 30 && count > 6 && count < 15;
  });
  const x = Math.floor((width - 32) / 2);
  const y = Math.floor((height - 32) / 2);
  return [0, 1, 2, 3, 4, 5].map((i) =>
    place(few[Math.floor((i * few.length) / 6)]!, createImage(width, height), x, y),
  );
}

const partial = ({ data }: PixelImage): number =>
  data.filter((value, i) => i % 4 === 3 && value % 255 !== 0).length;
const clear = ({ data }: PixelImage): number => data.filter((value, i) => i % 4 === 3 && value === 0).length;

const subject: Subject = { art: nativePicture(32, 32, { clear: true }), surface: false };
describeGeneratorContract("a stand-in for a large generator", {
  info: {
    ...{ ...MODEL, output: "large", sizes: [512, 768, 1024], deterministic: true },
    defaults: { steps: 4, guidanceScale: 1, exemplars: undefined },
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    bytes: 0,
  },
  load: async () => (await loadGenerator(await entryOf(subject), {})).generator,
  prompt: "a red potion",
});

describe("a drawing of a large generator", () => {
  test.each([
    [32, 32, 512, 512],
    [48, 32, 768, 512],
    [48, 48, 768, 768],
    [64, 64, 512, 512],
    [128, 128, 1024, 1024],
  ])(
    "comes back as the art of %i x %i that it shows, without its ground",
    async (width, height, ...canvas) => {
      for (const art of sprites(width, height)) {
        const { plan, images } = await draw({ subject: { art, surface: false }, fields: { width, height } });
        const [image] = images;
        expect([plan.pictures[0]!.width, plan.pictures[0]!.height]).toEqual(canvas);
        expect([image!.width, image!.height]).toEqual([width, height]);
        expect(agreement(image!, art)).toBeGreaterThan(0.97);
        expect(colorsOf(image!).length).toBeLessThanOrEqual(16);
        expect(partial(image!)).toBe(0);
        expect(clear(image!)).toBeGreaterThan(0);
        expect(plan.warnings).toEqual([]);
      }
    },
  );
});
