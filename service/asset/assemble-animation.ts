import type { AnimationInfo } from "../../shared/asset.ts";
import { assembleMotions, type Motion, type MotionsParts } from "./assemble-motions.ts";
import type { AssetPackage } from "./asset-package.ts";

/** An action of a subject, and how it was animated. */
export interface AnimationMotion extends Motion {
  action: AnimationInfo["action"];
  movedBy: AnimationInfo["motion"];
}

export interface AnimationParts extends MotionsParts {
  motions: readonly AnimationMotion[];
  /** Direction -> the direction it mirrors. */
  mirrored: Record<string, string>;
}

/** Builds the package of an animation as `assembleMotions` does, and says how it was animated. */
export function assembleAnimation(parts: AnimationParts): AssetPackage & { animation: AnimationInfo } {
  const { asset, layout, actions } = assembleMotions(parts);
  const described = parts.motions.map(({ action, movedBy: motion }, i) => ({
    ...actions[i]!,
    action,
    motion,
  }));
  const [first] = described;
  if (!first) throw new RangeError("An animation has at least one action.");
  const { name, action, motion, loop } = first;
  const animation: AnimationInfo = {
    name,
    action,
    motion,
    loop,
    ...layout,
    mirrored: parts.mirrored,
    actions: described,
  };
  return { ...asset, animation };
}
