import { hashOf, type Wardrobe } from "./open-wardrobe.ts";

/**
 * Makes one wardrobe of two: the parts that a user added hang beside those of the product. Of two parts with one id, the
 * one of `base` is worn. Layouts and ramps are those of `base`.
 */
export function joinWardrobes(base: Wardrobe, added: Wardrobe): Wardrobe {
  const own = [...added.parts.values()].filter(({ id }) => !base.parts.has(id));
  const ids = new Set(own.map(({ id }) => id));
  const sheets = new Set(own.flatMap((part) => part.sheets));
  return {
    index: { ...base.index, parts: [...base.index.parts, ...own] },
    ramps: base.ramps,
    parts: new Map([...base.parts, ...own.map((part) => [part.id, part] as const)]),
    shareAlike: base.shareAlike || added.shareAlike,
    sha256: hashOf([base.sha256, added.sha256]),
    cellsOf: (sheet) => (sheets.has(sheet) ? added : base).cellsOf(sheet),
    creditsOf: async (parts) => {
      const credits = [...new Set(parts)].map((part) => (ids.has(part) ? added : base).creditsOf([part]));
      return (await Promise.all(credits)).flat();
    },
  };
}
