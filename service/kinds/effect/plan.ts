import { describeValue, invalidParameter } from "../../../shared/errors.ts";
import { type ParsedRequest, refused } from "../../../shared/parse-request.ts";
import { withoutUndefined } from "../../../shared/records.ts";
import type { IgnoredParameter } from "../../../shared/requests.ts";
import { exactMs } from "../../asset/exact-ms.ts";
import type { EffectDrawing } from "../../effects/effect.ts";
import { EFFECTS, type EffectName } from "../../effects/effect-table.ts";
import { type FoundEffect, findEffect } from "../../effects/find-effect.ts";
import type { Ramp } from "../../effects/ramps.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { PassStep } from "../../pixel/passes.ts";
import type { KindPlan } from "../maker.ts";
import { planFrameColors } from "../plan-frame-colors.ts";
import { sayUnmet } from "../say-unmet.ts";
import type { EffectRequest } from "./request.ts";

/** ms to draw and write one frame of 32x32, and per pixel on top. */
const FRAME_MS = 4;
const PIXEL_MS = 0.002;

/** Everything an effect needs, with every default resolved. */
export interface EffectPlan extends KindPlan {
  effect: EffectName;
  ramp: Ramp;
  unmetWords: string[];
  size: EffectRequest["size"];
  /** Null: it points nowhere. */
  direction: string | null;
  /** ms, one per frame. */
  durationsMs: number[];
  fps: number | null;
  loop: boolean;
  layout: EffectRequest["sheet_layout"];
  passes: PassStep[];
  palette: { name: string | null; colors: string[] } | null;
  enlarge: number;
  prompt: string;
  seed: number;
}

export interface EffectContext {
  palettePicture: PixelImage | null;
  chooseSeed: () => number;
}

/** Plans an effect. Throws `invalid-request` or `ignored-parameter`, which name the field. */
export function planEffect(
  { request, ignored: unknown }: ParsedRequest<EffectRequest>,
  { palettePicture, chooseSeed }: EffectContext,
): EffectPlan {
  const found = findNamed(request);
  const effect: EffectDrawing = EFFECTS[found.name];
  const ignored = [...unknown, ...unusedDirection(request, effect, found)];
  if (request.strict && ignored.length > 0) throw refused(ignored);
  const seed = request.seed ?? chooseSeed();
  const direction = effect.directed ? (request.direction ?? found.direction ?? "east") : null;
  const count = request.frames_duration ?? effect.frames;
  const { fps = null } = request;
  const durationsMs = timesOf(effect, count, fps);
  const loop = request.loop ?? effect.loop;
  const { passes, palette } = planFrameColors(request, palettePicture);
  const { check_cost: _cost, async: _async, ...rest } = request;
  const enlarge = request.upscale_output_factor ?? 1;
  const { name, ramp, unmetWords } = found;
  return {
    effect: name,
    ramp,
    unmetWords,
    size: request.size,
    direction,
    durationsMs,
    fps,
    loop,
    layout: request.sheet_layout,
    passes,
    palette,
    enlarge,
    prompt: request.prompt,
    seed,
    resolved: withoutUndefined({
      ...rest,
      direction: direction ?? undefined,
      frames_duration: count,
      loop,
      seed,
      upscale_output_factor: enlarge,
      ...(palette ? { input_palette: palette.name ?? palette.colors } : {}),
    }),
    ignored,
    warnings: sayUnmet(unmetWords),
    generations: [],
    pixelMs: count * (FRAME_MS + PIXEL_MS * request.size ** 2),
  };
}

/** The effect that a prompt names; strict requests refuse words that nothing shows. */
function findNamed({ prompt, strict }: EffectRequest): FoundEffect {
  const found = findEffect(prompt);
  if (!found) {
    const names = Object.keys(EFFECTS).map((name) => name.replaceAll("_", " "));
    throw invalidParameter("prompt", describeValue(prompt), `the name of an effect: ${names.join(", ")}`);
  }
  if (strict && found.unmetWords.length > 0)
    throw invalidParameter(
      "prompt",
      describeValue(found.unmetWords.join(", ")),
      "what effects show (strict)",
    );
  return found;
}

function unusedDirection(
  { direction }: EffectRequest,
  { directed }: EffectDrawing,
  { name }: FoundEffect,
): IgnoredParameter[] {
  if (direction === undefined || directed) return [];
  return [{ name: "direction", reason: `${name.replaceAll("_", " ")} points nowhere` }];
}

/** How long each frame is shown, in whole ms: at an exact rate as long together as they should be. */
function timesOf({ ms, holds = [], frames }: EffectDrawing, count: number, fps: number | null): number[] {
  return Array.from({ length: count }, (_, i) => {
    if (fps !== null) return exactMs(fps, i);
    // More frames than usual share the time of the usual ones.
    const usual = Math.floor((i * frames) / count);
    return Math.max(10, Math.round((ms * (holds[usual] ?? 1) * frames) / count / 10) * 10);
  });
}
