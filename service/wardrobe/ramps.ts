import type { Ramps } from "./wardrobe-index.ts";

/**
 * Finds a ramp by name: "cloth/red" in its family; "red" in `family` first, then in the first family that has it.
 * Undefined if there is none.
 */
export function findRamp(ramps: Ramps, name: string, family: string): readonly string[] | undefined {
  const [first, second, ...more] = name.split("/");
  if (more.length > 0) return undefined;
  if (second !== undefined) return own(own(ramps, first ?? ""), second);
  const found = own(own(ramps, family), name);
  return found ?? Object.values(ramps).find((one) => Object.hasOwn(one, name))?.[name];
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
