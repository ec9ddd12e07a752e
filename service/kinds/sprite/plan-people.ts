import { type GenerationPlan, mayDrawByRules } from "../../generators/generation-plan.ts";
import { namesPerson } from "../../wardrobe/dressed-person.ts";
import type { Wardrobe } from "../../wardrobe/open-wardrobe.ts";
import { type DressedCharacter, outfitOf } from "../../wardrobe/outfit-of.ts";
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

/** Dresses the people of a plan, one a picture; null if the plan shows nobody whom the wardrobe is to dress. */
export async function planPeople(
  plan: GenerationPlan,
  open: OpenWardrobe,
): Promise<DressedCharacter[] | null> {
  const { style, pictures, resolved } = plan;
  const isFree = pictures.every(({ start, known, wrapX, wrapY }) => !start && !known && !wrapX && !wrapY);
  const prompt = String(resolved.prompt);
  if (!STYLES.has(style) || !isFree || !mayDrawByRules(plan) || !namesPerson(prompt)) return null;
  const wardrobe = await open();
  const people = pictures.map(({ seed }) => dress(wardrobe, prompt, { seed, cc0: resolved.exemplars === "cc0" }));
  return people.every((one) => one !== null) ? people : null;
}

/** Under CC0 only, a person needs a body that is. */
function dress(
  { index }: Wardrobe,
  prompt: string,
  { seed, cc0 }: { seed: number; cc0: boolean },
): DressedCharacter | null {
  const parts = cc0 ? index.parts.filter(({ license }) => license.startsWith("CC0")) : index.parts;
  const dressed = outfitOf(prompt, { seed, index: { parts } });
  const hasBody = dressed.outfit.parts.some(({ part }) => part.startsWith("body/"));
  return dressed.role !== null && hasBody ? dressed : null;
}
