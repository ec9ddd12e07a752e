import { ServerFault } from "./server-fault.ts";

/** How many names an error lists. */
const MOST_NAMES = 12;

/**
 * Finds a name among those that a server has, whatever its case, folder, ending or hash ("v1-5.safetensors [6ce0161]").
 * A server that tells none is believed to have it. Throws a ServerFault that lists what it has.
 */
export function findName(what: string, wanted: string, names: readonly string[] | null): string {
  if (names === null) return wanted;
  const exact = names.find((name) => name === wanted);
  const alike = exact ?? names.find((name) => plain(name) === plain(wanted));
  if (alike !== undefined) return alike;
  const shown = names.slice(0, MOST_NAMES).join(", ") || "none";
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  throw new ServerFault("setting", `has no ${what} ${JSON.stringify(wanted)}`, `It has: ${shown}${rest}.`);
}

/** Reduces the name of a model file to what people call it by. */
export function plain(name: string): string {
  const file = name.replaceAll("\\", "/").split("/").at(-1) ?? name;
  return file
    .replace(/ \[[0-9a-f]+\]$/i, "")
    .replace(/\.(?:safetensors|ckpt|gguf|pt|bin)$/i, "")
    .toLowerCase();
}
