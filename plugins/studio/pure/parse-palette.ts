/** A palette as it came from a file or the clipboard: colors are "#rrggbb" in lower case, each once. */
export interface ImportedPalette {
  name: string | null;
  colors: string[];
}

export type PaletteImport =
  | { kind: "palette"; palette: ImportedPalette }
  | { kind: "error"; message: string };

/** Most colors that a request may name. */
export const MOST_COLORS = 256;

/**
 * Reads a palette in any form that pixel artists pass around: GIMP (.gpl), JASC (.pal), Lospec's JSON, Paint.NET
 * (.txt), .hex, or free text with hex colors in it. Returns what is wrong in words instead of throwing.
 */
export function parsePalette(text: string): PaletteImport {
  const clean = text
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n")
    .trim();
  const found = readAny(clean);
  if (found === null) return { kind: "error", message: "This JSON has no list of colors." };
  const colors = [...new Set(found.colors)];
  if (colors.length === 0)
    return { kind: "error", message: "No color was found: expected hex colors, .gpl, .pal or JSON." };
  if (colors.length > MOST_COLORS)
    return { kind: "error", message: `Expected at most ${MOST_COLORS} colors but found ${colors.length}.` };
  return { kind: "palette", palette: { name: found.name, colors } };
}

function readAny(text: string): ImportedPalette | null {
  if (/^GIMP Palette/i.test(text)) return readGimp(text);
  if (text.startsWith("JASC-PAL")) return { name: null, colors: readTriples(text.split("\n").slice(3)) };
  if (/^[[{]/.test(text)) return readJson(text);
  return { name: null, colors: readHex(text) };
}

/** GIMP's form: a header, `Name:` and `Columns:`, then `R G B name` lines; # begins a comment. */
function readGimp(text: string): ImportedPalette {
  const name = /^Name:\s*(.+)$/m.exec(text)?.[1]?.trim() ?? null;
  return { name, colors: readTriples(text.split("\n").slice(1)) };
}

function readTriples(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const [, ...parts] = /^\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:\s|$)/.exec(line) ?? [];
    const values = parts.map(Number);
    return values.length === 3 && values.every((value) => value <= 255) ? [hexOf(values)] : [];
  });
}

/** Lospec's form `{ name, author, colors: ["rrggbb"] }`, or a bare list. Null where there is no list. */
function readJson(text: string): ImportedPalette | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { name: null, colors: readHex(text) };
  }
  const list = Array.isArray(value) ? value : (value as { colors?: unknown }).colors;
  if (!Array.isArray(list)) return null;
  const name = (value as { name?: unknown }).name;
  return {
    name: typeof name === "string" ? name : null,
    colors: list.flatMap((color) => (typeof color === "string" ? readHex(color) : [])),
  };
}

/** Hex colors in free text. Eight digits are #rrggbbaa with a hash and, as Paint.NET writes them, aarrggbb without. */
function readHex(text: string): string[] {
  const lines = text.split("\n").filter((line) => !/^\s*;/.test(line));
  const tokens = lines.join("\n").matchAll(/(#|0x|\b)([0-9a-f]{8}|[0-9a-f]{6}|(?<=#)[0-9a-f]{3})\b/gi);
  return [...tokens].map(([, mark = "", digits = ""]) => {
    const value = digits.toLowerCase();
    if (value.length === 3) return `#${[...value].map((digit) => digit + digit).join("")}`;
    if (value.length === 6) return `#${value}`;
    return mark === "#" ? `#${value.slice(0, 6)}` : `#${value.slice(2)}`;
  });
}

function hexOf(values: readonly number[]): string {
  return `#${values.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
