import { isRecord } from "../../../shared/records.ts";

/** Retro Diffusion's tile styles. They choose the form of the tile, which is a separate field here. */
const TILE_STYLES: ReadonlySet<unknown> = new Set([
  "tileset",
  "tileset_advanced",
  "single_tile",
  "tile_variation",
  "tile_object",
]);

/** Replaces a style id that only asks for tiles with the style for surfaces. */
export function tileStyle(raw: unknown, more: Record<string, unknown>): unknown {
  if (!isRecord(raw)) return raw;
  const style = typeof raw.prompt_style === "string" ? raw.prompt_style.replace(/^.*__/, "") : undefined;
  return { ...raw, ...(TILE_STYLES.has(style) ? { prompt_style: "texture" } : {}), ...more };
}
