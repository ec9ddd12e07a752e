import { type ParsedRequest, parseStrictly } from "../../../shared/parse-request.ts";
import { EffectRequest } from "./request.ts";

const REASONS: ReadonlyMap<string, string> = new Map([
  ["width", "effects have a size: the edge of a frame"],
  ["height", "effects have a size: the edge of a frame"],
  ["model", "no model draws effects: rules do"],
  ["prompt_style", "effects have one style"],
  ["num_images", "a request makes one effect: send another with a different seed"],
  ["remove_bg", "effects have no background"],
  ["action", "an effect does one thing"],
  ["directions", "effects take one direction"],
]);

/** Reads the JSON of `POST /v1/effects`: see `parseStrictly`. */
export function parseEffectRequest(raw: unknown): ParsedRequest<EffectRequest> {
  return parseStrictly(EffectRequest, raw, REASONS);
}
