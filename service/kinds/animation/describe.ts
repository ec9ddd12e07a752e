import type { Provenance } from "../../../shared/asset.ts";
import { sniffFormat } from "../../codecs/picture-bytes.ts";
import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import type { UsedExemplar } from "../../generators/generator.ts";
import { sha256 } from "../../library/hashes.ts";
import type { PartCredit } from "../../wardrobe/open-wardrobe.ts";
import { generatedProvenance, plainProvenance } from "../describe.ts";
import type { DrawTools } from "../maker.ts";
import { creditOf } from "../part-credits.ts";
import type { AnimationPlan } from "./animation-plan.ts";

/** Describes where an animation comes from: model or licensed parts, prompt, seed, and whom to credit. */
export function describeOrigin(
  plan: AnimationPlan,
  { drawn, credits }: { drawn: DrawnPictures | null; credits: readonly PartCredit[] },
  tools: Pick<DrawTools, "models" | "version">,
): Provenance {
  const { source, seed, resolved } = plan;
  if (drawn && "plan" in source) return { ...generatedProvenance(source.plan, drawn, tools), seed };
  return plainProvenance(tools.version, {
    prompt: typeof resolved.prompt === "string" ? resolved.prompt : null,
    seed,
    ...(source.by === "person" ? creditOf(credits) : {}),
    ...(source.by === "input" ? { source: pictureOf(plan) } : {}),
  });
}

function pictureOf({ resolved, canvas }: AnimationPlan): NonNullable<Provenance["source"]> {
  const bytes = Buffer.from(String(resolved.input_image).replace(/^data:[^,]*,/, ""), "base64");
  return { sha256: sha256(bytes), format: sniffFormat(bytes) ?? "PNG", ...canvas, frames: 1 };
}

/** Lists the licensed pictures that a drawing was made from. */
export function usedExemplars(drawn: DrawnPictures | null): UsedExemplar[] {
  const found = drawn?.pictures.flatMap(({ exemplars }) => exemplars) ?? [];
  return [...new Map(found.map((one) => [one.id, one])).values()];
}
