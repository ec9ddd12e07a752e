import { DIRECTIONS } from "../../shared/requests.ts";

/** Directions by their number. Four are in the order of sheets: south, west, east, north. */
const DIRECTION_SETS = {
  1: ["south"],
  4: ["south", "west", "east", "north"],
  8: ["south", "west", "east", "north", "south-west", "south-east", "north-west", "north-east"],
} as const;

/** Lists the directions of a request, each once, in the order of the rows on its sheet. */
export function planDirections({
  directions,
}: {
  directions: keyof typeof DIRECTION_SETS | readonly string[];
}): string[] {
  if (typeof directions === "number") return [...DIRECTION_SETS[directions]];
  const known: readonly string[] = DIRECTIONS;
  return [...new Set(directions)].filter((direction) => known.includes(direction));
}
