import { createImage, type PixelImage, place } from "../image.ts";
import { attach, type Box } from "./attach.ts";

export type PairRelation =
  | "with"
  | "holding"
  | "wearing"
  | "on"
  | "in"
  | "full of"
  | "covered in"
  | "next to";

export interface PairQuestion {
  /** The main thing on its canvas; the result has the same size. */
  readonly main: PixelImage;
  /** Drawings of the other thing in their native sizes, of which the best fitting is taken. May be empty for materials. */
  readonly others: readonly PixelImage[];
  readonly relation: PairRelation;
  /** Head noun of the other thing: "hat", "scarf", "snow". */
  readonly name: string;
  /** Whether the main thing is a person, animal or monster with hands or a head. */
  readonly isFigure: boolean;
}

/** A picture of a pair before it is measured: where the main thing went, and the other. */
export interface Joint {
  readonly image: PixelImage;
  readonly shift: { readonly x: number; readonly y: number };
  readonly other: Box | null;
}

/** Moves a picture within its canvas; what would leave it is lost. */
export function shifted(image: PixelImage, x: number, y: number): PixelImage {
  return x === 0 && y === 0 ? image : place(image, createImage(image.width, image.height), x, y);
}

/** How far a box can and must move so that a second box, which moves along, lies on the canvas. */
export function makeRoom(canvas: PixelImage, box: Box, other: Box): { x: number; y: number } {
  const along = (start: number, length: number, first: number, size: number, edge: number): number => {
    const before = Math.max(0, -start);
    const after = Math.max(0, start + length - edge);
    return before > 0 ? Math.min(before, edge - first - size) : -Math.min(after, first);
  };
  return {
    x: along(other.x, other.width, box.x, box.width, canvas.width),
    y: along(other.y, other.height, box.y, box.height, canvas.height),
  };
}

/** Keeps a box on the canvas. */
export function clampTo(canvas: PixelImage, box: Box): Box {
  return {
    ...box,
    x: Math.max(0, Math.min(canvas.width - box.width, box.x)),
    y: Math.max(0, Math.min(canvas.height - box.height, box.y)),
  };
}

/** Puts a thing in front of the main one at a place, moving both so that they fit. */
export function putInFront(
  main: PixelImage,
  box: Box,
  { item, x, y }: { item: PixelImage; x: number; y: number },
): Joint {
  const wanted = { x, y, width: item.width, height: item.height };
  const shift = makeRoom(main, box, wanted);
  const other = clampTo(main, { ...wanted, x: x + shift.x, y: y + shift.y });
  return { image: attach(shifted(main, shift.x, shift.y), item, other), shift, other };
}
