import { type Ink, paint } from "./ink.ts";
import { clamp01 } from "./timing.ts";

/** A ball of smoke or fire, in units. */
export interface Puff {
  x: number;
  y: number;
  r: number;
  /** Share of its radius that is hollow: smoke thins out from the inside. */
  hole?: number;
  /** 1: glows in all shades; 0: plain smoke. */
  heat?: number;
  /** Radians, where the bumps of its edge begin. */
  turn?: number;
}

/** A puff as it is planned, before it moves: place, size, delay, and where the bumps of its edge begin. */
export interface Lump {
  dx: number;
  dy: number;
  r: number;
  late: number;
  turn: number;
}

/** Shades of smoke: on the side away from the light, between, on the lit side. */
export type Tones = readonly [dark: number, middle: number, light: number];

/** Where the light comes from: above and a little from the left. */
const LIGHT = { x: -0.5, y: -0.86 };
const BUMP = 0.09;
/** The lit cap and the body of a puff are circles that lie toward the light: their shift and radius as shares of r. */
const CAP = { shift: 0.42, r: 0.42 };
const BODY = { shift: 0.22, r: 0.82 };

/**
 * Draws puffs as balls that cut into each other, so that each keeps its own lit top and dark foot, and the outline is
 * lumpy. A hole lies toward the dark side: what is left of a thin puff is its lit rim.
 */
export function drawPuffs(ink: Ink, puffs: readonly Puff[], tones: Tones): void {
  const drawn = puffs.filter(({ r }) => r > 0.4 * ink.px);
  paint(ink, (x, y) => {
    let front = 0;
    let shade = 0;
    for (const puff of drawn) {
      const hit = hitPuff(puff, x, y);
      if (!hit || hit.height <= front) continue;
      front = hit.height;
      shade = Math.max(toneOf(hit, tones), heatShade(puff.heat ?? 0, hit.depth));
    }
    return shade;
  });
}

interface Hit {
  /** How far the ball reaches toward the viewer. */
  height: number;
  /** 1 in the middle, 0 on the edge. */
  depth: number;
  /** From the middle, as shares of the radius. */
  dx: number;
  dy: number;
}

function hitPuff({ x, y, r, hole = 0, turn = 0 }: Puff, px: number, py: number): Hit | null {
  const [dx, dy] = [(px - x) / r, (py - y) / r];
  const bumps = 1 + BUMP * Math.sin(3 * Math.atan2(dy, dx) + turn);
  const depth = 1 - (dx * dx + dy * dy) / (bumps * bumps);
  if (depth < 0) return null;
  if (hole > 0) {
    const shift = 0.32 * Math.min(1, 1.6 * hole);
    if (Math.hypot(dx + shift * LIGHT.x, dy + shift * LIGHT.y) < hole) return null;
  }
  return { height: r * Math.sqrt(depth) + 0.001, depth, dx, dy };
}

function toneOf({ dx, dy }: Hit, [dark, middle, bright]: Tones): number {
  const isIn = ({ shift, r }: typeof CAP): boolean =>
    Math.hypot(dx - shift * LIGHT.x, dy - shift * LIGHT.y) < r;
  return isIn(CAP) ? bright : isIn(BODY) ? middle : dark;
}

function heatShade(heat: number, depth: number): number {
  return heat <= 0 ? 0 : Math.ceil(6 * clamp01(heat * (0.52 + 0.75 * depth)));
}
