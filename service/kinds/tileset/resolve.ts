import { withoutUndefined } from "../../../shared/records.ts";
import type { IgnoredParameter } from "../../../shared/requests.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import type { TilesetRequest } from "./request.ts";

/** Lists the fields of a tileset request that have no effect, with the reason. */
export function listIgnoredOfTileset(request: TilesetRequest): IgnoredParameter[] {
  const ignored: IgnoredParameter[] = [];
  const add = (name: string, reason: string): void => void ignored.push({ name, reason });
  if (request.dither_mode !== undefined && request.dither_mode !== "none")
    add("dither_mode", "terrain is drawn in clusters of pixels, which dithering would break up");
  if ((request.upscale_output_factor ?? 1) !== 1)
    add("upscale_output_factor", "engines use the tiles at native size");
  if (request.transition_reference_image !== undefined && request.transition_description === "")
    add("transition_reference_image", "without transition_description there is nothing between the terrains");
  if (request.locked.length > 0 && request.base_tileset_id === undefined)
    add("locked", "it needs base_tileset_id, the set whose tiles are kept");
  if (request.base_tileset_id !== undefined && request.locked.length === 0)
    add("base_tileset_id", "it needs locked, the tiles to keep");
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

/** Gives the resolved request: sent again, with the same model and version, it gives the same bytes. */
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
  return withoutUndefined(resolved);
}
