import { type ParsedRequest, parseStrictly } from "../../../shared/parse-request.ts";
import { PixelateRequest } from "./request.ts";

export type ParsedPixelateRequest = ParsedRequest<PixelateRequest>;

/** Fields of other services that mean nothing here, with the reason. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["prompt", "pixelate works on a picture and draws nothing from a prompt"],
  ["seed", "nothing here is random"],
  ["frames_duration", "the picture keeps its own durations"],
  ["tile_x", "edges are not changed: use the edit tool seam_tiling"],
  ["tile_y", "edges are not changed: use the edit tool seam_tiling"],
]);

/** Reads the JSON of `POST /v1/pixelate`: see `parseStrictly`. */
export function parsePixelateRequest(raw: unknown): ParsedPixelateRequest {
  return parseStrictly(PixelateRequest, raw, REASONS);
}
