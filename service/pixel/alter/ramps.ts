import type { PixelImage } from "../image.ts";
import { clamp, type Oklch, turn } from "./oklch.ts";
import { type Swatch, swatchesOf } from "./swatches.ts";

/** Colors of a sprite that shade one thing: one family of hues, or grays, from dark to light. */
export interface Ramp {
  readonly kind: "outline" | "neutral" | "color";
  /** 0xRRGGBB, dark to light. */
  readonly colors: readonly number[];
  /** Mean over its pixels: hue from the mean a and b, chroma the mean of chromas. */
  readonly mean: Oklch;
  /** Number of its pixels. */
  readonly area: number;
}

/** Below this chroma a color is a gray; very dark and very light ones need more to look colored. */
const GRAY = 0.032;
const DARK = 0.3;
/** Outline can be this light if it is dark for its sprite. */
const TINTED = 0.42;
/** A color with this share of the rim surrounds the thing, however thick a line it is. */
const MOST_RIM = 0.55;
/** Share of the pixels of a dark color at the rim from which it is outline. */
const RIM = 0.4;
/** Outline that covers more than this is the thing itself (a black bat). */
const MOST_OUTLINE = 0.5;
/** A step in lightness that parts black from white in a sprite of grays. */
const GRAY_GAP = 0.27;
/** Colors whose means differ by no more than this (degrees of hue, lessened for dull colors) are one ramp. */
const SAME_RAMP = 30;
/** Dark grays of at least this share are a thing of their own; fewer are the shadows of what they touch. */
const DARK_SHARE = 0.1;

/** Groups the colors of a sprite into ramps, largest first; every color is in exactly one of them. */
export function findRamps(image: PixelImage): Ramp[] {
  const swatches = swatchesOf(image);
  const all = [...swatches.values()];
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const outline = outlineOf(all, total);
  const inside = all.filter((swatch) => !outline.has(swatch));
  const grays = inside.filter((swatch) => isGray(swatch));
  const darks = grays.filter(({ l }) => l < DARK);
  const isShadow = areaOf(darks) < DARK_SHARE * total && darks.length < inside.length;
  const shadows = new Set(isShadow ? darks : []);
  const neutral = splitAtGaps(grays.filter((swatch) => !shadows.has(swatch)));
  const colored = joinHues(inside.filter((swatch) => !isGray(swatch)));
  const groups = [...neutral, ...colored];
  for (const shadow of shadows) closestGroup(groups, shadow)?.push(shadow);
  const ramps = groups.map((group) => rampOf(isNeutral(group) ? "neutral" : "color", group));
  if (outline.size > 0) ramps.push(rampOf("outline", [...outline]));
  return ramps.sort((a, b) => b.area - a.area || a.colors[0]! - b.colors[0]!);
}

/** Whether a color looks gray. */
export function isGray({ l, c }: Oklch): boolean {
  return c < GRAY * (1 + 0.6 * clamp((0.4 - l) / 0.25, 0, 1) + 0.3 * clamp((l - 0.85) / 0.1, 0, 1));
}

function outlineOf(all: readonly Swatch[], total: number): Set<Swatch> {
  const mean = all.reduce((sum, { l, count }) => sum + l * count, 0) / Math.max(1, total);
  const rims = all.reduce((sum, { rim }) => sum + rim, 0);
  const dark = all.filter(({ l, c, rim, count }) => {
    if (l < DARK && c < 0.055 && (l < 0.12 || rim >= RIM * count)) return true;
    const surrounds = rim >= RIM * count || rim >= MOST_RIM * rims;
    return l < TINTED && c < 0.08 && l < mean - 0.1 && surrounds;
  });
  const rest = all.filter((swatch) => !dark.includes(swatch));
  return areaOf(dark) > MOST_OUTLINE * total && areaOf(rest) < 0.22 * total ? new Set() : new Set(dark);
}

function areaOf(group: readonly Swatch[]): number {
  return group.reduce((sum, { count }) => sum + count, 0);
}

function isNeutral(group: readonly Swatch[]): boolean {
  return isGray(meanOf(group));
}

/** Cuts grays where a large step in lightness has many pixels on both sides. */
function splitAtGaps(grays: readonly Swatch[]): Swatch[][] {
  const sorted = [...grays].sort((a, b) => a.l - b.l);
  const total = areaOf(sorted);
  const groups: Swatch[][] = [];
  let group: Swatch[] = [];
  for (const swatch of sorted) {
    const last = group.at(-1);
    const isGap = last !== undefined && swatch.l - last.l > GRAY_GAP;
    if (isGap && areaOf(group) > 0.06 * total) {
      groups.push(group);
      group = [];
    }
    group.push(swatch);
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

/** Joins colors of similar hue, the most similar groups first. */
function joinHues(colors: readonly Swatch[]): Swatch[][] {
  const bins = new Map<number, Swatch[]>();
  for (const swatch of colors) {
    const bin = Math.floor((swatch.h + Math.PI) / (Math.PI / 36)) * 2 + (swatch.c < 0.075 ? 0 : 1);
    bins.set(bin, [...(bins.get(bin) ?? []), swatch]);
  }
  const groups = [...bins].sort(([a], [b]) => a - b).map(([, group]) => ({ group, mean: meanOf(group) }));
  const costs = groups.map((one) => groups.map((other) => hueCost(one.mean, other.mean)));
  for (;;) {
    let best = { i: -1, j: -1, cost: SAME_RAMP };
    for (let i = 0; i < groups.length; i++) {
      for (let j = i + 1; j < groups.length; j++) {
        if (costs[i]![j]! < best.cost) best = { i, j, cost: costs[i]![j]! };
      }
    }
    if (best.i < 0) return groups.map(({ group }) => group);
    const [gone] = groups.splice(best.j, 1);
    const group = [...groups[best.i]!.group, ...gone!.group];
    const joined = { group, mean: meanOf(group) };
    groups[best.i] = joined;
    costs.splice(best.j, 1);
    for (const row of costs) row.splice(best.j, 1);
    costs[best.i] = groups.map((other) => hueCost(joined.mean, other.mean));
    for (const [k, row] of costs.entries()) row[best.i] = costs[best.i]![k]!;
  }
}

/** How unlike the hues of two groups are, in degrees: dull colors have vague hues, strong and dull ones differ. */
function hueCost(one: Oklch, other: Oklch): number {
  const vague = Math.min(1, 0.35 + 0.65 * (Math.min(one.c, other.c) / 0.08));
  return Math.abs(turn(one.h, other.h)) * vague + 70 * Math.max(0, Math.abs(one.c - other.c) - 0.05);
}

/** The group that a dark color shades: the one it touches most. */
function closestGroup(groups: readonly Swatch[][], shadow: Swatch): Swatch[] | undefined {
  const weight = (group: readonly Swatch[]): number =>
    group.reduce((sum, { color }) => sum + (shadow.touches.get(color) ?? 0), 0) + areaOf(group) * 1e-6;
  return groups.reduce<Swatch[] | undefined>(
    (best, group) => (best === undefined || weight(group) > weight(best) ? group : best),
    undefined,
  );
}

function meanOf(group: readonly Swatch[]): Oklch {
  let [l, c, a, b, count] = [0, 0, 0, 0, 0];
  for (const swatch of group) {
    l += swatch.count * swatch.l;
    c += swatch.count * swatch.c;
    a += swatch.count * swatch.c * Math.cos(swatch.h);
    b += swatch.count * swatch.c * Math.sin(swatch.h);
    count += swatch.count;
  }
  const divisor = Math.max(1, count);
  return { l: l / divisor, c: c / divisor, h: Math.atan2(b, a) };
}

function rampOf(kind: Ramp["kind"], group: readonly Swatch[]): Ramp {
  const colors = [...group].sort((a, b) => a.l - b.l || a.color - b.color).map(({ color }) => color);
  return { kind, colors, mean: meanOf(group), area: areaOf(group) };
}
