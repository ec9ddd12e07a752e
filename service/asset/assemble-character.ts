import type { CharacterInfo } from "../../shared/character.ts";
import { assembleMotions, type Motion, type MotionsParts } from "./assemble-motions.ts";
import type { AssetPackage } from "./asset-package.ts";

/** What a character does, and the motion of the wardrobe that shows it. */
export interface CharacterMotion extends Motion {
  name: CharacterInfo["actions"][number]["name"];
  timing: { fps: number };
  shown: string;
}

export interface CharacterParts extends Omit<MotionsParts, "layout" | "exemplars"> {
  role: string | null;
  outfit: CharacterInfo["outfit"];
  motions: readonly CharacterMotion[];
  /** Portrait and icon, where they were asked for. */
  pictures: NonNullable<AssetPackage["pictures"]>;
}

/** Builds the package of a character as `assembleMotions` does, and says who it is. */
export function assembleCharacter(parts: CharacterParts): AssetPackage & { animation: CharacterInfo } {
  const { role, outfit, motions } = parts;
  const { asset, layout, actions } = assembleMotions({
    ...parts,
    layout: "rows_by_direction",
    exemplars: [],
  });
  const animation: CharacterInfo = {
    role,
    outfit,
    ...layout,
    actions: motions.map(({ name, shown, timing: { fps } }, i) => ({ ...actions[i]!, name, fps, shown })),
  };
  return { ...asset, animation, pictures: parts.pictures };
}
