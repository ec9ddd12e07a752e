import type { Checks, Provenance } from "../../../shared/asset.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { countReduced, countRounded } from "../../codecs/encode-gif.ts";
import { sniffFormat } from "../../codecs/picture-bytes.ts";
import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import type { UsedExemplar } from "../../generators/generator.ts";
import { sha256 } from "../../library/hashes.ts";
import { creditOf } from "../../motion/people.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import { drawnBounds } from "../../pixel/image.ts";
import { measureFrames } from "../../pixel/measure-frames.ts";
import { generatedProvenance, plainProvenance } from "../describe.ts";
import type { DrawTools } from "../maker.ts";
import type { AnimationPlan } from "./animation-plan.ts";

/** Edge in pixels above which some machines cannot load a texture. */
const LARGEST_SHEET = 4096;

/** Describes where an animation comes from: model or person, prompt, seed, and whom to credit. */
export function describeOrigin(
  plan: AnimationPlan,
  drawn: DrawnPictures | null,
  tools: Pick<DrawTools, "models" | "version">,
): Provenance {
  const { source, seed, resolved } = plan;
  if (drawn && "plan" in source) return { ...generatedProvenance(source.plan, drawn, tools), seed };
  return plainProvenance(tools.version, {
    prompt: typeof resolved.prompt === "string" ? resolved.prompt : null,
    seed,
    exemplars: usedExemplars(plan, drawn),
    ...(source.by === "person" ? { credit: creditOf(source.set, source.chosen.person) } : {}),
    ...(source.by === "input" ? { source: pictureOf(plan) } : {}),
  });
}

function pictureOf({ resolved, canvas }: AnimationPlan): NonNullable<Provenance["source"]> {
  const bytes = Buffer.from(String(resolved.input_image).replace(/^data:[^,]*,/, ""), "base64");
  return { sha256: sha256(bytes), format: sniffFormat(bytes) ?? "PNG", ...canvas, frames: 1 };
}

/** Lists the licensed pictures that an animation was made from. */
export function usedExemplars({ source }: AnimationPlan, drawn: DrawnPictures | null): UsedExemplar[] {
  if (source.by === "person") {
    const { person, similarity } = source.chosen;
    const { id, caption, license } = person;
    const credit = creditOf(source.set, person);
    return [{ id, caption, source: source.set.source, license, credit, similarity }];
  }
  const found = drawn?.pictures.flatMap(({ exemplars }) => exemplars) ?? [];
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

/** Adds checks of the frames in sequence to the measurements of each frame, and makes the warnings for the user. */
export function describeFrameChecks(
  plan: AnimationPlan,
  asset: AssetPackage,
  measured: Checks,
): { checks: Checks; warnings: string[] } {
  const images = asset.frames.map(({ image }) => image);
  const runs = asset.tags.map(({ from, to }) => images.slice(from, to + 1));
  const { duplicateFrames, loopGap, largestStep } = measureFrames(runs, plan.loop === true);
  const checks: Checks = {
    ...measured,
    anchor_drift_px: anchorDrift(asset),
    palette_union: colorsOf(asset.sheet.image).length,
    duplicate_frames: duplicateFrames,
    loop_gap: loopGap,
    largest_step: largestStep,
  };
  return { checks, warnings: describeTroubles(asset, checks) };
}

function anchorDrift({ frames }: AssetPackage): number {
  const [first] = frames;
  return Math.max(
    0,
    ...frames.flatMap(({ pivot }) => [
      Math.abs(pivot.x - (first?.pivot.x ?? 0)),
      Math.abs(pivot.y - (first?.pivot.y ?? 0)),
    ]),
  );
}

function describeTroubles({ frames, sheet }: AssetPackage, checks: Checks): string[] {
  const warnings: string[] = [];
  const same = checks.duplicate_frames ?? 0;
  if (same > 0) warnings.push(`${same} of ${frames.length} frames are the same as the one before.`);
  const empty = frames.filter(({ image }) => drawnBounds(image) === null).length;
  if (empty > 0) warnings.push(`${empty} of ${frames.length} frames are empty.`);
  const rounded = countRounded(frames.map(({ durationMs }) => durationMs));
  if (rounded > 0)
    warnings.push(`${rounded} of ${frames.length} durations are rounded to 10 ms in the GIF only.`);
  const reduced = countReduced(frames.map(({ image }) => image));
  if (reduced > 0)
    warnings.push(
      `${reduced} of ${frames.length} frames have 256 colors in the GIF, and all of theirs in the sheet.`,
    );
  const longest = Math.max(sheet.image.width, sheet.image.height);
  if (longest > LARGEST_SHEET)
    warnings.push(
      `The sheet is ${longest} pixels long, but some machines load at most ${LARGEST_SHEET}: try sheet_layout packed.`,
    );
  return warnings;
}
