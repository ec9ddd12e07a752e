/** What of the wardrobe's index an outfit is chosen by. */
export interface PartList {
  parts: readonly {
    id: string;
    slot: string;
    materials: readonly { material: string }[];
    sheets: readonly { body: string }[];
    /** Slots that are not drawn beside it. */
    hides?: readonly string[];
  }[];
}

/** Parts by id and body. Bones and rotten bodies wear what the masculine body wears. */
export interface PartsOfBody {
  /** Whether the body can wear a part. */
  has(id: string): boolean;
  /** Names of the materials of a part, each once, in order. */
  materialsOf(id: string): string[];
}

export function partsOfBody({ parts }: PartList, body: string): PartsOfBody {
  const form = body === "feminine" ? "feminine" : "masculine";
  const fits = (sheet: { body: string }) =>
    sheet.body === "any" || sheet.body === form || sheet.body === body;
  const materials = new Map(
    parts
      .filter(({ sheets }) => sheets.some(fits))
      .map((part) => [part.id, [...new Set(part.materials.map(({ material }) => material))]]),
  );
  return { has: (id) => materials.has(id), materialsOf: (id) => materials.get(id) ?? [] };
}
