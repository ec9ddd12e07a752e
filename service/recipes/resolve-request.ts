import { withoutUndefined } from "../../shared/records.ts";
import type { SpriteRequest } from "../../shared/requests.ts";
import { drawingOf, type SpriteParts } from "./sprite-parts.ts";

/**
 * Gives the request as it counted: no default left, nothing that was ignored. Sent again, with the same
 * model and version, it gives the same bytes.
 */
export function resolveRequest(request: SpriteRequest, parts: SpriteParts): Record<string, unknown> {
  const { style, model, size, colors, repaint, takes } = parts;
  const { palette, colorCount, outlineColor } = colors;
  const entries: Record<keyof SpriteRequest, unknown> = {
    prompt: request.prompt,
    negative_prompt: takes("negativePrompt") ? request.negative_prompt : "",
    prompt_style: style.id,
    model: model.id,
    width: size.composition.width,
    height: size.composition.height,
    num_images: request.num_images,
    seed: parts.seed,
    ...stepsOf(request, parts),
    input_image: takes("start") || repaint ? request.input_image : undefined,
    mask_image: request.mask_image,
    strength: parts.strength,
    exemplars: takes("exemplars") ? (request.exemplars ?? model.defaults.exemplars) : undefined,
    variation: takes("exemplars") ? request.variation : undefined,
    style_reference: repaint || parts.kind === "tile" ? undefined : request.style_reference,
    input_palette: palette && !repaint?.ownColors ? (palette.name ?? palette.colors) : undefined,
    return_pre_palette: request.return_pre_palette,
    color_count: colorCount ?? undefined,
    dither_mode: request.dither_mode ?? style.dither ?? "none",
    dither_strength: request.dither_strength,
    remove_bg: repaint ? undefined : parts.removeBackground,
    return_non_bg_removed: request.return_non_bg_removed,
    outline_color: outlineColor ?? undefined,
    despeckle: parts.despeckle,
    tile_x: parts.wrapX,
    tile_y: parts.wrapY,
    view: takes("view") ? request.view : undefined,
    direction: takes("direction") ? request.direction : undefined,
    outline: outlineColor === null && style.outlineColor ? "lineless" : undefined,
    shading: undefined,
    detail: undefined,
    reference_images: undefined,
    upscale_output_factor: request.upscale_output_factor ?? 1,
    output: request.output,
    strict: request.strict,
    check_cost: request.check_cost,
    async: request.async,
    upload_outputs: request.upload_outputs,
  };
  return withoutUndefined(entries);
}

function stepsOf(request: SpriteRequest, parts: SpriteParts): { steps: unknown; guidance_scale: unknown } {
  const { steps, guidanceScale } = drawingOf(request, parts);
  return {
    steps: parts.takes("steps") ? steps : undefined,
    guidance_scale: parts.takes("guidanceScale") ? guidanceScale : undefined,
  };
}
