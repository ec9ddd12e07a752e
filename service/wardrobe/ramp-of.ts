import { colorName, impliedColors } from "../words/material-words.ts";
import { CLOTH, EYE, HAIR, METAL, SKIN } from "./ramp-table.ts";

const FAMILIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cloth: CLOTH,
  metal: METAL,
  hair: HAIR,
  skin: SKIN,
  eye: EYE,
};

/**
 * The ramp, with its family, that a material of a part takes for a color word ("light blue", "golden"), null if it
 * has none. Metal, hair and what is of no family may take a ramp of cloth; skin and eyes have only their own.
 */
export function rampOf(color: string, material: string): string | null {
  const own = find(color, material === "any" ? "metal" : material);
  if (own !== null || material === "skin" || material === "eye") return own;
  return find(color, "cloth");
}

function find(color: string, family: string): string | null {
  const names = FAMILIES[family] ?? CLOTH;
  for (const word of [color, ...otherNames(color)]) {
    const ramp = Object.hasOwn(names, word) ? names[word] : undefined;
    if (ramp !== undefined)
      return ramp.includes("/") ? ramp : `${names === CLOTH ? "cloth" : family}/${ramp}`;
  }
  return null;
}

/** "deep scarlet" is dark red, a fire robe orange: other words for a color, the nearest first. */
function otherNames(color: string): string[] {
  const words = color.split(" ");
  const last = words.at(-1) ?? "";
  const shade = words.length > 1 ? (words[0] ?? "") : "";
  const plain = [colorName(last) ?? "", ...impliedColors(last, null).slice(0, 1)].filter(
    (word) => word !== "",
  );
  return [...plain.map((word) => (shade ? `${shade} ${word}` : word)), ...(shade ? [last, ...plain] : [])];
}
