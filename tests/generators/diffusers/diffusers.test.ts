import { readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrokenModel, loadCatalog, loadEntry } from "../../../service/generators/catalog.ts";
import type { Generator, PictureRequest } from "../../../service/generators/generator.ts";
import { loadGenerator } from "../../../service/generators/load-generator.ts";
import { runPlan } from "../../../service/generators/run-plan.ts";
import { parseSpriteRequest } from "../../../service/kinds/sprite/parse.ts";
import { equalImages, type PixelImage } from "../../../service/pixel/image.ts";
import { planSprite } from "../../../service/recipes/sprite.ts";
import { describeGeneratorContract } from "../generator-contract.ts";
import { modelsFolder, sampleRequest } from "../generator-fixture.ts";
import { FIXTURES, inCopy, tinyEntry } from "./diffusers-fixture.ts";

const CPU = { PIXELKILN_DEVICE: "cpu" };
const idle = { signal: new AbortController().signal, onStep: () => {}, onStage: () => {} };

const entry = await tinyEntry("tiny-sd");
// On the processor, the same request gives the same bytes: only the description does not know where it runs.
const info = { ...entry.info, deterministic: true };
describeGeneratorContract("a folder in the layout of diffusers", {
  info,
  load: async () => (await loadGenerator({ ...entry, info }, CPU)).generator,
  prompt: "a red potion",
});

async function withGenerator(folder: string, work: (generator: Generator) => Promise<void>): Promise<void> {
  const { generator } = await loadGenerator(await loadEntry(folder), CPU);
  try {
    await work(generator);
  } finally {
    await generator.dispose();
  }
}

const request = (changes: Partial<PictureRequest> = {}): PictureRequest =>
  sampleRequest({ width: 256, height: 256, steps: 2, ...changes });

describe("a folder with a model_index.json", () => {
  test("is a model of large pictures by its folder's name, after the default one", async () => {
    const entries = await loadCatalog([FIXTURES, modelsFolder], (broken) => expect(broken).toBeNull());
    expect(entries.map(({ info }) => info.id)).toEqual(["embedded-v1", "tiny-lcm", "tiny-sd", "tiny-sdxl"]);
    expect(entry.info).toMatchObject({
      output: "large",
      sizes: [256],
      defaults: { steps: 25, guidanceScale: 7 },
      weightsLicense: "unknown",
    });
    expect(entry.info.bytes).toBeGreaterThan(400_000);
    expect(entries[1]!.info.defaults).toEqual({ steps: 4, guidanceScale: 1 });
  });

  test("has the controls that its networks have", async () => {
    const controls = async (name: "tiny-sd" | "tiny-sdxl" | "tiny-lcm") =>
      (await tinyEntry(name)).info.controls;
    expect(await controls("tiny-sd")).toEqual(expect.arrayContaining(["start", "mask", "negativePrompt"]));
    expect(await controls("tiny-sdxl")).not.toContain("start");
    expect(await controls("tiny-lcm")).not.toContain("negativePrompt");
  });

  test("may have a model.json beside it that says some things otherwise", () => {
    const model = { backend: "diffusers", title: "Mine", weightsLicense: "MIT", defaults: { steps: 9 } };
    return inCopy("tiny-sd", model, async (folder) => {
      const { info: changed } = await loadEntry(folder);
      expect(changed).toMatchObject({ id: "tiny-sd", title: "Mine", weightsLicense: "MIT" });
      expect(changed.defaults).toMatchObject({ steps: 9 });
      expect(changed.sha256).not.toBe(entry.info.sha256);
    });
  });

  test("is another model when a weight is another one, wherever it lies", () =>
    inCopy("tiny-sd", null, async (folder) => {
      expect((await loadEntry(folder)).info.sha256).toBe(entry.info.sha256);
      const path = join(folder, "unet/model.onnx_data");
      const bytes = await readFile(path);
      bytes[bytes.length - 1]! ^= 1;
      await writeFile(path, bytes);
      expect((await loadEntry(folder)).info.sha256).not.toBe(entry.info.sha256);
    }));

  test("is told by its name to be a distilled one, and in how many steps", () =>
    inCopy("tiny-sdxl", null, async (folder, models) => {
      const named = join(models, "SDXL Lightning 2step");
      await rename(folder, named);
      expect((await loadEntry(named)).info).toMatchObject({
        id: "sdxl-lightning-2step",
        defaults: { steps: 2, guidanceScale: 1 },
      });
    }));

  test.each<[string, string, (folder: string) => Promise<void>]>([
    ["without a network", "unet but found none", (folder) => rm(join(folder, "unet/model.onnx"))],
    [
      "of PyTorch weights",
      "optimum-cli export onnx",
      (folder) => rename(join(folder, "unet/model.onnx"), join(folder, "unet/model.safetensors")),
    ],
    [
      "of another family",
      "a FluxPipeline cannot be run",
      (folder) => writeFile(join(folder, "model_index.json"), '{"_class_name": "FluxPipeline"}'),
    ],
    ["whose index is cut", "it is not JSON", (folder) => truncate(join(folder, "model_index.json"), 9)],
    [
      "of Git LFS pointers",
      "Run git lfs pull",
      (folder) => writeFile(join(folder, "unet/model.onnx"), "version https://git-lfs.github.com/spec/v1\n"),
    ],
  ])("%s is left out of the catalog, with the reason", (_, reason, harm) =>
    inCopy("tiny-sd", null, async (folder, models) => {
      await harm(folder);
      const broken: BrokenModel[] = [];
      expect(await loadCatalog([models], (one) => broken.push(one))).toEqual([]);
      expect(broken).toEqual([{ folder, reason: expect.stringContaining(reason) }]);
    }),
  );

  test.each<[string, string, (folder: string) => Promise<void>]>([
    [
      "network is cut short",
      "unet/model.onnx cannot be opened",
      (folder) => truncate(join(folder, "unet/model.onnx"), 999),
    ],
    [
      "external data is missing",
      "unet/model.onnx cannot be opened",
      (folder) => rm(join(folder, "unet/model.onnx_data")),
    ],
    [
      "tokenizer is missing",
      "vocab.json and merges.txt",
      (folder) => rm(join(folder, "tokenizer/vocab.json")),
    ],
  ])("whose %s gives one clear error when it draws", (_, reason, harm) =>
    inCopy("tiny-sd", null, async (folder) => {
      await harm(folder);
      await withGenerator(folder, async (generator) => {
        const drawn = generator.generate(request(), idle);
        await expect(drawn).rejects.toMatchObject({ code: "generation-failed" });
        await expect(drawn).rejects.toThrow(reason);
        await expect(drawn).rejects.not.toThrow(/::|_src|\n/);
      });
    }),
  );
});

describe("pictures of a tiny folder", () => {
  let generator: Generator;
  beforeAll(async () => {
    ({ generator } = await loadGenerator(entry, CPU));
  });
  afterAll(() => generator.dispose());

  test.each(["tiny-sdxl", "tiny-lcm"] as const)("%s draws, and differs by seed and prompt", async (name) => {
    const { folder } = await tinyEntry(name);
    await withGenerator(folder, async (other) => {
      const draw = async (changes: Partial<PictureRequest>) =>
        (await other.generate(request(changes), idle)).image;
      const image = await draw({});
      expect(equalImages(await draw({}), image)).toBe(true);
      expect(equalImages(await draw({ seed: 8 }), image)).toBe(false);
      expect(equalImages(await draw({ prompt: "a sword" }), image)).toBe(false);
    });
  });

  test("a size that its networks cannot hold is refused before anything is loaded", async () => {
    const drawn = generator.generate(request({ width: 512 }), idle);
    await expect(drawn).rejects.toMatchObject({ code: "invalid-request" });
  });

  // Random weights draw no motif that a seam could cut: it shows in the mean of some pictures.
  test.each(["x", "y"] as const)("edges that wrap in %s join as cells inside do", async (axis) => {
    const seams = async (wrap: boolean): Promise<number> => {
      let sum = 0;
      for (const seed of [1, 2, 3]) {
        const wraps = { wrapX: wrap && axis === "x", wrapY: wrap && axis === "y" };
        const asked = request({ kind: "tile", guidanceScale: 1, seed, ...wraps });
        sum += seamOf((await generator.generate(asked, idle)).image, axis);
      }
      return sum / 3;
    };
    const wrapped = await seams(true);
    expect(wrapped).toBeLessThan(1.15);
    expect(await seams(false)).toBeGreaterThan(wrapped + 0.15);
  });

  test("a sprite comes back in its size, with a ground cut away, by the plan of large pictures", async () => {
    const { request: parsed, ignored } = parseSpriteRequest({
      prompt: "a red potion",
      seed: 7,
      width: 32,
      height: 32,
      steps: 2,
    });
    const decoded = { inputImage: null, palettePicture: null, maskImage: null };
    const plan = planSprite(parsed, { models: [entry.info], decoded, ignored, chooseSeed: () => 1 });
    expect(plan.pictures[0]).toMatchObject({
      width: 256,
      height: 256,
      grid: { width: 32, height: 32 },
      plainGround: true,
    });
    expect(plan.warnings).toEqual(["The model tiny-sd may draw another picture for the same seed."]);
    const { pictures } = await runPlan(generator, plan, { signal: idle.signal, onProgress: () => {} });
    expect([pictures[0]!.image.width, pictures[0]!.image.height]).toEqual([32, 32]);
  });
});

/** Mean difference over the seam, as a multiple of that over other borders of latent cells, which are 8 pixels wide. */
function seamOf({ width, height, data }: PixelImage, axis: "x" | "y"): number {
  const [along, across] = axis === "x" ? [width, height] : [height, width];
  const at = (i: number, j: number): number => 4 * (axis === "x" ? j * width + i : i * width + j);
  const stepAt = (i: number): number => {
    let sum = 0;
    for (let j = 0; j < across; j++)
      for (let c = 0; c < 3; c++) sum += Math.abs(data[at(i, j) + c]! - data[at((i + 1) % along, j) + c]!);
    return sum / across;
  };
  const inside = Array.from({ length: along / 8 - 1 }, (_, i) => stepAt(8 * i + 7));
  return stepAt(along - 1) / (inside.reduce((sum, value) => sum + value, 0) / inside.length);
}
