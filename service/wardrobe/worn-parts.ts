import { checkOutfit } from "./check-outfit.ts";
import type { Wardrobe } from "./open-wardrobe.ts";
import type { Outfit } from "./outfit.ts";
import { partColors } from "./part-colors.ts";
import type { WardrobePart, WardrobeSheet } from "./wardrobe-index.ts";

/** A part that is to be seen, in its colors. */
export interface WornPart {
  part: WardrobePart;
  /** Its sheets that fit the body. */
  sheets: readonly WardrobeSheet[];
  /** Color number -> 0xRRGGBB. */
  table: Uint32Array;
}

const BODIES: Record<Outfit["body"], string> = {
  masculine: "body/body",
  feminine: "body/body",
  skeleton: "body/skeleton",
  zombie: "body/zombie",
};

/**
 * Dresses a body: the body itself unless the outfit names one, then all parts but those that another covers whole.
 * Skeletons and zombies wear what is cut for the masculine body. Throws as checkOutfit does.
 */
export function wornParts(wardrobe: Wardrobe, outfit: Outfit): WornPart[] {
  const listed = withBody(wardrobe, outfit);
  checkOutfit(wardrobe, listed);
  const body = outfit.body === "feminine" ? "feminine" : "masculine";
  const parts = listed.parts.flatMap(({ part: id, colors }) => {
    const part = wardrobe.parts.get(id);
    return part ? [{ part, colors }] : [];
  });
  const hidden = new Set(parts.flatMap(({ part }) => part.hides ?? []));
  return parts
    .filter(({ part }) => !hidden.has(part.slot))
    .map(({ part, colors }) => ({
      part,
      sheets: part.sheets.filter((sheet) => sheet.body === body || sheet.body === "any"),
      table: partColors(part, wardrobe.ramps, { colors, skin: outfit.skin }),
    }));
}

function withBody(wardrobe: Wardrobe, outfit: Outfit): Outfit {
  if (outfit.parts.some(({ part }) => wardrobe.parts.get(part)?.slot === "body")) return outfit;
  return { ...outfit, parts: [{ part: BODIES[outfit.body], colors: {} }, ...outfit.parts] };
}
