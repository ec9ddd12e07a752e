import { type ParsedRequest, parseStrictly, refused } from "../../../shared/parse-request.ts";
import { isRecord } from "../../../shared/records.ts";
import { tileStyle } from "../tile/tile-style.ts";
import { TilesetRequest } from "./request.ts";

export type ParsedTilesetRequest = ParsedRequest<TilesetRequest>;

/** Other services' names for the fields of a tileset. They mean something else for sprites. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["prompt", "upper_description"],
  ["description", "upper_description"],
  ["extra_prompt", "lower_description"],
  ["input_image", "upper_reference_image"],
  ["extra_input_image", "lower_reference_image"],
  ["type", "tileset_type"],
]);

const REASONS: ReadonlyMap<string, string> = new Map([
  ["width", "tile_size sets the size of a tile"],
  ["height", "tile_size sets the size of a tile"],
  ["num_images", "a request makes one set: use variants for more tiles"],
  ["tile_x", "all tiles of a set fit together"],
  ["tile_y", "all tiles of a set fit together"],
  ["view", "tileset_type sets the view: a sidescroller from the side, the rest from above"],
  ["tileset_adherence", "the shape of the tiles is always exact"],
  ["tileset_adherence_freedom", "the shape of the tiles is always exact"],
  ["tile_strength", "the shape of the tiles is always exact"],
]);

/**
 * Reads the JSON of `POST /v1/tilesets`. Retro Diffusion's and PixelLab's names become canonical fields (`prompt` is the
 * upper terrain, `extra_prompt` the lower one), and Retro Diffusion's tileset styles choose the same layout as there.
 */
export function parseTilesetRequest(raw: unknown): ParsedTilesetRequest {
  if (!isRecord(raw)) return parseStrictly(TilesetRequest, raw, REASONS);
  const fields: Record<string, unknown> = Object.create(null);
  const ignored: ParsedTilesetRequest["ignored"] = [];
  for (const [name, value] of Object.entries(raw)) {
    const canonical = ALIASES.get(name) ?? name;
    const isShadowed =
      canonical !== name && (Object.hasOwn(raw, canonical) || Object.hasOwn(fields, canonical));
    if (isShadowed) ignored.push({ name, reason: `${canonical} is given as well` });
    else fields[canonical] = pictureOf(canonical, value);
  }
  const isRetro = /(?:^|__)tileset(?:_advanced)?$/.test(String(raw.prompt_style ?? ""));
  const { width, height } = raw;
  if (isRetro && fields.tile_size === undefined && typeof width === "number") {
    fields.tile_size = typeof height === "number" ? { width, height } : width;
    delete fields.width;
    delete fields.height;
  }
  const layout = isRetro && raw.layout === undefined ? { layout: "retro_4x5" } : {};
  const parsed = parseStrictly(TilesetRequest, tileStyle(fields, layout), REASONS);
  const all = { ...parsed, ignored: [...ignored, ...parsed.ignored] };
  if (all.request.strict && ignored.length > 0) throw refused(all.ignored);
  return all;
}

/** PixelLab sends pictures as `{ type: "base64", base64 }`. */
function pictureOf(name: string, value: unknown): unknown {
  return name.endsWith("_reference_image") && isRecord(value) && typeof value.base64 === "string"
    ? value.base64
    : value;
}
