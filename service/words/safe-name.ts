import { SafeName } from "../../shared/requests.ts";

const MAX_LENGTH = 40;
const FALLBACK = "sprite";

/**
 * Turns any text, such as a prompt, into a SafeName of at most 40 characters: a-z, 0-9 and "-".
 * Accents are removed, words are kept whole where possible. Text without a Latin letter or digit
 * becomes "sprite"; Windows device names get the prefix "sprite". Two texts can give the same name.
 */
export function safeName(text: string): string {
  const words = text
    .slice(0, 400)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’]/g, "")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  let name = "";
  for (const word of words) {
    const longer = name === "" ? word.slice(0, MAX_LENGTH) : `${name}-${word}`;
    if (longer.length > MAX_LENGTH) break;
    name = longer;
  }
  if (name === "") return FALLBACK;
  return SafeName.safeParse(name).success ? name : `${FALLBACK}-${name}`;
}
