import { type ParsedRequest, parseStrictly } from "../../../shared/parse-request.ts";
import { TileRequest } from "./request.ts";
import { tileStyle } from "./tile-style.ts";

export type ParsedTileRequest = ParsedRequest<TileRequest>;

/** Fields of other services that mean nothing here, with the reason. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["remove_bg", "a tile fills its square"],
  ["frames_duration", "a tile has one frame: for moving tiles, make a tileset with animated"],
]);

/** Reads the JSON of `POST /v1/tiles`: see `parseStrictly`. */
export function parseTileRequest(raw: unknown): ParsedTileRequest {
  return parseStrictly(TileRequest, tileStyle(raw, {}), REASONS);
}
