import { choose, fraction } from "./choose.ts";
import type { Dressing, Garment } from "./garments.ts";
import { type Item, itemFor, keyOf } from "./items.ts";
import type { PartsOfBody } from "./part-list.ts";
import { BARE_WORDS } from "./person-words.ts";
import type { Wearer } from "./wearer.ts";

/** Zones in which several things find room. */
export const ROOMY: ReadonlySet<string> = new Set(["face", "neck", "back"]);
/** Roles' helmets that hide a face. */
const CLOSED = /^(?:closed helmet|great helm)$/;
const ON_FACE = new Set(["beard", "eyewear", "face", "mask"]);

/** What the role and the kind wear, and the zones that they leave bare. */
export function roleGarments({ wearer, body, seed, said }: Dressing): { own: Garment[]; bare: Set<string> } {
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

/** Whether hair grows on a head. */
export function hasHair({ head }: Wearer): boolean {
  return head.includes("human") || head.includes("vampire") || head.includes("frankenstein");
}

/** Clothes for who would stand there without: shirt, trousers, boots, hair. */
export function missingGarments(
  garments: readonly Garment[],
  bare: ReadonlySet<string>,
  dressing: Dressing,
): Garment[] {
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
