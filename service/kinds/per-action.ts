import { z } from "zod";
import type { IgnoredParameter } from "../../shared/requests.ts";

/** A setting for all actions, or one for each. */
export type PerAction<A extends string, T> = T | Partial<Record<A, T>>;

/** Makes the schema of a setting: one of these values for all actions, or an object of action -> value. */
export function perAction<const A extends readonly string[], const T extends readonly z.ZodType[]>(
  actions: A,
  values: T,
  expected: string,
) {
  const each = z.partialRecord(z.enum(actions), z.union(values));
  return z.union([...values, each], `${expected}, or one for each action`);
}

/** Gives the setting of one action; undefined if there is none. */
export function settingOf<A extends string, T extends string | number | boolean>(
  setting: PerAction<A, T> | undefined,
  action: A,
): T | undefined {
  return typeof setting === "object" ? setting[action] : setting;
}

/** Lists the settings of actions that are not among those of a request. */
export function listUnused(
  settings: Readonly<Record<string, unknown>>,
  actions: readonly string[],
): IgnoredParameter[] {
  return Object.entries(settings).flatMap(([field, setting]) =>
    typeof setting !== "object" || setting === null
      ? []
      : Object.keys(setting)
          .filter((name) => !actions.includes(name))
          .map((name) => ({ name: `${field}.${name}`, reason: `${name} is not among the actions` })),
  );
}

/** Joins the settings of all actions: one value where all have the same, else an object; undefined leaves an action out. */
export function joinSettings<T>(settings: readonly (readonly [string, T | undefined])[]): unknown {
  const [first] = settings;
  if (first && settings.every(([, value]) => value === first[1])) return first[1];
  return Object.fromEntries(settings.filter(([, value]) => value !== undefined));
}
