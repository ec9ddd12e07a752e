import type { ShapeStyle, TilesetType } from "../../shared/asset.ts";
import { seededRandom } from "../pixel/random.ts";
import { CORNER, EDGE, joinOf, LOWER_ONLY, NEIGHBOR } from "./tile-forms.ts";

/** What decides where the border between the two terrains runs through a tile. Sizes in pixels. */
export interface BorderShape {
  type: TilesetType;
  mask: number;
  width: number;
  height: number;
  style: ShapeStyle;
  /** 0 to 1. */
  raggedness: number;
  seed: number;
}

/** How far the border of a cell stays away from a neighbor of the lower terrain, as a share of a tile. */
const INSET = 0.19;
/** Half the width of a path, as a share of a tile. */
const PATH = 0.28;
/** Where two paths meet, their corners are filled over this share of a tile. */
const FILLET = 0.18;
/** Maximum number of pixels by which raggedness moves a border, as a share of a tile. */
const RAGGED = 0.16;
/** Share of a tile at its edges without raggedness: any narrower, and the border would jump by a pixel or two at each seam. */
const STRAIGHT = 0.15;
/** Share of a tile over which raggedness fades in from there. */
const FADE = 0.2;
/** Roundness of the corners of a square shape: the exponent of a p-norm. */
const SQUARE_NORM = 6;

/** How far the border of a blob stays away from the edge of the tile, in pixels. */
export function insetOf(width: number, height: number): number {
  return Math.max(3, Math.round(INSET * Math.min(width, height)));
}

/**
 * Makes the field whose zero line is the border: roughly the distance to it in pixels, positive in the upper terrain.
 * Takes a place inside the tile, in pixels from its top left. On an edge of the tile the field depends only on
 * what is known about that edge, never on the rest of the mask, so that all tiles that may be neighbors fit together.
 */
export function borderField(shape: BorderShape): (x: number, y: number) => number {
  const { type, mask, width, height, raggedness } = shape;
  const size = Math.min(width, height);
  const plain = plainField(shape, size);
  if (mask === LOWER_ONLY || raggedness === 0) return plain;
  const noise = smoothNoise((shape.seed ^ Math.imul(mask + 1, 0x9e3779b1)) >>> 0);
  const most = (type === "edge16" ? 0.6 : 1) * RAGGED * raggedness * size;
  return (x, y) => {
    const away = (Math.min(x, width - x, y, height - y) / size - STRAIGHT) / FADE;
    const shown = smoothStep(Math.max(0, Math.min(1, away)));
    return plain(x, y) + most * shown * noise(x / width, y / height);
  };
}

function plainField({ type, mask, width, height, style }: BorderShape, size: number) {
  const norm = style === "round" ? 2 : SQUARE_NORM;
  const join = joinOf(type);
  // Places as shares of the tile times its shorter edge, so that the border meets every edge in its middle.
  const scaled = (field: (x: number, y: number) => number) => (x: number, y: number) =>
    field((x / width) * size, (y / height) * size);
  if (mask === LOWER_ONLY) return () => -size;
  if (join === "corner") return scaled(cornerField(mask, size, norm));
  if (join === "edge") return scaled(edgeField(mask, size, style));
  return blobField({ mask, width, height, inset: insetOf(width, height), norm });
}

function cornerField(mask: number, size: number, norm: number): (x: number, y: number) => number {
  const isUpper = (bit: number): boolean => (mask & bit) !== 0;
  const { NW, NE, SW, SE } = CORNER;
  if (mask === 0) return () => -size;
  if (mask === 15) return () => size;
  if (mask === (NW | NE)) return (_, y) => size / 2 - y;
  if (mask === (SW | SE)) return (_, y) => y - size / 2;
  if (mask === (NW | SW)) return (x) => size / 2 - x;
  if (mask === (NE | SE)) return (x) => x - size / 2;
  const places = [
    { bit: NW, x: 0, y: 0 },
    { bit: NE, x: size, y: 0 },
    { bit: SW, x: 0, y: size },
    { bit: SE, x: size, y: size },
  ];
  const upper = places.filter(({ bit }) => isUpper(bit));
  const around = upper.length === 3 ? places.filter(({ bit }) => !isUpper(bit)) : upper;
  const sign = upper.length === 3 ? -1 : 1;
  return (x, y) => {
    const distances = around.map((corner) => length(x - corner.x, y - corner.y, norm));
    return sign * (size / 2 - Math.min(...distances));
  };
}

function edgeField(mask: number, size: number, style: ShapeStyle): (x: number, y: number) => number {
  const middle = size / 2;
  const half = PATH * size;
  const fillet = style === "round" ? FILLET * size : 0.5;
  const ends = [
    { bit: EDGE.N, dx: 0, dy: -1 },
    { bit: EDGE.E, dx: 1, dy: 0 },
    { bit: EDGE.S, dx: 0, dy: 1 },
    { bit: EDGE.W, dx: -1, dy: 0 },
  ].filter(({ bit }) => (mask & bit) !== 0);
  const norm = style === "round" ? 2 : SQUARE_NORM;
  if (ends.length === 0) return (x, y) => 1.15 * half - length(x - middle, y - middle, norm);
  return (x, y) => {
    let inside = Number.NEGATIVE_INFINITY;
    for (const { dx, dy } of ends) {
      const along = Math.max(0, (x - middle) * dx + (y - middle) * dy);
      const arm = half - length(x - middle - along * dx, y - middle - along * dy, norm);
      inside = smoothMax(inside, arm, fillet);
    }
    return inside;
  };
}

interface BlobShape {
  mask: number;
  width: number;
  height: number;
  inset: number;
  norm: number;
}

function blobField({ mask, width, height, inset, norm }: BlobShape): (x: number, y: number) => number {
  const isOpen = (bit: number): boolean => (mask & bit) === 0;
  const { N, NE, E, SE, S, SW, W, NW } = NEIGHBOR;
  const far = Math.max(width, height);
  const size = Math.min(width, height);
  const radius = norm === 2 ? Math.max(2, Math.min(size / 2 - inset, 0.36 * size)) : 1.5;
  const notches = [
    { bit: NE, beside: N | E, x: width, y: 0 },
    { bit: SE, beside: S | E, x: width, y: height },
    { bit: SW, beside: S | W, x: 0, y: height },
    { bit: NW, beside: N | W, x: 0, y: 0 },
  ].filter(({ bit, beside }) => isOpen(bit) && (mask & beside) === beside);
  return (x, y) => {
    const across = Math.min(isOpen(W) ? x - inset : far, isOpen(E) ? width - x - inset : far);
    const down = Math.min(isOpen(N) ? y - inset : far, isOpen(S) ? height - y - inset : far);
    // A rectangle with rounded corners.
    const a = Math.max(0, radius - across);
    const b = Math.max(0, radius - down);
    let inside = a > 0 && b > 0 ? radius - length(a, b, norm) : Math.min(across, down);
    for (const notch of notches) inside = Math.min(inside, length(x - notch.x, y - notch.y, norm) - inset);
    return inside;
  };
}

function length(x: number, y: number, norm: number): number {
  if (norm === 2) return Math.hypot(x, y);
  return (Math.abs(x) ** norm + Math.abs(y) ** norm) ** (1 / norm);
}

/** Polynomial smooth maximum (I. Quilez, "smooth minimum"): equals the larger one where they differ by `width` or more. */
function smoothMax(one: number, other: number, width: number): number {
  if (!Number.isFinite(one)) return other;
  const near = Math.max(0, width - Math.abs(one - other));
  return Math.max(one, other) + (near * near) / (4 * width);
}

function smoothStep(t: number): number {
  return t * t * (3 - 2 * t);
}

/** Value noise on a lattice of 4 x 4 cells, -1 to 1, for places from 0 to 1. */
function smoothNoise(seed: number): (u: number, v: number) => number {
  const cells = 4;
  const random = seededRandom(seed);
  const values = Float64Array.from({ length: (cells + 1) ** 2 }, () => 2 * random() - 1);
  return (u, v) => {
    const x = Math.min(cells - 1, Math.floor(u * cells));
    const y = Math.min(cells - 1, Math.floor(v * cells));
    const s = smoothStep(u * cells - x);
    const t = smoothStep(v * cells - y);
    const at = (dx: number, dy: number): number => values[(y + dy) * (cells + 1) + x + dx]!;
    const top = at(0, 0) * (1 - s) + at(1, 0) * s;
    return top * (1 - t) + (at(0, 1) * (1 - s) + at(1, 1) * s) * t;
  };
}
