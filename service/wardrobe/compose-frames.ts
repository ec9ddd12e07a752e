import type { PixelImage } from "../pixel/image.ts";
import { type Canvas, measureCanvas } from "./canvas.ts";
import { type Drawing, drawCell, findCell, topOfCell } from "./draw-layer.ts";
import { type Layer, layersOf } from "./layers.ts";
import type { Wardrobe } from "./open-wardrobe.ts";
import type { Outfit } from "./outfit.ts";
import type { Cells } from "./read-cells.ts";
import { type ShownAction, shownAction } from "./shown-action.ts";
import { toImage } from "./to-image.ts";
import { type WornPart, wornParts } from "./worn-parts.ts";

/** What to compose. */
export interface FramesAsked {
  /** An action of the wardrobe, or "attack": the one that the weapon is made for. */
  action: string;
  /** north, west, south or east; between two of them, the side view stands in. */
  direction: string;
  /**
   * Keeps weapon and shield in hand: who has none for running walks, who has none for jumping hops. Otherwise (the
   * default) the body runs and they are not drawn.
   */
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
  /** Parts with a pixel in these frames: those to credit. */
  drawn: string[];
  /** Parts that were not drawn for this action, such as a sword for running. */
  undrawn: string[];
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
  const side = direction.endsWith("west") ? "west" : direction.endsWith("east") ? "east" : direction;
  const drawings = shown.frames.map((frame, i) => {
    const drawing = emptyDrawing(size);
    const hop = shown.hops[i] ?? 0;
    for (const [k, layer] of layers.entries()) {
      const shownFrame = layer.frame ?? (layer.strikes ? i : frame);
      const asked = { direction: side, frame: shownFrame, hop };
      drawLayer(drawing, { wardrobe, layer, cells: cells[k] }, { ...asked, canvas: size });
    }
    return drawing;
  });
  return { ...describe(worn, layers, drawings), action: shown.action, canvas: size };
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
  return { shown, layers: layersOf(index, worn, shown) };
}

function liftOf({ hops }: ShownAction): number {
  return -Math.min(0, ...hops);
}

function emptyDrawing({ width, height }: Canvas): Drawing {
  return {
    width,
    height,
    pixels: new Uint16Array(width * height),
    head: null,
  };
}

function drawLayer(
  drawing: Drawing,
  { wardrobe: { index }, layer, cells }: { wardrobe: Wardrobe; layer: Layer; cells: Cells | undefined },
  asked: { direction: string; frame: number; hop: number; canvas: Canvas },
): void {
  const { sheet, worn, owner, action, direction = asked.direction } = layer;
  const cell = findCell(index, sheet, { action, direction, frame: asked.frame });
  if (!cell || !cells) return;
  const size = index.big[sheet.layout]?.cell ?? index.cell;
  const offset = (index.cell - size) / 2;
  const at = {
    x: asked.canvas.anchor.x - index.anchor.x + offset,
    y: asked.canvas.anchor.y - index.anchor.y + offset + asked.hop,
  };
  const placed = { sheet, cells, cell, at };
  drawCell(drawing, placed, { owner, size });
  if (worn.part.slot === "head") drawing.head = topOfCell(placed, size);
}

function describe(worn: readonly WornPart[], layers: readonly Layer[], drawings: readonly Drawing[]) {
  const shown = new Set(layers.map(({ owner }) => owner));
  const seen = new Set<number>();
  for (const { pixels } of drawings) for (const pixel of pixels) if (pixel > 0) seen.add((pixel >> 8) - 1);
  return {
    frames: drawings.map((drawing) => toImage(drawing, worn)),
    drawings: [...drawings],
    worn: [...worn],
    drawn: worn.filter((_, i) => seen.has(i)).map(({ part }) => part.id),
    undrawn: worn.filter((_, i) => !shown.has(i)).map(({ part }) => part.id),
  };
}
