import type { Tint } from "../pixel/tint.ts";
import { COLOR_WORDS } from "./color-words.ts";

/** Lightness that "light" or "dark" adds, in OKLCh. */
const SHADE = 0.15;

/** What a color of a parsed prompt means: "red", "light blue", "dark green". Null for any other text. */
export function colorTint(color: string): Tint | null {
  const [shade, base] = color.includes(" ") ? color.split(" ") : [null, color];
  if (base === undefined || !Object.hasOwn(COLOR_WORDS, base)) return null;
  const tint = COLOR_WORDS[base];
  if (!tint) return null;
  const added = shade === "light" ? SHADE : shade === "dark" ? -SHADE : 0;
  return { ...tint, lightness: Math.min(0.95, Math.max(0.15, tint.lightness + added)) };
}
