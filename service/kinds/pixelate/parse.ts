import { type ParsedRequest, parseStrictly } from "../../../shared/parse-request.ts";
import { PixelateRequest } from "./request.ts";

export type ParsedPixelateRequest = ParsedRequest<PixelateRequest>;

/** Fields of other services that mean nothing here, each with the reason. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["prompt", "the picture is worked on, nothing is drawn from words"],
  ["seed", "nothing is left to chance"],
  ["frames_duration", "the durations of the picture are kept"],
  ["tile_x", "edges are not changed: use the edit tool seam_tiling"],
  ["tile_y", "edges are not changed: use the edit tool seam_tiling"],
]);

/** Reads the JSON of `POST /v1/pixelate`: see `parseStrictly`. */
export function parsePixelateRequest(raw: unknown): ParsedPixelateRequest {
  return parseStrictly(PixelateRequest, raw, REASONS);
}
