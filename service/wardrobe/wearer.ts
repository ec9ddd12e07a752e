import { choose } from "./choose.ts";
import type { Outfit } from "./outfit.ts";
import { rampOf } from "./ramp-of.ts";
import type { Kind, Person, Role, Worn } from "./roles.ts";
import type { SaidCharacter } from "./said.ts";

/** Who wears an outfit: what was said, and what the role, the kind and the seed add to it. */
export interface Wearer {
  /** Salt of all choices. */
  name: string;
  body: Outfit["body"];
  isWoman: boolean;
  isOld: boolean;
  head: string;
  /** Ramp of family skin. */
  skin: string;
  /** Color words. */
  hair: string;
  eyes: string;
  /** Color words for "~", the main one first. */
  main: string[];
  worn: Worn[];
  /** Whether it wears what its kind wears: then boots are not added. */
  isClothedAsKind: boolean;
}

const HUMAN_SKINS = "light light peach_r tan_r amber olive tawny_r honey_r bronze_r brown_r ivory_r".split(
  " ",
);
const HUMAN_HAIR = ["brown", "dark brown", "black", "blonde", "light brown", "redhead", "ginger", "chestnut"];
const HUMAN_EYES = ["brown", "brown", "blue", "green", "gray"];
const OLD_HAIR = ["white", "gray"];
const NOBODY: Person = { sex: null, old: false, skin: [], hair: [], eyes: [] };
/** Roles that clothe a human only: an elf man is dressed as an elf. */
const EVERYMAN = new Set(["villager", "elder", "old woman", "student"]);
const FEMALE_ITEMS = /\b(?:dress|gown|skirt|corset|bodice|tiara|blouse|tunic dress)\b/;

export function wearerOf(said: SaidCharacter, villager: Role, seed: number): Wearer {
  const { kind } = said;
  const role = said.role && !(kind && EVERYMAN.has(said.role.name)) ? said.role : null;
  const clothes = role ?? kind ?? said.role ?? villager;
  const name = kind && role ? `${kind.name} ${role.name}` : clothes.name;
  const pick = (list: readonly string[], what: string) => choose(list, seed, `${name}:${what}`) ?? "";
  const persons = [kind?.person ?? NOBODY, clothes.person];
  const sex = sexOf(said, [clothes.person, ...persons]) ?? pick(["m", "f"], "sex");
  const isOld = said.age === "old" || (said.age === null && clothes.person.old);
  const colors = (list: (person: Person) => string[], usual: readonly string[], what: string) =>
    pick(persons.map(list).find((some) => some.length > 0) ?? usual, what);
  return {
    name,
    body: kind && kind.body !== "body" ? kind.body : sex === "f" ? "feminine" : "masculine",
    isWoman: sex === "f",
    isOld,
    head: headOf(kind, sex === "f", isOld),
    skin: skinOf(
      said,
      colors(({ skin }) => skin, HUMAN_SKINS, "skin"),
      pick(kind?.skins ?? [], "skin"),
    ),
    hair: isOld ? pick(OLD_HAIR, "hair") : colors(({ hair }) => hair, HUMAN_HAIR, "hair"),
    eyes: colors(({ eyes }) => eyes, HUMAN_EYES, "eyes"),
    main: said.main.length > 0 ? said.main.map(({ color }) => color) : [pick(clothes.main, "main")],
    worn: [...(kind?.grown ?? []), ...clothes.worn].filter(
      ({ man, optional }) => !man || (sex === "m" && !(optional && said.age === "young")),
    ),
    isClothedAsKind: clothes === kind,
  };
}

function sexOf(said: SaidCharacter, persons: readonly Person[]): "m" | "f" | null {
  if (said.sex) return said.sex;
  const names = said.items.map(({ name }) => name).join(" ");
  if (/beard|mustache|moustache/.test(names)) return "m";
  const own = persons.map(({ sex }) => sex).find((sex) => sex !== null);
  return own ?? (FEMALE_ITEMS.test(names) ? "f" : null);
}

function headOf(kind: Kind | null, isWoman: boolean, isOld: boolean): string {
  const head = kind?.heads[isWoman ? 1 : 0] ?? "human";
  if (head !== "human") return `head/${head}`;
  return `head/human-${isWoman ? "female" : "male"}${isOld ? "-elderly" : ""}`;
}

/** A skin that is said and has a ramp, or that of the kind, or a human one. */
function skinOf(said: SaidCharacter, human: string, ofKind: string): string {
  for (const { color } of said.skin) {
    const ramp = rampOf(color, "skin");
    if (ramp !== null) return ramp.replace("skin/", "");
  }
  return ofKind || human;
}
