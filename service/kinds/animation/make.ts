import type { Checks } from "../../../shared/asset.ts";
import { assembleAnimation } from "../../asset/assemble-animation.ts";
import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import { joinFrames } from "../../pixel/image.ts";
import { decodePalette, decodePicture } from "../decode-pictures.ts";
import { paletteOf, textOf } from "../describe.ts";
import type { DrawTools, KindMaker, KindPlan } from "../maker.ts";
import type { AnimationPlan } from "./animation-plan.ts";
import { describeFrameChecks, describeOrigin, usedExemplars } from "./describe.ts";
import { type MadeFrames, makeFrames } from "./make-frames.ts";
import { planAnimation } from "./plan.ts";
import { readMotionSet, readPerson } from "./read-motions.ts";
import type { AnimationRequest } from "./request.ts";

/** ms to move and write one frame. */
const FRAME_MS = 8;

type StoredPlan = AnimationPlan & KindPlan;

/** Plans and draws animations. */
export const animationMaker: KindMaker<AnimationRequest, StoredPlan> = {
  async plan({ request, ignored }, { models, readModelFile, chooseSeed }) {
    const decoded = {
      inputImage: await decodePicture(request.input_image, "input_image"),
      palettePicture: await decodePalette(request.input_palette),
    };
    const motions = await readMotionSet((path) => readModelFile(request.model, path));
    const plan = planAnimation(request, { models, motions, decoded, ignored, chooseSeed });
    const generations = "plan" in plan.source ? [plan.source.plan] : [];
    return { ...plan, generations, pixelMs: FRAME_MS * plan.count * plan.directions.length };
  },
  async draw(plan, tools) {
    const started = performance.now();
    const drawn = "plan" in plan.source ? await tools.generate(plan.source.plan) : null;
    const drawnAt = drawn ? performance.now() : started;
    const made = await holdColors(await moveAll(plan, drawn, tools), plan, tools);
    const provenance = describeOrigin(plan, drawn, tools);
    const asset = assemble(plan, made, { name: tools.name, text: textOf(provenance), drawn });
    const { checks, warnings } = describeFrameChecks(plan, asset, made.checks);
    const [first] = asset.frames;
    const timings = drawn?.timings;
    return {
      asset,
      provenance,
      checks,
      warnings: [...made.warnings, ...warnings],
      sheet: {
        seed: first?.seed ?? null,
        pivot: first?.pivot ?? { x: 0, y: 0 },
        exemplars: first?.exemplars ?? [],
      },
      about: { animation: asset.animation },
      timings: {
        load: timings?.loadMs ?? 0,
        model: timings?.modelMs ?? 0,
        step: timings?.stepMs ?? 0,
        post: (timings?.postMs ?? 0) + performance.now() - drawnAt,
      },
    };
  },
};

/** The final frames and their measurements. */
interface HeldFrames extends MadeFrames {
  checks: Checks;
}

async function moveAll(
  plan: AnimationPlan,
  drawn: DrawnPictures | null,
  { readModelFile, pause }: DrawTools,
): Promise<MadeFrames> {
  const { source, resolved } = plan;
  if (source.by === "person") {
    const model = typeof resolved.model === "string" ? resolved.model : undefined;
    const sheet = await readPerson((path) => readModelFile(model, path), source.chosen.person);
    return makeFrames(plan, { sheet }, pause);
  }
  const pictures = source.by === "input" ? [source.image] : (drawn?.pictures ?? []).map(({ image }) => image);
  return makeFrames(plan, { pictures }, pause);
}

/** Runs the color passes on all frames together, then enlarges and measures them. */
async function holdColors(
  made: MadeFrames,
  { passes, enlarge, palette }: AnimationPlan,
  tools: DrawTools,
): Promise<HeldFrames> {
  const frames = made.directions.flatMap((one) => one.frames);
  // Without a palette in the request, the frames are held to the colors that they have together.
  const held = palette?.colors ?? (passes.length === 0 ? colorsOf(joinFrames(frames)) : null);
  const measure = { palette: held, tileX: false, tileY: false };
  const task = { task: "passes", passes } as const;
  const result = await tools.runPixels({ frames, task, enlarge, mostPixelColors: null, measure });
  let taken = 0;
  const directions = made.directions.map(({ direction, frames: own }) => {
    taken += own.length;
    return { direction, frames: result.frames.slice(taken - own.length, taken) };
  });
  const anchor = { x: made.anchor.x * enlarge, y: made.anchor.y * enlarge };
  const warnings = [...made.warnings, ...result.warnings];
  return { ...made, directions, anchor, warnings, checks: result.checks };
}

function assemble(
  plan: AnimationPlan,
  made: MadeFrames,
  { name, text, drawn }: { name: string; text: Record<string, string>; drawn: DrawnPictures | null },
): ReturnType<typeof assembleAnimation> {
  const frames = made.directions.flatMap((one) => one.frames);
  return assembleAnimation({
    name,
    motion: plan.name,
    directions: made.directions,
    durationsMs: plan.durationsMs,
    loop: plan.loop,
    action: plan.action,
    movedBy: plan.count === 1 ? "still" : plan.motion,
    mirrored: made.mirrored,
    anchor: made.anchor,
    layout: plan.layout,
    // The colors of all frames together, most frequent first.
    palette: paletteOf(plan.palette, [joinFrames(frames)]),
    text,
    seed: plan.seed,
    exemplars: usedExemplars(plan, drawn),
  });
}
