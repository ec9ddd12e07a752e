import { type GenerationPlan, mayDrawByRules } from "../../generators/generation-plan.ts";
import { isDressed } from "../../wardrobe/dressed-person.ts";
import { withFreeHands, withoutWeapons } from "../../wardrobe/free-hands.ts";
import type { Wardrobe } from "../../wardrobe/open-wardrobe.ts";
import { type DressedCharacter, outfitOf } from "../../wardrobe/outfit-of.ts";
import { lackingParts } from "../../words/lacking-parts.ts";
import { parsePrompt } from "../../words/parse-prompt.ts";
import type { OpenWardrobe } from "../maker.ts";

/** Styles in which the wardrobe dresses people: those that show a whole figure in its colors, or its head. */
const STYLES = new Set([
  "default",
  "retro",
  "simple",
  "detailed",
  "anime",
  "game_asset",
  "portrait",
  "character_turnaround",
]);

/** The people of a plan, one a picture. */
export interface PeoplePlan {
  dressed: DressedCharacter[];
  /** Head and shoulders alone. */
  isPortrait: boolean;
  /** Whether the prompt names things that the wardrobe does not have: the generator adds them from licensed drawings. */
  lacksThings: boolean;
}

/** Dresses the people of a plan; null if it shows nobody whom the wardrobe is to dress. */
export async function planPeople(plan: GenerationPlan, open: OpenWardrobe): Promise<PeoplePlan | null> {
  const { style, pictures, resolved } = plan;
  const isFree = pictures.every(({ start, known, wrapX, wrapY }) => !start && !known && !wrapX && !wrapY);
  const prompt = String(resolved.prompt);
  if (!STYLES.has(style) || !isFree || !mayDrawByRules(plan) || !isDressed(prompt)) return null;
  const wardrobe = await open();
  const isCc0 = resolved.exemplars === "cc0";
  const dressed = pictures.flatMap(({ seed }) => dress(wardrobe, prompt, { seed, isCc0 }) ?? []);
  if (dressed.length < pictures.length) return null;
  const isPortrait = style === "portrait" || parsePrompt(prompt).manner.includes("portrait");
  const lacksThings =
    !isPortrait && dressed.some(({ unmetWords }) => lackingParts(prompt, unmetWords).length > 0);
  if (!isPortrait) return { dressed, isPortrait, lacksThings };
  // A blade before the chest would hide what a portrait shows.
  const unarmed = dressed.map((one) => ({ ...one, outfit: withoutWeapons(one.outfit) }));
  return { dressed: unarmed, isPortrait, lacksThings };
}

/** Under CC0 only, there is nobody without a body that is. */
function dress(
  { index }: Wardrobe,
  prompt: string,
  { seed, isCc0 }: { seed: number; isCc0: boolean },
): DressedCharacter | null {
  const parts = isCc0 ? index.parts.filter(({ license }) => license.startsWith("CC0")) : index.parts;
  const dressed = outfitOf(prompt, { seed, index: { parts } });
  const hasBody = dressed.outfit.parts.some(({ part }) => part.startsWith("body/"));
  if (dressed.role === null || !hasBody) return null;
  const isHolding = lackingParts(prompt, dressed.unmetWords).length > 0;
  return isHolding ? { ...dressed, outfit: withFreeHands(dressed.outfit, prompt) } : dressed;
}
