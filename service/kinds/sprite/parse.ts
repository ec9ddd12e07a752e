import { type ParsedRequest, parseStrictly } from "../../../shared/parse-request.ts";
import { SpriteRequest } from "../../../shared/requests.ts";

export type ParsedSpriteRequest = ParsedRequest<SpriteRequest>;

/** Fields of other services that mean nothing here, with the reason. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["bypass_prompt_expansion", "prompts are never expanded here"],
  ["include_downloadable_data", "the data files are always included"],
  ["frames_duration", "a sprite has one frame"],
  ["return_spritesheet", "a sprite has one frame"],
  ["soft_inpaint", "pixels outside mask_image are always kept exactly"],
  ["text_guidance_scale", "its scale is for another model: use guidance_scale"],
]);

/** Reads the JSON of `POST /v1/sprites`: see `parseStrictly`. */
export function parseSpriteRequest(raw: unknown): ParsedSpriteRequest {
  return parseStrictly(SpriteRequest, raw, REASONS);
}
