import type { IgnoredParameter } from "../../../shared/requests.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import type { TilesetRequest } from "./request.ts";

/** Lists the fields of a request for a terrain set that have no effect, each with the reason. */
export function listIgnoredOfTileset(request: TilesetRequest): IgnoredParameter[] {
  const ignored: IgnoredParameter[] = [];
  const add = (name: string, reason: string): void => void ignored.push({ name, reason });
  if (request.dither_mode !== undefined && request.dither_mode !== "none")
    add("dither_mode", "grounds are drawn in clusters of pixels: dithering would tear them");
  if ((request.upscale_output_factor ?? 1) !== 1)
    add("upscale_output_factor", "engines take the tiles at their native size");
  if (request.transition_reference_image !== undefined && request.transition_description === "")
    add("transition_reference_image", "without transition_description there is nothing between the terrains");
  if (request.locked.length > 0 && request.base_tileset_id === undefined)
    add("locked", "base_tileset_id says of which set tiles are kept");
  if (request.base_tileset_id !== undefined && request.locked.length === 0)
    add("base_tileset_id", "locked names the tiles that are kept");
  if (request.tileset_type === "sidescroller") {
    if (request.lower_base_tile_id !== undefined) add("lower_base_tile_id", "the lower terrain is air");
    if (request.lower_reference_image !== undefined) add("lower_reference_image", "the lower terrain is air");
  }
  return ignored;
}

/** What a plan decided. */
interface Decided {
  layout: NonNullable<TilesetRequest["layout"]>;
  seed: number;
  colorCount: number;
  palette: GenerationPlan["palette"];
  model: string;
}

/** Gives the request as it counted: no default left. Sent again, with the same model and version, it gives the same bytes. */
export function resolveTileset(request: TilesetRequest, decided: Decided): Record<string, unknown> {
  const { palette, colorCount, ...rest } = decided;
  const resolved = {
    ...request,
    ...rest,
    color_count: Math.max(2, Math.min(64, colorCount)),
    input_palette: palette ? (palette.name ?? palette.colors) : undefined,
    upscale_output_factor: 1,
    dither_mode: "none",
  };
  return Object.fromEntries(Object.entries(resolved).filter(([, value]) => value !== undefined));
}
