/** Numbers by which the parts of a project refer to each other; those of the rules start at the last one. */
export const LDTK_UIDS = { tileset: 1, terrain: 2, auto: 3, tiles: 4, level: 5, group: 6, rule: 7 } as const;

/** Makes the id of an instance: LDtk uses UUIDs; a project needs only a few, and always the same ones. */
export function ldtkIid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** Background color of a level. */
export const LDTK_BACKGROUND = "#1a1c2c";
