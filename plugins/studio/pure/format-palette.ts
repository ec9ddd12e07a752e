import type { ImportedPalette } from "./parse-palette.ts";

export const PALETTE_FORMATS = ["gpl", "hex", "json"] as const;
export type PaletteFormat = (typeof PALETTE_FORMATS)[number];

/** Writes a palette as GIMP's .gpl, as .hex (one color a line), or as Lospec's JSON. */
export function formatPalette({ name, colors }: ImportedPalette, format: PaletteFormat): string {
  const title = name ?? "palette";
  const digits = colors.map((color) => color.slice(1));
  if (format === "hex") return `${digits.join("\n")}\n`;
  if (format === "json") return `${JSON.stringify({ name: title, author: "", colors: digits }, null, 2)}\n`;
  const lines = colors.map((color) => {
    const values = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
    return `${values.map((value) => String(value).padStart(3)).join(" ")}\t${color.slice(1)}`;
  });
  return `GIMP Palette\nName: ${title}\nColumns: ${Math.min(16, colors.length)}\n#\n${lines.join("\n")}\n`;
}
