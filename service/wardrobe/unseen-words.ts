import type { Dressing, Garment } from "./garments.ts";
import type { Outfit } from "./outfit.ts";
import type { PartList } from "./part-list.ts";
import { rampOf } from "./ramp-of.ts";
import { hasHair } from "./role-garments.ts";
import type { SaidColor } from "./said.ts";

/** A garment with its parts, and the color words that they took. */
export interface WornGarment {
  garment: Garment;
  parts: Outfit["parts"];
  seen: ReadonlySet<string>;
}

const wordsOf = (colors: readonly SaidColor[]) => colors.flatMap(({ words }) => words);

/** Words that were said and understood, but that nobody can see on the character. */
export function unseenWords(worn: readonly WornGarment[], dressing: Dressing, index: PartList): string[] {
  const { said } = dressing;
  const seenAsMain = new Set(worn.flatMap(({ garment, seen }) => (garment.isMain ? [...seen] : [])));
  const unmet = wordsOf(said.main.filter(({ color }) => !seenAsMain.has(color)));
  const ids = new Set(worn.flatMap(({ parts }) => parts.map(({ part }) => part)));
  const hidden = new Set(index.parts.filter(({ id }) => ids.has(id)).flatMap(({ hides }) => hides ?? []));
  for (const { garment, seen } of worn) {
    if (!garment.said) continue;
    unmet.push(...wordsOf(garment.said.colors.filter(({ color }) => !seen.has(color))));
    // Hair under a helmet.
    if (hidden.has(garment.item.zone)) unmet.push(...wordsOf(garment.said.colors), ...garment.said.words);
  }
  return [...unmet, ...unseenOfBody(dressing, hidden.has("ears"))];
}

/** Colors of skin, eyes and hair that have no ramp, come second, or have nothing to be seen on. */
function unseenOfBody({ said, body, wearer }: Dressing, isFaceHidden: boolean): string[] {
  const hasEyes = !isFaceHidden && body.materialsOf(wearer.head).includes("eye");
  const rest = (colors: readonly SaidColor[], family: string) => {
    const first = colors.find(({ color }) => rampOf(color, family) !== null);
    return wordsOf(colors.filter((color) => color !== first));
  };
  return [
    ...rest(said.skin, wearer.body === "skeleton" ? "metal" : "skin"),
    ...(hasEyes ? rest(said.eyes, "eye") : wordsOf(said.eyes)),
    ...(hasHair(wearer) ? rest(said.hair, "hair") : wordsOf(said.hair)),
  ];
}
