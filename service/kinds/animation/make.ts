import { setImmediate as nextTurn } from "node:timers/promises";
import type { Checks } from "../../../shared/asset.ts";
import { assembleAnimation } from "../../asset/assemble-animation.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { decodeBase64Image } from "../../codecs/decode-image.ts";
import type { HostResult } from "../../generators/drawn-pictures.ts";
import type { PublishFile } from "../../library/publish.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import { joinFrames, type PixelImage } from "../../pixel/image.ts";
import { measureImages } from "../../pixel/measure.ts";
import type { ModelHost } from "../../workers/workers.ts";
import { writersFor } from "../../writers/index.ts";
import type { OutputFile } from "../../writers/writer.ts";
import { decodePalette } from "../pixelate/make.ts";
import { encodeFile, type GeneratedAsset, type SpriteDeps, type SpriteOptions } from "../sprite/make.ts";
import type { AnimationPlan } from "./animation-plan.ts";
import { describeFrameChecks, describeOrigin, describeSheet, usedExemplars } from "./describe.ts";
import { type MadeFrames, makeFrames } from "./make-frames.ts";
import type { ParsedAnimationRequest } from "./parse.ts";
import { planAnimation } from "./plan.ts";
import { readMotionSet, readPerson } from "./read-motions.ts";

/** Pixels of all frames that are measured in this process: a few milliseconds. */
const FEW_PIXELS = 2 ** 18;

export interface AnimationDeps extends SpriteDeps {
  host: Pick<ModelHost, "catalog" | "generate" | "runPixels">;
}

/** A plan and the bytes of the picture that it moves. */
export interface PlannedAnimation {
  plan: AnimationPlan;
  inputBytes: Uint8Array | null;
}

/** Decodes the pictures of a request and plans it. Throws a ServiceError that names the field. */
export async function planMotion(
  { request, ignored }: ParsedAnimationRequest,
  deps: AnimationDeps,
): Promise<PlannedAnimation> {
  const { input_image: input, input_palette: palette } = request;
  const inputImage = input === undefined ? null : await decodeBase64Image(input, "input_image");
  const palettePicture = await decodePalette(palette);
  const entries = deps.host.catalog();
  const plan = planAnimation(request, {
    models: entries.map(({ description }) => description),
    motions: await readMotionSet(modelFolder(deps, request.model)),
    decoded: { inputImage, palettePicture },
    ignored,
    chooseSeed: deps.chooseSeed,
  });
  const inputBytes = input === undefined ? null : Buffer.from(input.replace(/^data:[^,]*,/, ""), "base64");
  return { plan, inputBytes };
}

/** The folder of the chosen model, "" without one. */
function modelFolder({ host }: AnimationDeps, model: string | undefined): string {
  const entries = host.catalog();
  const entry =
    model === undefined ? entries[0] : entries.find(({ description }) => description.id === model);
  return entry?.folder ?? "";
}

/**
 * Makes the animation of a request: decode, plan, draw or read, move, hold colors, assemble, write, encode, check. The
 * same request (resolved), model and version give the same bytes. Throws a ServiceError.
 */
export async function generateAnimation(
  parsed: ParsedAnimationRequest,
  deps: AnimationDeps,
  options: SpriteOptions,
): Promise<GeneratedAsset> {
  const { onProgress, createdAt, name, engines, folder } = options;
  const { plan, inputBytes } = await planMotion(parsed, deps);
  const started = performance.now();
  const drawn = "plan" in plan.source ? await deps.host.generate(plan.source.plan, options) : null;
  const drawnAt = performance.now();
  const made = await holdColors(await moveAll(plan, drawn, { deps, model: parsed.request.model }), plan, {
    deps,
    options,
  });
  const movedAt = performance.now();
  onProgress({ stage: "writing", step: 0, steps: 0 });
  const provenance = describeOrigin(plan, { drawn, inputBytes }, deps);
  const asset = assemble(plan, made, { name, text: { pixelkiln: JSON.stringify(provenance) }, drawn });
  const written = writersFor(engines, asset.kind).flatMap((writer) => writer.write(asset, { folder }));
  const files = await encodeAll(written);
  const { checks, warnings } = describeFrameChecks(plan, asset, made.checks);
  const timings = drawn?.timings;
  return {
    files,
    manifest: {
      schema_version: 1,
      kind: "animation",
      name: asset.name,
      created_at: createdAt,
      images: describeSheet(asset, files),
      palette: asset.palette,
      request: plan.resolved,
      ignored_parameters: plan.ignored,
      warnings: [...new Set([...plan.warnings, ...made.warnings, ...warnings])],
      checks,
      provenance,
      ...(asset.animation ? { animation: asset.animation } : {}),
    },
    timings: {
      load: timings?.loadMs ?? 0,
      model: timings?.modelMs ?? 0,
      step: timings?.stepMs ?? 0,
      post: (timings?.postMs ?? 0) + movedAt - (drawn ? drawnAt : started),
      encode: performance.now() - movedAt,
    },
  };
}

/** Frames as they are written, and what the pixel process measured of them. */
interface HeldFrames extends MadeFrames {
  checks: Checks;
}

async function moveAll(
  plan: AnimationPlan,
  drawn: HostResult | null,
  { deps, model }: { deps: AnimationDeps; model: string | undefined },
): Promise<MadeFrames> {
  const { source } = plan;
  const pause = () => nextTurn();
  if (source.by === "person") {
    const sheet = await readPerson(modelFolder(deps, model), source.chosen.person);
    return makeFrames(plan, { sheet }, pause);
  }
  const pictures = source.by === "input" ? [source.image] : (drawn?.pictures ?? []).map(({ image }) => image);
  return makeFrames(plan, { pictures }, pause);
}

/**
 * Runs the color passes on all frames together, enlarges and measures them: work for the pixel process. Few pixels
 * that only want measuring are not worth its start.
 */
async function holdColors(
  made: MadeFrames,
  { passes, enlarge, palette }: AnimationPlan,
  { deps, options }: { deps: AnimationDeps; options: SpriteOptions },
): Promise<HeldFrames> {
  const frames = made.directions.flatMap((one) => one.frames);
  const isFree = passes.length === 0 && enlarge === 1;
  // Without a palette that is given, frames are held to the colors that they had together.
  const held = palette?.colors ?? (passes.length === 0 ? colorsOf(joinFrames(frames)) : null);
  const measure = { palette: held, tileX: false, tileY: false };
  const pixels = frames.reduce((sum, { width, height }) => sum + width * height, 0);
  if (isFree && pixels <= FEW_PIXELS) {
    return { ...made, checks: measureImages(frames, measure.palette, measure) };
  }
  const task = { task: "passes", passes } as const;
  const work = { frames, task, enlarge, mostPixelColors: null, measure };
  const result = await deps.host.runPixels(work, options);
  let taken = 0;
  const directions = made.directions.map(({ direction, frames: own }) => {
    taken += own.length;
    return { direction, frames: result.frames.slice(taken - own.length, taken) };
  });
  const anchor = { x: made.anchor.x * enlarge, y: made.anchor.y * enlarge };
  const warnings = [...made.warnings, ...result.warnings];
  return { ...made, directions, anchor, warnings, checks: result.checks };
}

/** Encodes file by file, so that the service answers in between. */
async function encodeAll(written: readonly OutputFile[]): Promise<PublishFile[]> {
  const files: PublishFile[] = [];
  for (const file of written) {
    files.push(await encodeFile(file));
    await nextTurn();
  }
  return files;
}

function assemble(
  plan: AnimationPlan,
  made: MadeFrames,
  { name, text, drawn }: { name: string; text: Record<string, string>; drawn: HostResult | null },
): AssetPackage {
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
    palette: paletteOf(plan, frames),
    text,
    seed: plan.seed,
    exemplars: usedExemplars(plan, drawn),
  });
}

function paletteOf({ palette }: AnimationPlan, frames: readonly PixelImage[]): AssetPackage["palette"] {
  if (palette) return { ...palette, locked: true };
  return { name: null, colors: colorsOf(joinFrames(frames)), locked: false };
}
