import { partsOf } from "./color-parts.ts";
import { type Dressing, garmentsOf } from "./garments.ts";
import type { Outfit } from "./outfit.ts";
import { type PartList, partsOfBody } from "./part-list.ts";
import { rampOf } from "./ramp-of.ts";
import { readCharacter } from "./read-character.ts";
import { ROLES_BY_NAME } from "./roles.ts";
import type { SaidCharacter } from "./said.ts";
import { unseenWords, type WornGarment } from "./unseen-words.ts";
import { type Wearer, wearerOf } from "./wearer.ts";

/** A character as data, and what of the prompt it does not show. */
export interface DressedCharacter {
  outfit: Outfit;
  /** What it is, as the prompt calls it: "knight", "elf archer"; null where it names nobody, dressed as a villager. */
  role: string | null;
  /** Words of the prompt that found no part or color, in lower case, each once. */
  unmetWords: string[];
}

type Part = Outfit["parts"][number];

/**
 * Dresses the character that a prompt describes. What is said is worn in the colors that are said of it; the role
 * gives the rest, among which the seed chooses. The same prompt, seed and index give the same outfit. Never throws.
 */
export function outfitOf(
  prompt: string,
  { seed, index }: { seed: number; index: PartList },
): DressedCharacter {
  const said = readCharacter(prompt);
  const villager = ROLES_BY_NAME.get("villager");
  if (!villager) throw new Error("The table of roles has no villager.");
  const wearer = wearerOf(said, villager, seed);
  const hairColors = [...said.items.flatMap((item) => (isHair(item.name) ? item.colors : [])), ...said.hair];
  const hair = hairColors.map(({ color }) => color).find((color) => rampOf(color, "hair") !== null);
  const eyes = said.eyes.map(({ color }) => color).find((color) => rampOf(color, "eye") !== null);
  const whole = { ...wearer, hair: hair ?? wearer.hair, eyes: eyes ?? wearer.eyes };
  const dressing = { wearer: whole, said, body: partsOfBody(index, wearer.body), seed };
  const { garments, unmet } = garmentsOf(dressing);
  const worn = garments.map((garment) => ({ garment, ...partsOf(garment, dressing) }));
  return {
    outfit: {
      body: wearer.body,
      skin: wearer.skin,
      parts: [...bodyParts(whole, dressing), ...flatten(worn)],
    },
    role: roleName(said, wearer),
    unmetWords: [...new Set([...said.unmet, ...unmet, ...unseenWords(worn, dressing, index)])],
  };
}

/** As the prompt calls it: "gnome inventor". */
function roleName({ kindName, roleName: named }: SaidCharacter, { isClothedAsKind }: Wearer): string | null {
  const name = [kindName, isClothedAsKind ? "" : named].filter((part) => part !== "").join(" ");
  return name === "" ? null : name;
}

function isHair(name: string): boolean {
  return /hair|beard|mustache|moustache|braid|ponytail|bun|afro|curl|mohawk/.test(name);
}

function bodyParts(wearer: Wearer, { said, body }: Dressing): Part[] {
  const eye = rampOf(wearer.eyes, "eye");
  const bodyPart =
    wearer.body === "skeleton" || wearer.body === "zombie" ? `body/${wearer.body}` : "body/body";
  const head = body.has(wearer.head) ? wearer.head : "head/human-male";
  const colors = eye !== null && body.materialsOf(head).includes("eye") ? { eye } : {};
  const bones = wearer.body === "skeleton" ? said.skin.map(({ color }) => rampOf(color, "metal"))[0] : null;
  const parts: Part[] = [
    { part: bodyPart, colors: bones ? { metal: bones } : {} },
    { part: head, colors: bones ? { cloth: bones, metal: bones } : colors },
  ];
  if (wearer.isOld && head.includes("human")) parts.push({ part: "face/wrinkles", colors: {} });
  return parts.filter(({ part }) => body.has(part));
}

/** All parts once. What is said takes the place of the same kind of part of another garment: boots under greaves. */
function flatten(worn: readonly WornGarment[]): Part[] {
  const found = new Map<string, Part>();
  const slots = new Set(
    worn.flatMap(({ garment, parts }) => (garment.said ? parts.map(({ part }) => slotOf(part)) : [])),
  );
  for (const { garment, parts } of worn) {
    for (const part of parts) {
      const isReplaced = !garment.said && LIMBS.has(slotOf(part.part)) && slots.has(slotOf(part.part));
      if (!isReplaced && (garment.said || !found.has(part.part))) found.set(part.part, part);
    }
  }
  return [...found.values()];
}

const LIMBS = new Set(["legs", "feet", "hands", "arms", "shoulders", "belt"]);
const slotOf = (id: string) => id.split("/")[0] ?? "";
