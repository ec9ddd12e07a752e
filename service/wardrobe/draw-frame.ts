import type { Canvas } from "./canvas.ts";
import { type CapeLayer, drawCapeBehind } from "./draw-cape.ts";
import { type Drawing, drawCell, drawTurned, findCell, type Placed, topOfCell } from "./draw-layer.ts";
import type { Layer } from "./layers.ts";
import { isOnHead } from "./pixel-roles.ts";
import type { Cells } from "./read-cells.ts";
import type { TurnedView } from "./turned-view.ts";
import type { WardrobeIndex } from "./wardrobe-index.ts";

/** A layer with its decoded cells. */
export interface DressedLayer {
  layer: Layer;
  cells: Cells | undefined;
}

/** Which frame to draw, and where. */
interface FrameAsked {
  view: TurnedView;
  /** Frame of the body. */
  frame: number;
  /** Frame of what counts its own. */
  strike: number;
  /** Rows by which it is moved. */
  hop: number;
  canvas: Canvas;
}

/** A head that is not seen from where the body is: where it sits, and its middle in the cell. */
interface TurnedHead {
  side: string;
  columns: number;
  middle: number;
  dx: number;
  dy: number;
}

/** Draws one frame of a character, its layers from back to front. */
export function drawFrame(index: WardrobeIndex, layers: readonly DressedLayer[], asked: FrameAsked): Drawing {
  const { width, height } = asked.canvas;
  const drawing: Drawing = { width, height, pixels: new Uint16Array(width * height), head: null };
  const turned = turnedHead(index, layers, asked);
  const capes = asked.view.side === "south" ? capesBehind(index, layers, asked) : [];
  if (capes.length > 0) drawCapeBehind(drawing, capes, asked.canvas.anchor);
  for (const one of layers) {
    const { worn, owner } = one.layer;
    const head = isOnHead(worn.part.slot) ? turned : null;
    const placed = placeLayer(index, one, { ...asked, side: head?.side ?? asked.view.side });
    if (!placed) continue;
    const size = sizeOf(index, one);
    if (head) {
      placed.at = { x: placed.at.x + head.dx, y: placed.at.y + head.dy };
      drawTurned(drawing, placed, { owner, size, turn: head });
    } else drawCell(drawing, placed, { owner, size });
    if (worn.part.slot === "head") drawing.head = topOfCell(placed, size);
  }
  return drawing;
}

/** Finds the backs of the capes that somebody who faces us wears: none where an action is drawn from one side only. */
function capesBehind(index: WardrobeIndex, layers: readonly DressedLayer[], asked: FrameAsked): CapeLayer[] {
  return layers.flatMap((one) => {
    const { worn, owner } = one.layer;
    if (worn.part.slot !== "cape") return [];
    const [front, placed] = ["south", "north"].map((side) => placeLayer(index, one, { ...asked, side }));
    if (!front || !placed || front.cell.first === placed.cell.first) return [];
    return [{ placed, worn, owner, size: sizeOf(index, one) }];
  });
}

function sizeOf(index: WardrobeIndex, { layer: { sheet } }: DressedLayer): number {
  return index.big[sheet.layout]?.cell ?? index.cell;
}

function placeLayer(
  index: WardrobeIndex,
  one: DressedLayer,
  { side, frame, strike, hop, canvas }: FrameAsked & { side: string },
): Placed | null {
  const { sheet, action, direction = side, frame: held, strikes } = one.layer;
  const cell = findCell(index, sheet, { action, direction, frame: held ?? (strikes ? strike : frame) });
  if (!cell || !one.cells) return null;
  const offset = (index.cell - sizeOf(index, one)) / 2;
  const at = {
    x: canvas.anchor.x - index.anchor.x + offset,
    y: canvas.anchor.y - index.anchor.y + offset + hop,
  };
  return { sheet, cells: one.cells, cell, at };
}

/** Finds how far a head from the front is from the head from the side, which it replaces; null where none is turned. */
function turnedHead(
  index: WardrobeIndex,
  layers: readonly DressedLayer[],
  asked: FrameAsked,
): TurnedHead | null {
  const { head, side } = asked.view;
  const own = layers.find(({ layer }) => layer.worn.part.slot === "head");
  if (!head || !own) return null;
  const size = sizeOf(index, own);
  const [there, here] = [side, head.side].map((one) => placeLayer(index, own, { ...asked, side: one }));
  // Who climbs or falls is seen from one side only.
  if (!there || !here || there.cell.first === here.cell.first) return null;
  const [to, from] = [topOfCell(there, size), topOfCell(here, size)];
  if (!to || !from) return null;
  const middle = from.x - here.at.x;
  return { ...head, middle, dx: Math.round(to.x - from.x), dy: to.y - from.y };
}
