import { afterAll, beforeAll, expect, test } from "vitest";
import { loadEntry } from "../../service/generators/catalog.ts";
import type { GenerationPlan } from "../../service/generators/generation-plan.ts";
import type { Generator, PictureRequest } from "../../service/generators/generator.ts";
import { runPlan } from "../../service/generators/run-plan.ts";
import type { Composition } from "../../service/pixel/composition.ts";
import { equalImages } from "../../service/pixel/image.ts";
import { ModelShelf } from "../../service/workers/model-shelf.ts";
import type { JobProgress } from "../../shared/job.ts";
import { modelFolder, sampleRequest } from "./generator-fixture.ts";

/** The model's picture as it is: one on an image, not moved. */
const nativeComposition: Composition = {
  width: 32,
  height: 32,
  enlarge: 1,
  fit: "exact",
  anchor: "center",
  columns: 1,
  rows: 1,
  wrapX: false,
  wrapY: false,
};

/** A plan of one picture for each request: no composition, hard alpha, 16 colors. */
function samplePlan(pictures: PictureRequest[], changes: Partial<GenerationPlan> = {}): GenerationPlan {
  return {
    kind: "sprite",
    model: "embedded-v1",
    style: "default",
    pictures,
    composition: nativeComposition,
    passes: [
      { pass: "binarize-alpha", threshold: 128 },
      { pass: "limit-colors", colorCount: 16, dither: "none", ditherStrength: 50 },
    ],
    palette: null,
    keepBeforePalette: false,
    keepBeforeBackground: false,
    ignored: [],
    warnings: [],
    resolved: {},
    ...changes,
  };
}

let model: Generator;
beforeAll(async () => {
  const shelf = new ModelShelf({ env: { ...process.env, PIXELKILN_DEVICE: "cpu" }, onDevice: () => {} });
  ({ model } = await shelf.take(await loadEntry(modelFolder)));
});
afterAll(() => model.dispose());

const run = (plan: GenerationPlan, onProgress: (progress: JobProgress) => void = () => {}) =>
  runPlan(model, plan, { signal: new AbortController().signal, onProgress });

test("pictures come finished, in order, one for each request", async () => {
  const plan = samplePlan(
    [sampleRequest({ seed: 1 }), sampleRequest({ seed: 2 }), sampleRequest({ seed: 1 })],
    {
      passes: [
        { pass: "binarize-alpha", threshold: 128 },
        { pass: "limit-colors", colorCount: 4, dither: "none", ditherStrength: 50 },
        { pass: "upscale-nearest", factor: 2 },
      ],
      keepBeforePalette: true,
    },
  );
  const { pictures, executionProvider, timings } = await run(plan);
  expect(executionProvider).toBe("cpu");
  expect(pictures.map(({ image }) => image.width)).toEqual([64, 64, 64]);
  expect(equalImages(pictures[0]!.image, pictures[2]!.image)).toBe(true);
  expect(equalImages(pictures[0]!.image, pictures[1]!.image)).toBe(false);
  expect(pictures[0]!.beforePalette).not.toBeNull();
  expect(pictures[0]!.beforeBackground).toBeNull();
  for (const { image } of pictures) {
    const pixels = new Set(new Uint32Array(image.data.slice().buffer).values());
    expect(pixels.size).toBeLessThanOrEqual(5);
    expect(image.data.every((value, i) => i % 4 !== 3 || value === 0 || value === 255)).toBe(true);
  }
  expect(timings.loadMs).toBe(0);
  expect(timings.modelMs).toBeGreaterThan(timings.stepMs);
});

test("a composition sees the drawing, not the network's faint alpha", async () => {
  const composition = {
    ...nativeComposition,
    width: 40,
    height: 44,
    fit: "pad",
    anchor: "bottom",
  } as const;
  const plan = samplePlan([sampleRequest({ steps: 20, exemplars: "auto" })], { composition });
  const image = (await run(plan)).pictures[0]!.image;
  expect([image.width, image.height]).toEqual([40, 44]);
  const lastRow = image.data.subarray(4 * 40 * 43);
  expect(lastRow.some((value, i) => i % 4 === 3 && value === 255)).toBe(true);
});

test("a sheet takes a picture for each cell and names the exemplars of all", async () => {
  const composition = { ...nativeComposition, width: 64, columns: 2 };
  const cells = [
    sampleRequest({ seed: 1, exemplars: "auto" }),
    sampleRequest({ seed: 2, exemplars: "auto" }),
  ];
  const { pictures } = await run(samplePlan(cells, { composition }));
  expect(pictures).toHaveLength(1);
  expect([pictures[0]!.image.width, pictures[0]!.image.height]).toEqual([64, 32]);
  expect(pictures[0]!.exemplars.length).toBeGreaterThanOrEqual(1);
});

test("progress counts the steps of all pictures, forwards only", async () => {
  const seen: JobProgress[] = [];
  const plan = samplePlan([sampleRequest({ seed: 1 }), sampleRequest({ seed: 2 })]);
  await run(plan, (progress) => seen.push(progress));
  const denoising = seen.filter(({ stage }) => stage === "denoising");
  expect(denoising.at(-1)).toEqual({ stage: "denoising", step: 12, steps: 12 });
  expect(seen.map(({ step }) => step)).toEqual(seen.map(({ step }) => step).sort((a, b) => a - b));
  expect(seen.map(({ stage }) => stage)).toContain("pixel-passes");
});

test("what the model refuses names the field", async () => {
  const refused = run(samplePlan([sampleRequest({ width: 33 })]));
  await expect(refused).rejects.toMatchObject({ code: "invalid-request", errors: [{ field: "width" }] });
});
