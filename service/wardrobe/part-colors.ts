import { parseHex } from "../pixel/parse-hex.ts";
import { findRamp } from "./ramps.ts";
import type { Ramps, WardrobePart } from "./wardrobe-index.ts";

/** Slots whose skin is somebody else's: the feathers of an arrow. */
const NOT_OF_THE_BODY = new Set(["ammo", "weapon"]);

/**
 * Names the materials of a part as an outfit gives them colors: a part with two of a family calls the smaller one
 * "cloth:2", so that a red shield keeps its wooden rim.
 */
export function materialKeys({ materials }: WardrobePart): string[] {
  const seen = new Map<string, number>();
  return materials.map(({ material }) => {
    const count = (seen.get(material) ?? 0) + 1;
    seen.set(material, count);
    return count === 1 ? material : `${material}:${count}`;
  });
}

/** What a part is colored with. */
export interface PartPaint {
  /** Material -> ramp. */
  colors: Readonly<Record<string, string>>;
  /** Ramp of family skin. */
  skin: string;
}

/**
 * Colors of a part by color number, 0xRRGGBB; 0 stands for the transparent number 0. Materials without a color keep the
 * one they were drawn in, but skin is the skin of the body.
 */
export function partColors(part: WardrobePart, ramps: Ramps, { colors, skin }: PartPaint): Uint32Array {
  const table = new Uint32Array(part.palette.length + 1);
  for (const [i, color] of part.palette.entries()) table[i + 1] = parseHex(color);
  const keys = materialKeys(part);
  for (const [i, { material, positions, default: usual }] of part.materials.entries()) {
    const bodily = material === "skin" && !NOT_OF_THE_BODY.has(part.slot) ? skin : undefined;
    const name = colors[keys[i] ?? material] ?? colors.any ?? bodily ?? usual;
    const ramp = name === undefined ? undefined : findRamp(ramps, name, material);
    if (!ramp) continue;
    for (const [number, position] of Object.entries(positions)) {
      // The ramps of eyes have three colors.
      table[Number(number)] = parseHex(ramp[Math.min(position, ramp.length - 1)] ?? "#000000");
    }
  }
  return table;
}
