import type { WardrobeIndex, WardrobeSheet } from "./wardrobe-index.ts";
import type { WornPart } from "./worn-parts.ts";

/** Slots that a hand holds. */
export const HELD_SLOTS: ReadonlySet<string> = new Set(["weapon", "shield"]);

/** Slots that cover arms and legs: a sleeve of another action would float beside the arm. */
const LIMB_SLOTS: ReadonlySet<string> = new Set(["torso", "jacket", "arms", "hands", "legs", "feet"]);

/** Actions in which a character may keep what he holds or put it away. */
const CARRIED = new Set(["run", "jump", "combat_idle"]);

/** Whether what is held can be put away in an action. */
export function isCarriedIn(action: string): boolean {
  return CARRIED.has(action);
}

/** An action, or what stands in for it: one frame of another, or another direction. */
export interface StandIn {
  action: string;
  /** The one frame that is held. */
  frame?: number;
  direction?: string;
}

/** What a character does when an action is asked of it. */
export interface ShownAction extends StandIn {
  /** Frames of the body, in order. */
  frames: readonly number[];
  /** Rows by which each frame is moved, for who has no jump. */
  hops: readonly number[];
  /** Action of the weapon, where its frames are not those of the body. */
  strike?: string;
}

/** The sheets that show an action; where a part has it in big cells, these are meant. */
export function sheetsWith(
  index: WardrobeIndex,
  sheets: readonly WardrobeSheet[],
  action: string,
): WardrobeSheet[] {
  const small = sheets.filter(({ actions }) => actions && Object.hasOwn(actions, action));
  const big = sheets.filter(({ layout }) => index.big[layout]?.action === action);
  return big.length > 0 && !(small.length > 0 && action === "walk") ? big : small;
}

/** What stands in for an action, nearest first, each followed by its own stand-ins. */
export function standIns(index: WardrobeIndex, { action, ...held }: StandIn): StandIn[] {
  return (index.fallback[action] ?? []).map((entry) => {
    const [name = entry, how] = entry.split(":");
    if (how === undefined) return { ...held, action: name };
    return /^\d+$/.test(how)
      ? { ...held, action: name, frame: Number(how) }
      : { ...held, action: name, direction: how };
  });
}

/**
 * Finds what a character shows for an action. Body, legs, skirt and robe go together: if no part of such a slot has the
 * action, all show what stands in, or legs would step out of a standing robe; and so for each sleeve and greave.
 * `armed`: also for weapons and shields in run, jump and combat_idle. Throws a RangeError
 * for an unknown action.
 */
export function shownAction(
  index: WardrobeIndex,
  worn: readonly WornPart[],
  { action: asked, armed }: { action: string; armed: boolean },
): ShownAction {
  const bearing = bearingParts(index, worn, armed && isCarriedIn(asked));
  const own = Object.values(index.big).find((big) => big.action === asked && big.body_frames);
  const shown = findShown(index, bearing, own?.body_action ?? asked);
  const still = { frames: [shown.frame ?? 0], hops: [0] };
  if (own?.body_frames) {
    const frames = shown.frame === undefined ? own.body_frames : own.body_frames.map(() => shown.frame ?? 0);
    return { ...shown, frames, hops: frames.map(() => 0), strike: asked };
  }
  if (asked === "jump" && shown.action !== "jump") {
    return { ...shown, frames: index.hop.map(() => shown.frame ?? 0), hops: index.hop };
  }
  if (shown.frame !== undefined) return { ...shown, ...still };
  // What cannot be seen in the walk is the standing frame at its beginning.
  const { first, frames: count } = index.loops[shown.action] ?? {
    first: 0,
    frames: countFrames(index, shown.action),
  };
  const frames = Array.from({ length: count }, (_, i) => first + i);
  return { ...shown, frames, hops: frames.map(() => 0) };
}

/** The worn parts that keep a character from an action: without them it would show the action itself. */
export function partsWithout(
  index: WardrobeIndex,
  worn: readonly WornPart[],
  { action, armed }: { action: string; armed: boolean },
): WornPart[] {
  return bearingParts(index, worn, armed && isCarriedIn(action))
    .filter((group) => group.every(({ sheets }) => sheetsWith(index, sheets, action).length === 0))
    .flat();
}

/** Parts of which one in each group must have an action for the character to show it. */
function bearingParts(index: WardrobeIndex, worn: readonly WornPart[], armed: boolean): WornPart[][] {
  const slots = index.bearing_slots.map((slot) => worn.filter(({ part }) => part.slot === slot));
  const limbs = worn.filter(({ part }) => LIMB_SLOTS.has(part.slot)).map((one) => [one]);
  // A club that is not carried while walking cannot be carried while running.
  const carried = worn.filter(
    ({ part, sheets }) => HELD_SLOTS.has(part.slot) && sheetsWith(index, sheets, "walk").length > 0,
  );
  return [
    ...slots.filter((ofSlot) => ofSlot.length > 0),
    ...limbs,
    ...(armed ? carried.map((one) => [one]) : []),
  ];
}

function findShown(index: WardrobeIndex, bearing: readonly WornPart[][], action: string): StandIn {
  countFrames(index, action);
  const queue: StandIn[] = [{ action }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { action: name } = next;
    const shows = ({ sheets }: WornPart) => sheetsWith(index, sheets, name).length > 0;
    if (bearing.every((ofSlot) => ofSlot.some(shows))) return next;
    queue.push(...standIns(index, next));
  }
  return { action: "walk", frame: 0 };
}

function countFrames(index: WardrobeIndex, action: string): number {
  for (const { actions } of Object.values(index.layouts)) {
    if (Object.hasOwn(actions, action)) return actions[action]?.frames ?? 0;
  }
  const big = Object.values(index.big).find((one) => one.action === action);
  if (!big) throw new RangeError(`The wardrobe has no action ${action}.`);
  return big.frames;
}
