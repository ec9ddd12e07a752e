import type { AssetManifest, Checks, Provenance } from "../../../shared/asset.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { gifDurations } from "../../codecs/encode-gif.ts";
import type { HostResult } from "../../generators/drawn-pictures.ts";
import type { UsedExemplar } from "../../generators/generator.ts";
import { sha256 } from "../../library/hashes.ts";
import type { PublishFile } from "../../library/publish.ts";
import { creditOf } from "../../motion/people.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import { drawnBounds, type PixelImage } from "../../pixel/image.ts";
import { measureFrames } from "../../pixel/measure-frames.ts";
import { sheetPng } from "../../writers/picture-files.ts";
import { describeProvenance } from "../sprite/describe.ts";
import type { SpriteDeps } from "../sprite/make.ts";
import type { AnimationPlan } from "./animation-plan.ts";

/** Edge above which some machines load no texture. */
const LARGEST_SHEET = 4096;

/** Says where an animation comes from: model or person, words, seed, and whom to credit. */
export function describeOrigin(
  plan: AnimationPlan,
  { drawn, inputBytes }: { drawn: HostResult | null; inputBytes: Uint8Array | null },
  deps: SpriteDeps,
): Provenance {
  const { source } = plan;
  if (drawn && "plan" in source) return { ...describeProvenance(source.plan, drawn, deps), seed: plan.seed };
  const credit = source.by === "person" ? creditOf(source.set, source.chosen.person) : undefined;
  const picture = source.by === "input" && inputBytes ? sourceOf(inputBytes, source.image) : undefined;
  return {
    generator: `pixelkiln ${deps.version}`,
    model: null,
    execution_provider: null,
    prompt: typeof plan.resolved.prompt === "string" ? plan.resolved.prompt : null,
    seed: plan.seed,
    exemplars: usedExemplars(plan, drawn),
    ...(credit === undefined ? {} : { credit }),
    ...(picture === undefined ? {} : { source: picture }),
  };
}

function sourceOf(bytes: Uint8Array, { width, height }: PixelImage): NonNullable<Provenance["source"]> {
  const starts = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  const format = starts.startsWith("GIF")
    ? "GIF"
    : starts === "RIFF"
      ? "WebP"
      : starts.startsWith("\xff\xd8")
        ? "JPEG"
        : "PNG";
  return { sha256: sha256(bytes), format, width, height, frames: 1 };
}

/** The licensed pictures that an animation was made of. */
export function usedExemplars({ source }: AnimationPlan, drawn: HostResult | null): UsedExemplar[] {
  if (source.by === "person") {
    const { person, similarity } = source.chosen;
    const { id, caption, license } = person;
    const credit = creditOf(source.set, person);
    return [{ id, caption, source: source.set.source, license, credit, similarity }];
  }
  const found = drawn?.pictures.flatMap(({ exemplars }) => exemplars) ?? [];
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

/** Describes the one picture of an animation that is a file: its sheet. */
export function describeSheet(asset: AssetPackage, files: readonly PublishFile[]): AssetManifest["images"] {
  const { image } = asset.sheet;
  const file = sheetPng(asset);
  const [first] = asset.frames;
  const bytes = files.find(({ path }) => path === file)?.bytes ?? new Uint8Array();
  return [
    {
      seed: first?.seed ?? null,
      width: image.width,
      height: image.height,
      file,
      sha256: sha256(bytes),
      bounds: drawnBounds(image),
      pivot: first?.pivot ?? { x: 0, y: 0 },
      colors: colorsOf(image),
      exemplars: first?.exemplars ?? [],
    },
  ];
}

/** Adds what the frames prove in their order to what was measured of each, and says in words what a person should know of them. */
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
  if (same > 0) warnings.push(`${same} of ${frames.length} frames equal the one before.`);
  const empty = frames.filter(({ image }) => drawnBounds(image) === null).length;
  if (empty > 0) warnings.push(`${empty} of ${frames.length} frames are empty.`);
  const durations = frames.map(({ durationMs }) => durationMs);
  const rounded = gifDurations(durations).filter((ms, i) => ms !== durations[i]).length;
  if (rounded > 0)
    warnings.push(`${rounded} of ${frames.length} durations are rounded to 10 ms in the GIF, not elsewhere.`);
  const longest = Math.max(sheet.image.width, sheet.image.height);
  if (longest > LARGEST_SHEET)
    warnings.push(
      `The sheet is ${longest} pixels long: some machines load ${LARGEST_SHEET} at most. Try sheet_layout packed.`,
    );
  return warnings;
}
