import { EDIT_TOOLS, type EditRequest, type EditTool, PixelFixerRequest } from "./edit-tools.ts";
import { type ParsedRequest, parseFields } from "./parse-request.ts";

/** Fields of Retro Diffusion's tools that have no meaning here. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["repair_window_size", "the seam is cut, not repainted: seam_width sets how wide"],
  ["seed", "nothing here is random"],
]);

const FIXER_REASONS: ReadonlyMap<string, string> = new Map([
  ["image_url", "the service fetches no URLs: send input_image"],
  ["width", "the size is detected: to set it, use POST /v1/pixelate"],
  ["height", "the size is detected: to set it, use POST /v1/pixelate"],
]);

/**
 * Reads the JSON of `POST /v1/edit/tools/{tool}`: older spellings become canonical fields, unknown fields are
 * reported. Throws `invalid-request` naming each wrong field.
 */
export function parseEditRequest(tool: EditTool, raw: unknown): ParsedRequest<EditRequest> {
  const { request, ignored } = parseFields<object>(EDIT_TOOLS[tool].fields, raw, REASONS);
  return { request: { tool, ...request } as EditRequest, ignored };
}

/** Reads the JSON of `POST /v1/pixel-fixer/standard`. */
export function parsePixelFixerRequest(raw: unknown): ParsedRequest<PixelFixerRequest> {
  return parseFields<PixelFixerRequest>(PixelFixerRequest, raw, FIXER_REASONS);
}
