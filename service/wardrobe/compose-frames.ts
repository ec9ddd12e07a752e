import type { PixelImage } from "../pixel/image.ts";
import { type Canvas, measureCanvas } from "./canvas.ts";
import { drawFrame } from "./draw-frame.ts";
import type { Drawing } from "./draw-layer.ts";
import { type Layer, layersOf } from "./layers.ts";
import type { Wardrobe } from "./open-wardrobe.ts";
import type { Outfit } from "./outfit.ts";
import { HELD_SLOTS, isCarriedIn, type ShownAction, shownAction } from "./shown-action.ts";
import { toImage } from "./to-image.ts";
import { viewOf } from "./turned-view.ts";
import { type WornPart, wornParts } from "./worn-parts.ts";

/** What to compose. */
export interface FramesAsked {
  /** An action of the wardrobe, or "attack": the one that the weapon is made for. */
  action: string;
  /** north, west, south or east; "south-east" and such are the side view with a turned head. */
  direction: string;
  /** Keeps weapon and shield in hand while running and jumping. Otherwise (the default) they are put away then. */
  armed?: boolean;
  /** As canvasFor measured it, for a character whose actions share one; else that of this action. */
  canvas?: Canvas;
}

/** The frames of a character in one action and direction, all of one size. */
export interface ComposedFrames {
  frames: PixelImage[];
  /** The same frames in numbers: the part and its color. */
  drawings: Drawing[];
  /** What is worn, from the body on, as the drawings count it. */
  worn: WornPart[];
  /** Parts with a pixel in these frames, and those whose drawing they follow: those to credit. */
  drawn: string[];
  /** Parts that were not drawn for this action, such as a sword for running. */
  undrawn: string[];
  /** Parts whose frames of this action were made by program from their walk. */
  derived: string[];
  /** What is shown: the action asked for, or what stands in for it. */
  action: string;
  canvas: Canvas;
}

/** The attack of somebody without a weapon. */
const BARE_HANDS = "slash";

/** Composes the frames of a character. Throws as checkOutfit does, and a RangeError for an unknown action. */
export async function composeFrames(
  wardrobe: Wardrobe,
  outfit: Outfit,
  { action, direction, armed = false, canvas }: FramesAsked,
): Promise<ComposedFrames> {
  const worn = wornParts(wardrobe, outfit);
  const { shown, layers } = plan(wardrobe, worn, { action, armed });
  const size = canvas ?? measureCanvas(wardrobe.index, layers, liftOf(shown));
  const cells = await Promise.all(layers.map(({ sheet }) => wardrobe.cellsOf(sheet)));
  const view = viewOf(direction);
  const dressed = layers.map((layer, k) => ({ layer, cells: cells[k] }));
  const drawings = shown.frames.map((frame, i) =>
    drawFrame(wardrobe.index, dressed, { view, frame, strike: i, hop: shown.hops[i] ?? 0, canvas: size }),
  );
  return Object.assign(describe(worn, layers, drawings), { action: shown.action, canvas: size });
}

/** Measures the canvas that all these actions of a character share. Throws as composeFrames does. */
export function canvasFor(
  wardrobe: Wardrobe,
  outfit: Outfit,
  { actions, armed = false }: { actions: readonly string[]; armed?: boolean },
): Canvas {
  const worn = wornParts(wardrobe, outfit);
  const plans = actions.map((action) => plan(wardrobe, worn, { action, armed }));
  const lift = Math.max(0, ...plans.map(({ shown }) => liftOf(shown)));
  return measureCanvas(
    wardrobe.index,
    plans.flatMap(({ layers }) => layers),
    lift,
  );
}

function plan(
  { index }: Wardrobe,
  worn: readonly WornPart[],
  { action, armed }: { action: string; armed: boolean },
) {
  const attack = worn.find(({ part }) => part.attack !== undefined)?.part.attack ?? BARE_HANDS;
  const shown = shownAction(index, worn, { action: action === "attack" ? attack : action, armed });
  const layers = layersOf(index, worn, shown);
  const inHand = armed || !isCarriedIn(action);
  return {
    shown,
    layers: inHand ? layers : layers.filter(({ worn: { part } }) => !HELD_SLOTS.has(part.slot)),
  };
}

function liftOf({ hops }: ShownAction): number {
  return -Math.min(0, ...hops);
}

function describe(
  worn: readonly WornPart[],
  layers: readonly Layer[],
  drawings: Drawing[],
): Omit<ComposedFrames, "action" | "canvas"> {
  const shown = new Set(layers.map(({ owner }) => owner));
  const seen = ownersIn(drawings, worn.length);
  const derived = layers.filter(({ owner, sheet }) => seen.has(owner) && sheet.derived);
  const followed = derived.flatMap(({ sheet }) => sheet.after ?? []);
  const ids = (which: (owner: number) => boolean) =>
    worn.filter((_, i) => which(i)).map(({ part }) => part.id);
  let frames: PixelImage[] | undefined;
  return {
    // Only made if they are not reduced: who reduces takes the drawings.
    get frames() {
      frames ??= drawings.map((drawing) => toImage(drawing, worn));
      return frames;
    },
    drawings,
    worn: [...worn],
    drawn: [...new Set([...ids((i) => seen.has(i)), ...followed])],
    undrawn: ids((i) => !shown.has(i)),
    derived: [...new Set(derived.map(({ owner }) => worn[owner]?.part.id ?? ""))],
  };
}

/** Numbers of the parts that have a pixel in some drawing. */
function ownersIn(drawings: readonly Drawing[], count: number): Set<number> {
  const seen = new Uint8Array(count + 1);
  for (const { pixels } of drawings) for (let p = 0; p < pixels.length; p++) seen[(pixels[p] ?? 0) >> 8] = 1;
  return new Set(Array.from({ length: count }, (_, i) => i).filter((i) => seen[i + 1] === 1));
}
