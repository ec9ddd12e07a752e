import { HELD_SLOTS, type ShownAction, type StandIn, sheetsWith, standIns } from "./shown-action.ts";
import type { WardrobeIndex, WardrobeSheet } from "./wardrobe-index.ts";
import type { WornPart } from "./worn-parts.ts";

/** A sheet in its place between the others, and what it shows. */
export interface Layer extends StandIn {
  sheet: WardrobeSheet;
  worn: WornPart;
  /** Number of its part among the worn ones. */
  owner: number;
  /** Its frames are counted by the weapon, not by the body. */
  strikes: boolean;
}

/** Orders the sheets of all worn parts from back to front, equals in the order of the parts. */
export function layersOf(index: WardrobeIndex, worn: readonly WornPart[], shown: ShownAction): Layer[] {
  return worn
    .flatMap((one, owner) => {
      const struck = shown.strike === undefined ? [] : sheetsWith(index, one.sheets, shown.strike);
      if (shown.strike !== undefined && struck.length > 0) {
        const action = shown.strike;
        return struck.map((sheet) => ({ sheet, worn: one, owner, action, strikes: true }));
      }
      const { action, frame, direction } = shown;
      const held: StandIn = {
        action,
        ...(frame === undefined ? {} : { frame }),
        ...(direction ? { direction } : {}),
      };
      return findSheets(index, one, held).map((found) => ({ ...found, worn: one, owner, strikes: false }));
    })
    .sort((a, b) => a.sheet.z - b.sheet.z);
}

function findSheets(
  index: WardrobeIndex,
  worn: WornPart,
  shown: StandIn,
): (StandIn & { sheet: WardrobeSheet })[] {
  const found = sheetsWith(index, worn.sheets, shown.action);
  if (found.length > 0) return found.map((sheet) => ({ ...shown, sheet }));
  // Left out rather than drawn beside the hand.
  if (HELD_SLOTS.has(worn.part.slot) && shown.action !== "idle") return [];
  for (const other of standIns(index, shown)) {
    const instead = findSheets(index, worn, other);
    if (instead.length > 0) return instead;
  }
  return [];
}
