import { type Item, itemFor, keyOf } from "./items.ts";
import { colorsOf, giveMain, giveSecond, mainOf } from "./main-colors.ts";
import type { PartsOfBody } from "./part-list.ts";
import { METAL } from "./ramp-table.ts";
import { missingGarments, ROOMY, roleGarments } from "./role-garments.ts";
import type { SaidCharacter, SaidItem } from "./said.ts";
import type { Wearer } from "./wearer.ts";

/** An item on a wearer. */
export interface Garment {
  item: Item;
  /** Color words: first and second. */
  colors: string[];
  /** What the prompt said of it; null for what only the role adds. */
  said: SaidItem | null;
  /** Whether it takes the main color. */
  isMain: boolean;
}

/** Zones from the skin outward: what is later in the list is drawn over what is before where layers are equal. */
const ZONES =
  `face ears legs feet torso robe vest apron armor jacket arms hands belt shoulders neck cape hair beard eyewear mask
  horns hat wings tail back shield weapon`.split(/\s+/);
/** What an item of a zone takes away when it is said, beside what is in the same zone: it would hide it. */
const CLEARS: Readonly<Record<string, readonly string[]>> = {
  robe: ["torso", "legs", "armor", "jacket", "apron", "vest", "shoulders"],
  torso: ["robe", "armor", "jacket", "vest", "shoulders"],
  vest: ["robe", "armor", "jacket"],
  armor: ["robe", "jacket", "vest", "apron", "shoulders"],
  jacket: ["robe", "armor", "shoulders"],
  apron: ["armor", "jacket"],
  legs: ["robe"],
  weapon: ["back"],
};
const TWO_HANDED = /^(?:bow|crossbow|slingshot)\b|staff$/;

export interface Dressing {
  wearer: Wearer;
  said: SaidCharacter;
  body: PartsOfBody;
  seed: number;
}

/** What a character wears: the items that are said, and those of the role that they leave room for. */
export function garmentsOf(dressing: Dressing): { garments: Garment[]; unmet: string[] } {
  const { said } = dressing;
  const unmet: string[] = [];
  let named: Garment[] = [];
  for (const one of said.items) {
    const item = itemOf(one, dressing);
    const rival = item && named.find(({ item: { zone } }) => zone === item.zone && !ROOMY.has(zone));
    if (item && !rival) named.push({ item, colors: [], said: one, isMain: false });
    else if (rival && rival.item === item && rival.said) rival.said.colors.push(...one.colors);
    else unmet.push(...one.colors.flatMap(({ words }) => words), ...one.words);
  }
  const { own, bare } = roleGarments(dressing);
  // A winged demon has the wings of a demon.
  const isOfRole = ({ item, said: one }: Garment) =>
    one?.name.endsWith("ed") &&
    one.colors.length === 0 &&
    own.some((garment) => garment.item.zone === item.zone);
  named = named.filter((garment) => garment.item.zone === "armor" || !isOfRole(garment));
  const main = (said.main.length === 0 && mainOf(own, named)) || dressing.wearer.main;
  const kept = own.filter((garment) => leavesRoom(garment, { named, said, wearer: dressing.wearer }));
  const garments = [...kept, ...named];
  garments.push(...missingGarments(garments, bare, dressing));
  const cloak = named.find(({ item }) => item.zone === "cape");
  for (const garment of garments) {
    // A hood is of one cloth with the cloak.
    const isOfCloak = cloak && !garment.said && garment.item.name === "hood";
    garment.colors = colorsOf(isOfCloak ? { ...cloak, item: garment.item } : garment, main);
  }
  if (said.main.length > 0 && !garments.some(({ isMain }) => isMain)) giveMain(garments, said.main);
  else giveSecond(garments, said.main);
  const order = (garment: Garment) => ZONES.indexOf(garment.item.zone);
  return { garments: garments.sort((a, b) => order(a) - order(b)), unmet };
}

/**
 * The item that is said, in the form that the role has: the shield of a spartan is a spartan shield. Metal makes plates
 * of leather.
 */
function itemOf({ name, colors }: SaidItem, { wearer, said, body }: Dressing): Item | null {
  // Of other beards a hood shows nothing.
  if (name === "beard" && said.items.some((item) => item.name === "hood")) return itemFor("long beard", body);
  const isMetal = colors.some(({ color }) => Object.hasOwn(METAL, color.split(" ").at(-1) ?? ""));
  const names = wearer.worn.flatMap((worn) => worn.names).filter((one) => itemFor(one, body) !== null);
  const own = names.includes(name)
    ? undefined
    : names.find((one) => keyOf(one.split(" ")).endsWith(` ${name}`));
  return itemFor(own === undefined || (isMetal && own === "leather armor") ? name : own, body);
}

interface Room {
  named: readonly Garment[];
  said: SaidCharacter;
  wearer: Wearer;
}

function leavesRoom({ item }: Garment, { named, said, wearer }: Room): boolean {
  const zones = named.map((garment) => garment.item.zone);
  if (said.bare.has(item.zone)) return false;
  if (!ROOMY.has(item.zone) && zones.includes(item.zone)) return false;
  if (zones.some((zone) => CLEARS[zone]?.includes(item.zone))) return false;
  if (item.zone === "mask" && zones.some((zone) => zone === "beard")) return false;
  if (item.zone === "hat" && zones.includes("eyewear") && item.name === "kettle hat") return false;
  if (item.zone === "hat" && said.hair.length > 0) return !hidesHair(item);
  if (item.zone === "hat" && zones.includes("beard") && item.name === "hood") return false;
  if (item.zone === "hat" && zones.includes("hair")) return !hidesHair(item);
  if (item.zone === "shield") return !named.some((garment) => TWO_HANDED.test(garment.item.name));
  return !(wearer.isWoman && item.zone === "beard");
}

function hidesHair({ parts }: Item): boolean {
  return parts.some(({ rows }) => /^helmet|hood|hat\/mail/.test(rows[0]?.[0] ?? ""));
}
