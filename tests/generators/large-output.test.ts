import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readExemplars } from "../../scripts/eval/reference.ts";
import type { CatalogEntry } from "../../service/generators/backend.ts";
import { loadCatalog } from "../../service/generators/catalog.ts";
import type { GenerationPlan } from "../../service/generators/generation-plan.ts";
import { loadGenerator } from "../../service/generators/load-generator.ts";
import { runPlan } from "../../service/generators/run-plan.ts";
import { BACKENDS } from "../../service/generators/table.ts";
import { createTileLoader } from "../../service/kinds/published-tiles.ts";
import { parseSpriteRequest } from "../../service/kinds/sprite/parse.ts";
import { tileMaker } from "../../service/kinds/tile/make.ts";
import { TileRequest } from "../../service/kinds/tile/request.ts";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { composePicture } from "../../service/pixel/compose-picture.ts";
import { createImage, crop, drawnBounds, type PixelImage, place } from "../../service/pixel/image.ts";
import { measureImages } from "../../service/pixel/measure.ts";
import { planSprite } from "../../service/recipes/sprite.ts";
import { paint } from "../pixel/ascii-image.ts";
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
  controls: ["prompt", "seed", "start", "strength"],
  defaults: { steps: 4 },
  weightsLicense: "MIT",
  trainingDataLicenses: [],
};

let folder: string;
let exemplars: PixelImage[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "large-"));
  exemplars = [...(await readExemplars(modelFolder, 400)).values()].filter((image) => {
    const bounds = drawnBounds(image);
    const count = colorsOf(image).length;
    return bounds && bounds.width <= 30 && bounds.height <= 30 && count > 6 && count < 15;
  });
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
  maskImage?: PixelImage;
}

const hooks = () => ({ signal: new AbortController().signal, onProgress: () => {} });
const never = (): never => {
  throw new Error("Nothing should ask for this.");
};
const filled = (width: number, height: number, color: number) => paint(width, height, () => color);

function planFor(entry: CatalogEntry, { fields, inputImage, maskImage }: Asked): GenerationPlan {
  const { request, ignored } = parseSpriteRequest({ prompt: "a thing", seed: 7, ...fields });
  const decoded = { inputImage: inputImage ?? null, palettePicture: null, maskImage: maskImage ?? null };
  return planSprite(request, { models: [entry.info], decoded, ignored, chooseSeed: () => 1 });
}

/** Plans and draws a request as a worker does. */
async function draw(asked: Asked) {
  const entry = await entryOf(asked.subject, asked.model);
  const plan = planFor(entry, asked);
  const { generator, device } = await loadGenerator(entry, {});
  expect(device).toBeNull();
  const drawn = await runPlan(generator, plan, hooks());
  return { plan, images: drawn.pictures.map(({ image }) => image) };
}

/** Some licensed sprites of few colors, laid in the middle of a canvas. */
function sprites(width: number, height: number): PixelImage[] {
  const [x, y] = [Math.floor((width - 32) / 2), Math.floor((height - 32) / 2)];
  return [0, 1, 2].map((i) =>
    place(exemplars[Math.floor((i * exemplars.length) / 3)]!, createImage(width, height), x, y),
  );
}

const partial = ({ data }: PixelImage): number =>
  data.filter((value, i) => i % 4 === 3 && value % 255 !== 0).length;
const clear = ({ data }: PixelImage): number => data.filter((value, i) => i % 4 === 3 && value === 0).length;

const subject: Subject = { art: nativePicture(32, 32, { clear: true }), surface: false };
describeGeneratorContract("a stand-in for a large generator", {
  info: {
    ...{
      ...MODEL,
      output: "large",
      sizes: [512, 768, 1024],
      editSizes: [512, 768, 1024],
      deterministic: true,
    },
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
    // No canvas has this aspect: the drawing has 36 x 36 art pixels of 14.2 pixels, and room on both sides.
    [40, 36, 512, 512],
  ])(
    "comes back as the art of %i x %i that it shows, without its ground",
    async (width, height, ...canvas) => {
      for (const art of sprites(width, height)) {
        const { plan, images } = await draw({ subject: { art, surface: false }, fields: { width, height } });
        const [image] = images;
        expect([plan.pictures[0]!.width, plan.pictures[0]!.height]).toEqual(canvas);
        expect([image!.width, image!.height]).toEqual([width, height]);
        // A padded drawing is set in the middle by what is drawn of it.
        const expected = composePicture(art, { ...plan.composition, enlarge: 1 });
        expect(agreement(image!, expected)).toBeGreaterThan(0.97);
        expect(colorsOf(image!).length).toBeLessThanOrEqual(16);
        expect(partial(image!)).toBe(0);
        expect(clear(image!)).toBeGreaterThan(0);
      }
    },
  );

  test("has room around it where its canvas has another aspect, and says so", async () => {
    const [art] = sprites(32, 32);
    const subject: Subject = { art: art!, surface: false };
    const { plan, images } = await draw({
      subject,
      fields: { width: 96, height: 32 },
      model: { sizes: [512] },
    });
    expect(plan.pictures[0]!.grid).toEqual({ width: 32, height: 32 });
    expect(plan.warnings).toEqual([expect.stringContaining("at most; the rest is empty")]);
    expect(agreement(images[0]!, place(art!, createImage(96, 32), 32, 0))).toBeGreaterThan(0.97);
  });

  test("shows its background through a large hole, and keeps the ground if that is asked for", async () => {
    const radius = (x: number, y: number): number => Math.hypot(x - 15.5, y - 15.5);
    const ring = paint(32, 32, (x, y) => (radius(x, y) > 10 ? 0x3b2a1a : 0xc98a2b));
    for (let i = 0; i < 1024; i++) {
      const far = radius(i % 32, Math.floor(i / 32));
      if (far > 12 || far < 5) ring.data.fill(0, 4 * i, 4 * i + 4);
    }
    const subject: Subject = { art: ring, surface: false };
    const { images } = await draw({ subject, fields: { width: 32, height: 32 } });
    expect(agreement(images[0]!, ring)).toBeGreaterThan(0.99);
    const whole = await draw({ subject, fields: { width: 32, height: 32, remove_bg: false } });
    expect(whole.plan.ignored).toEqual([]);
    expect(clear(whole.images[0]!)).toBe(0);
  });

  test("has the colors of a palette, and none beside them", async () => {
    const [art] = sprites(32, 32);
    const fields = { input_palette: "game-boy" };
    const { plan, images } = await draw({ subject: { art: art!, surface: false }, fields });
    expect(plan.palette?.colors).toEqual(expect.arrayContaining(colorsOf(images[0]!)));
  });

  test("stays near a picture that it starts from, pixel by pixel", async () => {
    const [art, other] = sprites(32, 32);
    const fields = { input_image: "given", strength: 0.1, width: 32, height: 32 };
    const given = place(other!, filled(32, 32, 0x00ff80), 0, 0);
    const { images } = await draw({ subject: { art: art!, surface: false }, fields, inputImage: given });
    expect(agreement(images[0]!, other!, 40)).toBeGreaterThan(0.9);
  });

  test("cannot be of a part of a picture: a mask is refused with the model's name", async () => {
    const subject: Subject = { art: createImage(32, 32), surface: false };
    const entry = await entryOf(subject);
    const [inputImage, maskImage] = [filled(32, 32, 0x808080), filled(32, 32, 0xffffff)];
    const fields = { input_image: "given", mask_image: "given" };
    expect(() => planFor(entry, { subject, fields, inputImage, maskImage })).toThrow(
      "Invalid mask_image: got one for model stand-in, expected none, or a model that can keep pixels.",
    );
  });

  test("may be one of many on a sheet, each without its own ground", async () => {
    const [art] = sprites(32, 32);
    const fields = { prompt_style: "item_sheet", width: 96, height: 64 };
    const { plan, images } = await draw({ subject: { art: art!, surface: false }, fields });
    expect(plan.pictures).toHaveLength(6);
    for (let i = 0; i < 6; i++) {
      const cell = crop(images[0]!, 32 * (i % 3), 32 * Math.floor(i / 3), 32, 32);
      expect(agreement(cell, art!)).toBeGreaterThan(0.95);
    }
  });

  test("is said to be another one next time if the generator is not deterministic", async () => {
    const subject: Subject = { art: createImage(32, 32), surface: false };
    const { warnings } = planFor(await entryOf(subject, { deterministic: false }), { subject, fields: {} });
    expect(warnings).toEqual(["The model stand-in may draw another picture for the same seed."]);
  });
});

describe("a surface of a large generator", () => {
  // A corner of a round drawing: its opposite edges have nothing to do with each other.
  const art = crop(nativePicture(64, 64, { seed: 2 }), 0, 0, 32, 32);
  const subject: Subject = { art, surface: true };
  const seams = (image: PixelImage): number[] => {
    const { seam_ratio_x, seam_ratio_y } = measureImages([image], null, { tileX: true, tileY: true });
    return [seam_ratio_x ?? 0, seam_ratio_y ?? 0];
  };

  test("comes back as the art that it shows if its edges need not join", async () => {
    const fields = { prompt_style: "texture", tile_x: false, tile_y: false, width: 32, height: 32 };
    const { images, plan } = await draw({ subject, fields });
    expect(plan.warnings).toEqual([]);
    expect(agreement(images[0]!, art, 24)).toBeGreaterThan(0.95);
  });

  test("has its seams repaired if the generator cannot wrap, also in strict mode", async () => {
    expect(Math.min(...seams(art))).toBeGreaterThan(1.25);
    const fields = { prompt_style: "texture", width: 32, height: 32, strict: true };
    const { plan, images } = await draw({ subject, fields });
    expect(plan.warnings).toEqual([
      "The model stand-in does not draw edges that join: the seams are repaired.",
    ]);
    expect(plan.pictures[0]).toMatchObject({ wrapX: false, wrapY: false });
    expect(Math.max(...seams(images[0]!))).toBeLessThanOrEqual(1.25);
  });

  test("is asked to wrap if the generator can, and repaired where it did not", async () => {
    const model = { controls: [...MODEL.controls, "wrapX", "wrapY"] };
    const plan = planFor(await entryOf(subject, model), { subject, fields: { prompt_style: "texture" } });
    expect(plan.pictures[0]).toMatchObject({ wrapX: true, wrapY: true });
    // The stand-in takes the wish and ignores it, as some servers do.
    const { images } = await draw({
      subject,
      model,
      fields: { prompt_style: "texture", width: 32, height: 32 },
    });
    expect(Math.max(...seams(images[0]!))).toBeLessThanOrEqual(1.25);
  });

  test.each([32, 48])("becomes a tile of %i pixels that joins", async (width) => {
    const entry = await entryOf(subject);
    const { generator } = await loadGenerator(entry, {});
    const request = TileRequest.parse({ prompt: "moss", seed: 3, width });
    const context = {
      models: [entry.info],
      readModelFile: never,
      wardrobe: never,
      tiles: createTileLoader([]),
      chooseSeed: () => 1,
    };
    const plan = await tileMaker.plan({ request, ignored: [] }, context);
    const tools = {
      ...{ name: "moss", assetId: "til_0000000000000000", version: "0", models: [entry.info] },
      ...{ readModelFile: never, wardrobe: never, runPixels: never, pause: never, onProgress: () => {} },
      generate: (drawing: GenerationPlan) => runPlan(generator, drawing, hooks()),
    };
    const { checks, warnings, asset } = await tileMaker.draw(plan, tools);
    expect(asset.frames[0]!.image).toMatchObject({ width, height: width });
    expect(Math.max(checks.seam_ratio_x ?? 9, checks.seam_ratio_y ?? 9)).toBeLessThanOrEqual(1.25);
    expect(warnings).toEqual([]);
  });
});
