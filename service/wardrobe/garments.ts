import { choose, fraction } from "./choose.ts";
import { type Item, itemFor, keyOf } from "./items.ts";
import type { PartsOfBody } from "./part-list.ts";
import { BARE_WORDS } from "./person-words.ts";
import { METAL } from "./ramp-table.ts";
import type { SaidCharacter, SaidColor, SaidItem } from "./said.ts";
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
/** Zones in which several things find room. */
const ROOMY = new Set(["face", "neck", "back"]);
/** Roles' helmets that hide a face. */
const CLOSED = /^(?:closed helmet|great helm)$/;
const ON_FACE = new Set(["beard", "eyewear", "face", "mask"]);
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
  garments.push(...missing(garments, bare, dressing));
  const cloak = named.find(({ item }) => item.zone === "cape");
  for (const garment of garments) {
    // A hood is of one cloth with the cloak.
    const isOfCloak = cloak && !garment.said && garment.item.name === "hood";
    garment.colors = colorsOf(isOfCloak ? { ...cloak, item: garment.item } : garment, main);
  }
  if (said.main.length > 0 && !garments.some(({ isMain }) => isMain))
    unmet.push(...giveMain(garments, said.main));
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
  if (item.zone === "hat" && said.hair.length > 0) return !hidesHair(item);
  if (item.zone === "hat" && zones.includes("beard") && item.name === "hood") return false;
  if (item.zone === "hat" && zones.includes("hair")) return !hidesHair(item);
  if (item.zone === "shield") return !named.some((garment) => TWO_HANDED.test(garment.item.name));
  return !(wearer.isWoman && item.zone === "beard");
}

function hidesHair({ parts }: Item): boolean {
  return parts.some(({ rows }) => /^helmet|hood|hat\/mail/.test(rows[0]?.[0] ?? ""));
}

/** What the role and the kind wear, and the zones that they leave bare. */
function roleGarments({ wearer, body, seed, said }: Dressing): { own: Garment[]; bare: Set<string> } {
  const own: Garment[] = [];
  const bare = new Set(said.bare);
  const grown = new Set<string>();
  const isFaceSeen = said.kind !== null || said.items.some(({ name }) => isOnFace(name, body));
  for (const worn of wearer.worn) {
    const salt = `${wearer.name}:${worn.names.join("/")}`;
    if (worn.optional && fraction(seed, `${salt}?`) < 0.5) continue;
    const name = nameOf(choose(worn.names, seed, salt) ?? "", { wearer, isFaceSeen });
    for (const zone of BARE_WORDS[keyOf(name.split(" "))] ?? []) bare.add(zone);
    const item = itemFor(name, body);
    if (!item || (isOfGrownHead(item) && !hasHair(wearer))) continue;
    if (grown.has(item.zone) && !ROOMY.has(item.zone)) continue;
    grown.add(item.zone);
    const colors = choose(worn.colors, seed, `${salt}:color`)?.split("+") ?? [];
    own.push({ item, colors, said: null, isMain: colors.includes("~") });
  }
  return { own, bare };
}

function isOnFace(name: string, body: PartsOfBody): boolean {
  return ON_FACE.has(itemFor(name, body)?.zone ?? "");
}

function nameOf(name: string, { wearer, isFaceSeen }: { wearer: Wearer; isFaceSeen: boolean }): string {
  if (name === "any hair") return wearer.isWoman ? "womens hair" : "short hair";
  if (name === "short hair" && wearer.isWoman) return "womens hair";
  return isFaceSeen && CLOSED.test(name) ? "helmet" : name;
}

function isOfGrownHead({ zone }: Item): boolean {
  return zone === "hair" || zone === "beard";
}

function hasHair({ head }: Wearer): boolean {
  return head.includes("human") || head.includes("vampire") || head.includes("frankenstein");
}

/** Clothes for who would stand there without: shirt, trousers, boots, hair. */
function missing(garments: readonly Garment[], bare: ReadonlySet<string>, dressing: Dressing): Garment[] {
  const { wearer, body, seed } = dressing;
  const isBareWoman = wearer.body === "feminine" && bare.has("torso");
  const slots = new Set(
    garments.flatMap(({ item }) => item.parts.map(({ rows }) => rows[0]?.[0]?.split("/")[0])),
  );
  const lacks = (zone: string, ...others: string[]) =>
    !bare.has(zone) && !others.some((slot) => slots.has(slot));
  const added: [string, string][] = [];
  if (isBareWoman && !["torso", "robe", "dress", "armour"].some((slot) => slots.has(slot)))
    added.push(["tank top", "~"]);
  else if (lacks("torso", "torso", "robe", "dress", "armour")) added.push(["shirt", "~"]);
  if (lacks("legs", "legs", "robe", "dress"))
    added.push(["pants", choose(["brown", "charcoal"], seed, wearer.name) ?? ""]);
  if (!wearer.isClothedAsKind && lacks("feet", "feet")) added.push(["boots", "brown"]);
  if (hasHair(wearer) && lacks("hair", "hair", "helmet"))
    added.push([wearer.isWoman ? "womens hair" : "short hair", ""]);
  return added.flatMap(([name, color]) => {
    const item = itemFor(name, body);
    return item
      ? [{ item, colors: color ? [color] : [], said: null, isMain: color === "~" } satisfies Garment]
      : [];
  });
}

/** Colors of a garment with the main ones put in. */
function colorsOf({ item, colors, said }: Garment, main: readonly string[]): string[] {
  if (said && said.colors.length > 0) return said.colors.map(({ color }) => color);
  const [first = "", second = ""] = colors.length > 0 ? colors : item.colors;
  const own = first === "~" ? main[0] : first;
  const other = first === "~" && main[1] !== undefined ? main[1] : second === "~" ? main[0] : second;
  return [own, other].filter((color) => color !== undefined && color !== "") as string[];
}

/** Who is said to wear a blue robe wears a hat of the same blue, if both are of one color by the role. */
function mainOf(own: readonly Garment[], named: readonly Garment[]): string[] | null {
  for (const { item, said } of named) {
    const isMain = own.some(
      (garment) => garment.isMain && garment.item.zone === item.zone && item.zone !== "hat",
    );
    if (isMain && said && said.colors.length > 0) return said.colors.map(({ color }) => color);
  }
  return null;
}

const SECOND_ZONES = ["cape", "legs", "belt", "hands", "feet", "hat"];

/** Gives a second main color to another garment, where none that has the first shows it. */
function giveSecond(garments: readonly Garment[], [, second]: readonly SaidColor[]) {
  const mains = garments.filter(({ isMain }) => isMain);
  if (!second || mains.some(({ item }) => item.parts.some(({ colors }) => colors.includes("2")))) return;
  const zone = SECOND_ZONES.find((one) => garments.some(({ item, said }) => !said && item.zone === one));
  const garment = garments.find(({ item, said }) => !said && item.zone === zone);
  if (garment) Object.assign(garment, { colors: [second.color], isMain: true });
}

const MAIN_ZONES = ["robe", "armor", "jacket", "torso", "legs", "cape", "hat"];

/** Gives the main color to what is seen most, where the role has nothing for it. Answers words that found no place. */
function giveMain(garments: readonly Garment[], main: readonly SaidColor[]): string[] {
  for (const zone of MAIN_ZONES) {
    const garment = garments.find(
      ({ item, said }) => item.zone === zone && (!said || said.colors.length === 0),
    );
    if (!garment) continue;
    Object.assign(garment, { colors: main.map(({ color }) => color), isMain: true });
    return [];
  }
  return main.flatMap(({ words }) => words);
}
