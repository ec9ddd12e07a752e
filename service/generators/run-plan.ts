import { ServiceError } from "../../shared/errors.ts";
import type { JobProgress } from "../../shared/job.ts";
import { finishImage } from "../pixel/finish-image.ts";
import type { PassStep } from "../pixel/passes.ts";
import { MEANT } from "../pixel/pull-to-palette.ts";
import type { DrawnPicture, DrawnPictures } from "./drawn-pictures.ts";
import type { GenerationPlan } from "./generation-plan.ts";
import type { Generator, RawPicture } from "./generator.ts";

/** Passes that clean up what a network drew. */
const CLEANING: readonly PassStep["pass"][] = ["flatten", "despeckle", "remove-islands", "pull-to-palette"];

export interface RunPlanHooks {
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}

/**
 * Draws all pictures of a plan, one after the other, and finishes each image (of one picture, or of the cells
 * of a sheet) with composition and passes.
 * Steps are counted over all pictures. Throws what the model throws; `cancelled` after an abort.
 */
export async function runPlan(
  model: Generator,
  plan: GenerationPlan,
  hooks: RunPlanHooks,
): Promise<DrawnPictures> {
  const pictures: DrawnPicture[] = [];
  const cells = plan.composition.columns * plan.composition.rows;
  let raws: RawPicture[] = [];
  const stepTimes: number[] = [];
  const progress = createProgress(plan, hooks.onProgress);
  let modelMs = 0;
  let postMs = 0;
  for (const [i, request] of plan.pictures.entries()) {
    let last = performance.now();
    const start = last;
    const raw = await model.generate(request, {
      signal: hooks.signal,
      following: plan.pictures.slice(i + 1),
      onStage: (stage) => {
        last = performance.now();
        progress.stage(stage);
      },
      onStep: (step, steps) => {
        const now = performance.now();
        stepTimes.push(now - last);
        last = now;
        progress.step(step, steps);
      },
    });
    const drawn = performance.now();
    progress.stage("pixel-passes");
    raws.push(raw);
    if (raws.length === cells) {
      pictures.push(finishPicture(raws, plan));
      raws = [];
    }
    progress.pictureDone();
    modelMs += drawn - start;
    postMs += performance.now() - drawn;
    if (hooks.signal.aborted) throw new ServiceError("cancelled", "The job was cancelled.");
  }
  // Where steps are told all at once, most of them took no time.
  const stepMs = median(stepTimes) || modelMs / Math.max(1, stepTimes.length);
  const timings = { loadMs: 0, modelMs, stepMs, postMs };
  return { pictures, executionProvider: model.executionProvider, timings };
}

/** Makes an image of a plan from the pictures of its cells: composition and passes. */
export function finishPicture(raws: readonly RawPicture[], plan: GenerationPlan): DrawnPicture {
  const images = raws.map(({ image }) => image);
  const exemplars = new Map(raws.flatMap((raw) => raw.exemplars ?? []).map((one) => [one.id, one]));
  const passes = raws.every(({ isPixelArt }) => isPixelArt)
    ? keepingPixels(plan.passes)
    : inTheirColors(plan, raws);
  const result = finishImage(images, plan.composition, passes);
  return {
    image: result.image,
    beforePalette: plan.keepBeforePalette ? result.beforePalette : null,
    beforeBackground: plan.keepBeforeBackground ? result.beforeBackground : null,
    exemplars: [...exemplars.values()],
    servers: raws.flatMap(({ server }) => server ?? []),
    unmetWords: [...new Set(raws.flatMap(({ unmetWords }) => unmetWords ?? []))],
  };
}

/** What is pixel art already has no grain to take out and no specks: every pixel was put there by a person. */
export function keepingPixels(passes: readonly PassStep[]): PassStep[] {
  return passes.filter(({ pass }) => !CLEANING.includes(pass));
}

/**
 * A network only comes near the colors that it draws in: once grain is gone, pixels are moved onto them. Not where a
 * palette or dithering is asked for, nor in a style that keeps every pixel.
 */
function inTheirColors({ passes, palette }: GenerationPlan, raws: readonly RawPicture[]): PassStep[] {
  const after = 1 + passes.findIndex(({ pass }) => pass === "flatten");
  const isDithered = passes.some((step) => "dither" in step && step.dither !== "none");
  const colors = new Set(raws.flatMap((raw) => raw.palette ?? []));
  const isWhole = raws.every(({ palette: own }) => own);
  if (after === 0 || palette || isDithered || !isWhole) return passes;
  const pull: PassStep = { pass: "pull-to-palette", palette: [...colors], reach: MEANT };
  return [...passes.slice(0, after), pull, ...passes.slice(after)];
}

/** Counts steps over all pictures; a picture may turn out to need fewer than its request says. */
function createProgress(plan: GenerationPlan, report: (progress: JobProgress) => void) {
  let finished = 0;
  let current = 0;
  let expected = plan.pictures[0]?.steps ?? 0;
  let left = plan.pictures.length;
  const send = (stage: JobProgress["stage"]) =>
    report({ stage, step: finished + current, steps: finished + expected * left });
  return {
    stage: send,
    step(step: number, steps: number) {
      current = step;
      expected = steps;
      send("denoising");
    },
    pictureDone() {
      finished += current;
      current = 0;
      left -= 1;
    },
  };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
