import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadClipTokenizer } from "../../../service/generators/diffusers/clip-tokenizer.ts";
import type { ScheduleConfig } from "../../../service/generators/diffusers/diffusers-config.ts";
import { drawLatent, type LatentOrder } from "../../../service/generators/diffusers/draw-latent.ts";
import { embedGuidance, guide } from "../../../service/generators/diffusers/guidance.ts";
import { type DiffusionNetworks, prepareNetworks } from "../../../service/generators/diffusers/networks.ts";
import {
  cellsOf,
  cut,
  type Planes,
  roll,
  toColorPlanes,
} from "../../../service/generators/diffusers/planes.ts";
import { createSchedule } from "../../../service/generators/diffusers/schedule.ts";
import { createImage, type PixelImage } from "../../../service/pixel/image.ts";
import { FIXTURES, largestDifference, readNumbers, type TinyModel, tinyEntry } from "./diffusers-fixture.ts";

/** How far latents and colors may be from those of diffusers 0.42.1: computed in 32 bits, and in 16. */
const TOLERANCE = 1e-3;
const HALF_TOLERANCE = 0.05;
const [WIDTH, HEIGHT, FACTOR] = [192, 128, 8];
const cells = { width: WIDTH / FACTOR, height: HEIGHT / FACTOR };

interface ReferenceCase {
  name: string;
  model: TinyModel;
  scheduler: Record<string, unknown>;
  prompt: string;
  negative: string;
  guidance: number;
  steps: number;
  strength?: number;
  mask?: number[];
}
const { cases, rolled, tokens } = JSON.parse(
  await readFile(join(FIXTURES, "reference/cases.json"), "utf8"),
) as {
  cases: ReferenceCase[];
  rolled: ReferenceCase & { shifts: [number, number][] };
  tokens: { text: string; ids: number[] }[];
};
const noise = await readNumbers("noise");
const NOISES = noise.length / (4 * cells.width * cells.height);
const noiseAt = (i: number): Float32Array =>
  noise.subarray((i * noise.length) / NOISES, ((i + 1) * noise.length) / NOISES);

const opened = new Map<TinyModel, DiffusionNetworks>();
async function networksOf(name: TinyModel): Promise<DiffusionNetworks> {
  const known = opened.get(name);
  if (known) return known;
  const { folder, config } = await tinyEntry(name);
  const networks = prepareNetworks(folder, config, { threads: 1, provider: "cpu" });
  opened.set(name, networks);
  return networks;
}
afterAll(async () => {
  for (const networks of opened.values()) await networks.release();
});

/** The picture that the script starts from. */
function startPicture(): PixelImage {
  const image = createImage(WIDTH, HEIGHT);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const checker = ((Math.floor(x / 16) + Math.floor(y / 16)) % 2) * 200;
      const color = [Math.floor((x * 255) / WIDTH), Math.floor((y * 255) / HEIGHT), checker, 255];
      image.data.set(color, 4 * (y * WIDTH + x));
    }
  return image;
}

function scheduleOf(scheduler: Record<string, unknown>): ScheduleConfig {
  return {
    solver: "original_inference_steps" in scheduler ? "lcm" : "euler",
    spacing: scheduler.timestep_spacing === "trailing" ? "trailing" : "leading",
    stepsOffset: Number(scheduler.steps_offset ?? 0),
    prediction: scheduler.prediction_type as ScheduleConfig["prediction"],
    betaStart: Number(scheduler.beta_start),
    betaEnd: Number(scheduler.beta_end),
    betaShape: "scaled_linear",
    trainSteps: 1000,
  };
}

async function draw(asked: ReferenceCase, changes: Partial<LatentOrder> = {}): Promise<Float32Array> {
  const networks = await networksOf(asked.model);
  const { guidanceWidth } = (await tinyEntry(asked.model)).config;
  const { guidance: scale, strength, mask } = asked;
  const isGuided = scale > 1 && guidanceWidth === null;
  const prompts = isGuided ? [asked.prompt, asked.negative] : [asked.prompt];
  const texts = await Promise.all(prompts.map((prompt) => networks.encodeText(prompt)));
  const guidance = guidanceWidth === null ? null : embedGuidance(scale, guidanceWidth);
  const steering = { texts, guidance, picture: { width: WIDTH, height: HEIGHT } };
  const clean =
    strength === undefined ? null : (await networks.encode(toColorPlanes(startPicture(), [0, 0, 0]))).data;
  const [left = 0, top = 0, right = 0, bottom = 0] = mask ?? [];
  const marks = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, p) => {
    const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)];
    return Number(x >= left && x < right && y >= top && y < bottom);
  });
  return drawLatent({
    schedule: createSchedule(scheduleOf(asked.scheduler), asked.steps, strength ?? 1),
    cells,
    noise: noiseAt,
    // At full strength a picture that is kept is not started from.
    start: strength === 1 ? null : clean,
    given:
      mask && clean
        ? { latent: clean, anew: cellsOf(marks, { width: WIDTH, height: HEIGHT }, FACTOR) }
        : null,
    shift: () => ({ x: 0, y: 0 }),
    predict: async (shown, time) => {
      const [wanted, without] = await networks.predict(shown, time, steering);
      return without ? guide(wanted!, without, scale) : wanted!;
    },
    check: () => {},
    onStep: () => {},
    ...changes,
  });
}

describe("a folder draws what diffusers 0.42.1 draws with it", () => {
  test("the reference has a case for each scheduler, for pictures, masks and SDXL", () => {
    expect(cases.map(({ name }) => name)).toEqual([
      ...["euler-leading", "euler-trailing", "euler-velocity", "lcm", "start", "lcm-start", "mask"],
      ...["xl", "xl-negative", "lcm-half"],
    ]);
  });

  test.each(cases)("$name: $model in $steps steps", async (asked) => {
    const difference = largestDifference(await draw(asked), await readNumbers(asked.name));
    expect(difference).toBeLessThan(asked.model === "tiny-lcm" ? HALF_TOLERANCE : TOLERANCE);
  });

  test("with latents that are rolled for each step", async () => {
    const shift = (i: number) => ({ x: rolled.shifts[i]![0], y: rolled.shifts[i]![1] });
    const latent = await draw({ ...rolled, model: "tiny-sd" }, { shift });
    expect(largestDifference(latent, await readNumbers("rolled"))).toBeLessThan(TOLERANCE);
    const still = await draw({ ...rolled, model: "tiny-sd" });
    expect(largestDifference(latent, still)).toBeGreaterThan(10 * TOLERANCE);
  });

  test("rolled latents wrap exactly: what is drawn from rolled noise is rolled, to the bit", async () => {
    const by = { x: 7, y: 3 };
    const rolledNoise = (i: number) => roll({ ...cells, data: noiseAt(i) }, by);
    const shift = (i: number) => ({ x: rolled.shifts[i]![0], y: rolled.shifts[i]![1] });
    const back = (i: number) => ({ x: shift(i).x - by.x, y: shift(i).y - by.y });
    const asked = { ...rolled, model: "tiny-sd" as const };
    const latent = await draw(asked, { shift });
    const moved = await draw(asked, { noise: rolledNoise, shift: back });
    expect(moved).toEqual(roll({ ...cells, data: latent }, by));
  });

  test("pictures become the same latents, and latents the same pictures", async () => {
    const networks = await networksOf("tiny-sd");
    const encoded = await networks.encode(toColorPlanes(startPicture(), [0, 0, 0]));
    expect(encoded).toMatchObject(cells);
    expect(largestDifference(encoded.data, await readNumbers("encoded"))).toBeLessThan(TOLERANCE);
    const corner = cut({ ...cells, data: noiseAt(0) }, { width: 8, height: 8 }, { x: 0, y: 0 });
    const decoded: Planes = await networks.decode(corner);
    expect(largestDifference(decoded.data, await readNumbers("decoded"))).toBeLessThan(TOLERANCE);
  });

  test.each(tokens)("the tokens of $text are those of CLIP", async ({ text, ids }) => {
    const tokenize = await loadClipTokenizer(join(FIXTURES, "tiny-sd/tokenizer"));
    expect(tokenize(text)).toEqual(ids);
  });
});
