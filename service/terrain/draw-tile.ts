import { createImage, type PixelImage } from "../pixel/image.ts";
import { setColor } from "../pixel/parse-hex.ts";
import type { Ground, Grounds } from "./ground.ts";
import type { Level, LevelMap } from "./level-map.ts";
import { colorOn } from "./torus.ts";

/** Blades along an edge, 1 = there is one: two and three pixels wide, in a pattern that divides common tile sizes. */
const BLADES = [1, 1, 0, 0, 1, 1, 1, 0] as const;

/** Whether a blade hangs in a column of a tile. */
export function hasBlade(x: number): boolean {
  return BLADES[((x % BLADES.length) + BLADES.length) % BLADES.length] === 1;
}

export interface TileDrawing {
  width: number;
  height: number;
  grounds: Grounds;
  levels: LevelMap;
  /** Height in pixels of the visible southern face of hard ground: 0 to AROUND - 3. */
  depth: number;
}

interface Spot {
  x: number;
  y: number;
  level: Level;
  ground: Ground;
}

/**
 * Draws one tile in the colors of its grounds: textures, and along their borders what a pixel artist would draw. Light
 * comes from the top left. The higher ground gets a dark outline, a light rim toward the light and, below its southern
 * rim, its face or hanging blades; the lower one gets a shadow or foam. Looks no farther than AROUND pixels.
 */
export function drawTile(drawing: TileDrawing): PixelImage {
  const { width, height, levels } = drawing;
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const level = levels.at(x, y);
      const ground = groundAt(drawing, level);
      const color = colorOf(drawing, { x, y, level, ground });
      if (color === null) continue;
      const offset = 4 * (y * width + x);
      setColor(image.data, offset, color);
      image.data[offset + 3] = 255;
    }
  }
  return image;
}

function colorOf(drawing: TileDrawing, spot: Spot): number | null {
  const { x, y, ground } = spot;
  if (ground.texture === null) return null;
  return (
    lineColor(drawing, spot) ??
    sideColor(drawing, spot) ??
    shoreColor(drawing, spot) ??
    rimColor(drawing, spot) ??
    colorOn(ground.texture, x, y)
  );
}

/** The dark outline: the outermost pixels of the higher ground. */
function lineColor(drawing: TileDrawing, spot: Spot): number | null {
  const { x, y, ground } = spot;
  const isLower = (dx: number, dy: number): boolean => ranks(drawing, spot, x + dx, y + dy) < 0;
  if (!isLower(0, 1) && !isLower(1, 0) && !isLower(-1, 0) && !isLower(0, -1)) return null;
  return ground.colors.line;
}

/** Below a southern rim: the face of hard ground, hanging blades of grass, then the shadow. */
function sideColor(drawing: TileDrawing, spot: Spot): number | null {
  const { x, y, ground } = spot;
  for (let up = 1; up <= drawing.depth + 1; up++) {
    if (ranks(drawing, spot, x, y - up) <= 0) continue;
    const above = groundAt(drawing, drawing.levels.at(x, y - up));
    const side = above.style === "hard" ? drawing.depth : above.style === "grassy" ? 1 : 0;
    if (up <= side) {
      if (above.style === "hard") return above.colors.face;
      if (hasBlade(x)) return above.colors.line;
    }
    if (ground.style === "liquid") return null;
    return up <= Math.max(1, side + 1) ? ground.colors.shadow : null;
  }
  return null;
}

/** Foam where a liquid meets something higher, or its face. */
function shoreColor(drawing: TileDrawing, spot: Spot): number | null {
  const { x, y, ground } = spot;
  if (ground.style !== "liquid") return null;
  const isHigher = (dx: number, dy: number): boolean => ranks(drawing, spot, x + dx, y + dy) > 0;
  const touches = isHigher(0, 1) || isHigher(1, 0) || isHigher(-1, 0);
  if (touches) return ground.colors.foam;
  for (let up = 1; up <= drawing.depth + 1; up++) {
    if (!isHigher(0, -up)) continue;
    const above = groundAt(drawing, drawing.levels.at(x, y - up));
    const side = above.style === "hard" ? drawing.depth : above.style === "grassy" ? 1 : 0;
    return up <= side + 1 ? ground.colors.foam : null;
  }
  return null;
}

/** The light rim: the second row of pixels of the higher ground where it faces the light. */
function rimColor(drawing: TileDrawing, spot: Spot): number | null {
  const { x, y, ground } = spot;
  const isLower = (dx: number, dy: number): boolean => ranks(drawing, spot, x + dx, y + dy) < 0;
  const facesLight = isLower(0, -2) || isLower(-2, 0) || (isLower(-1, -1) && !isLower(1, 1));
  if (!facesLight) return null;
  if (ground.style === "grassy" && !hasBlade(x + y)) return null;
  return ground.colors.rim;
}

/** Whether the ground at a place is higher (> 0) or lower (< 0) than that of a spot, or the same (0). */
function ranks(drawing: TileDrawing, { level, ground }: Spot, x: number, y: number): number {
  const other = drawing.levels.at(x, y);
  if (other === level) return 0;
  return groundAt(drawing, other).height - ground.height || other - level;
}

function groundAt({ grounds }: TileDrawing, level: Level): Ground {
  if (level === 2) return grounds.upper;
  return level === 1 ? (grounds.between ?? grounds.upper) : grounds.lower;
}
