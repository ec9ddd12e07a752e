import type { Checks, Provenance } from "../../../shared/asset.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { sniffFormat } from "../../codecs/picture-bytes.ts";
import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import type { UsedExemplar } from "../../generators/generator.ts";
import { sha256 } from "../../library/hashes.ts";
import { creditOf } from "../../motion/people.ts";
import { checkFrames } from "../check-frames.ts";
import { generatedProvenance, plainProvenance } from "../describe.ts";
import type { DrawTools } from "../maker.ts";
import type { AnimationPlan } from "./animation-plan.ts";

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
  return checkFrames(asset, measured, plan.loop === true);
}
