import { type ParsedRequest, parseStrictly } from "../../../shared/parse-request.ts";
import { CharacterRequest } from "./request.ts";

const REASONS: ReadonlyMap<string, string> = new Map([
  ["width", "characters have a size: the height of their cell"],
  ["height", "characters have a size: the height of their cell"],
  ["model", "no model draws characters: they are composed of licensed parts"],
  ["prompt_style", "characters have one style"],
  ["num_images", "a request makes one character: send another with a different seed"],
  ["remove_bg", "characters have no background"],
]);

/** Reads the JSON of `POST /v1/characters`: see `parseStrictly`. */
export function parseCharacterRequest(raw: unknown): ParsedRequest<CharacterRequest> {
  return parseStrictly(CharacterRequest, raw, REASONS);
}
