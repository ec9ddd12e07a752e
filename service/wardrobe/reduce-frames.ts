import type { PixelImage } from "../pixel/image.ts";
import type { Canvas } from "./canvas.ts";
import type { ComposedFrames } from "./compose-frames.ts";
import { drawEyes } from "./draw-eyes.ts";
import type { Drawing } from "./draw-layer.ts";
import { type PartRoles, rolesOf } from "./pixel-roles.ts";
import { toImage } from "./to-image.ts";
import { type Grid, Vote } from "./vote.ts";

/** Edges of the cell, in pixels, to which frames can be reduced. */
export const REDUCED_SIZES = [56, 48, 40, 36, 32, 28, 24, 20, 16] as const;
export type ReducedSize = (typeof REDUCED_SIZES)[number];

/** Edge of the cell that characters are drawn in. */
const NATIVE = 64;

/**
 * Edge to which a head is reduced. A face of 6 pixels has room for two eyes, one of 5 has not: at 16 pixels people have
 * large heads.
 */
const HEAD_SIZES: Record<ReducedSize, number> = {
  56: 56,
  48: 48,
  40: 40,
  36: 36,
  32: 32,
  28: 28,
  24: 25,
  20: 22,
  16: 19.5,
};

/** The share of a cell that must be drawn for a pixel, and what is enough for a blade or a staff. */
const COVERED = 0.5;
const THIN_COVERED = 0.3;
/** The share from which a group covers the one before it; with less, it only fills the seam between them. */
const COVERS = 0.35;

/**
 * Makes frames smaller, so that a cell of 64 pixels has `size`: each pixel takes the color of one that was there, by
 * votes within a part, and no color is mixed. The silhouette keeps its outline, blades their shine, and faces are cut by
 * a grid of their own, so that they do not flicker while the head moves. The anchor stays between the feet.
 */
export function reduceFrames(
  { drawings, worn, canvas }: Pick<ComposedFrames, "drawings" | "worn" | "canvas">,
  size: ReducedSize,
): { frames: PixelImage[]; canvas: Canvas } {
  const scale = NATIVE / size;
  const reduced: Canvas = {
    width: Math.round(canvas.width / scale),
    height: Math.round(canvas.height / scale),
    anchor: { x: Math.round(canvas.anchor.x / scale), y: Math.round(canvas.anchor.y / scale) },
  };
  const roles = worn.map(rolesOf);
  const frames = drawings.map((drawing) => {
    const base: Grid = { source: canvas.anchor, target: reduced.anchor, scale };
    return toImage(reduceDrawing(drawing, roles, { canvas: reduced, base, size }), worn);
  });
  return { frames, canvas: reduced };
}

interface Reduction {
  canvas: Canvas;
  base: Grid;
  size: ReducedSize;
}

function reduceDrawing(
  drawing: Drawing,
  roles: readonly PartRoles[],
  { canvas, base, size }: Reduction,
): Drawing {
  const { width, height } = canvas;
  const pixels = new Uint16Array(width * height);
  const outlines = new Uint16Array(width * height);
  const head = headGrid(drawing, base, HEAD_SIZES[size]);
  const passes = [
    { group: "body", grid: base },
    { group: "head", grid: head },
    { group: "held", grid: base },
  ] as const;
  for (const { group, grid } of passes) {
    const vote = new Vote(drawing, roles, group);
    const { left, top, right, bottom } = vote.cellsOf(grid, canvas);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const { winner, darkest, own, all } = vote.at(grid, x, y);
        const thin = roles[(winner >> 8) - 1]?.thin;
        if (winner === 0 || (thin ? own < THIN_COVERED : all < COVERED)) continue;
        if (!thin && own < (group === "held" ? THIN_COVERED : COVERS) && pixels[y * width + x] !== 0)
          continue;
        pixels[y * width + x] = winner;
        outlines[y * width + x] = thin ? 0 : size === 16 ? shadeOf(winner, roles) : darkest;
      }
    }
  }
  drawOutline({ width, height, pixels }, outlines);
  drawEyes({ drawing, roles, grid: head }, { width, height, pixels });
  return { width, height, pixels, head: null };
}

/** The dark side of what a pixel is made of: a full outline would leave a person of 16 pixels little else. */
function shadeOf(number: number, roles: readonly PartRoles[]): number {
  return (number & 0xff00) + (roles[(number >> 8) - 1]?.shades[number & 255] ?? number & 255);
}

/** The grid of a head: its lines follow the head, while its place is that of the body, in whole pixels. */
function headGrid({ head }: Drawing, base: Grid, size: number): Grid {
  if (!head) return base;
  const scale = NATIVE / size;
  const source = { x: Math.floor(head.x), y: head.y + FACE };
  return {
    source,
    target: {
      x: Math.round(base.target.x + (source.x - base.source.x) / base.scale),
      y: Math.round(base.target.y + (source.y - base.source.y) / base.scale),
    },
    scale,
  };
}

/** Rows from the top of a head to the line under its eyes, along which its grid is cut. */
const FACE = 17;

/** Gives the pixels at the edge of the silhouette the darkest color that they cover. */
function drawOutline(
  { width, height, pixels }: { width: number; height: number; pixels: Uint16Array },
  outlines: Uint16Array,
): void {
  const solid = pixels.slice();
  const empty = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && solid[y * width + x] === 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dark = outlines[y * width + x] ?? 0;
      if (dark === 0) continue;
      if (empty(x - 1, y) || empty(x + 1, y) || empty(x, y - 1) || empty(x, y + 1))
        pixels[y * width + x] = dark;
    }
  }
}
