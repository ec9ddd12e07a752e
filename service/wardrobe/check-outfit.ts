import { describeValue, invalidParameter } from "../../shared/errors.ts";
import type { Wardrobe } from "./open-wardrobe.ts";
import type { Outfit } from "./outfit.ts";
import { materialKeys } from "./part-colors.ts";
import { findRamp } from "./ramps.ts";

/** More parts than anybody can wear, and few enough to compose in a moment. */
const MOST_PARTS = 64;

/**
 * Checks that a wardrobe holds all parts and ramps of an outfit, which may have been edited by hand.
 * Throws ServiceError("invalid-request") for the first that it lacks.
 */
export function checkOutfit({ parts, ramps }: Pick<Wardrobe, "parts" | "ramps">, outfit: Outfit): void {
  if (!Object.hasOwn(ramps.skin ?? {}, outfit.skin)) {
    throw invalidParameter(
      "outfit.skin",
      describeValue(outfit.skin),
      `one of ${Object.keys(ramps.skin ?? {}).join(", ")}`,
    );
  }
  if (outfit.parts.length > MOST_PARTS) {
    throw invalidParameter("outfit.parts", `${outfit.parts.length} parts`, `at most ${MOST_PARTS}`);
  }
  for (const [i, { part: id, colors }] of outfit.parts.entries()) {
    const field = `outfit.parts[${i}]`;
    const part = parts.get(id);
    if (!part) throw invalidParameter(`${field}.part`, describeValue(id), "the id of a part of the wardrobe");
    // A material that the part lacks does no harm: rules give all garments of a set the same colors.
    const keys = [...new Set([...materialKeys(part), ...Object.keys(ramps), "any"])];
    for (const [key, ramp] of Object.entries(colors)) {
      if (!keys.includes(key)) {
        throw invalidParameter(
          `${field}.colors`,
          describeValue(key),
          `a material of ${id}: ${keys.join(", ")}`,
        );
      }
      if (!findRamp(ramps, ramp, key)) {
        throw invalidParameter(`${field}.colors.${key}`, describeValue(ramp), 'a ramp, such as "cloth/red"');
      }
    }
  }
}
