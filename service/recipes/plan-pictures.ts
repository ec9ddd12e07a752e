import type { SpriteRequest } from "../../shared/requests.ts";
import type { PictureRequest } from "../generators/generator.ts";
import { itemsOf } from "../words/parse-prompt.ts";
import { drawingOf, type SpriteParts } from "./sprite-parts.ts";

/** Steps between the seeds of one sheet: 2^32 over the golden ratio, far from the seeds of the next images. */
const CELL_SEED_STEP = 0x9e3779b1;

/** Plans one model request a picture: columns * rows of them an image, image by image. */
export function planPictures(request: SpriteRequest, parts: SpriteParts): PictureRequest[] {
  const { style, model, size, grid, colors, wrapX, wrapY, repaint, takes } = parts;
  const directions = style.sheet?.directions ?? null;
  const cells = grid.columns * grid.rows;
  const shared = {
    prompt: fillTemplate(style.promptTemplate, request.prompt),
    negativePrompt: takes("negativePrompt") ? request.negative_prompt : "",
    kind: parts.kind,
    style: style.id,
    ...size.canvas,
    grid: size.composition.pixelate ?? null,
    plainGround: model.output === "large" && parts.removeBackground,
    bounds: size.bounds,
    view: takes("view") ? (request.view ?? null) : null,
    action: null,
    framePhase: null,
    palette: takes("palette") ? (colors.palette?.colors ?? null) : null,
    colorCount: takes("colorCount") ? (colors.colorCount ?? colors.palette?.colors.length ?? null) : null,
    wrapX: wrapX && takes("wrapX"),
    wrapY: wrapY && takes("wrapY"),
    known: repaint?.given.known ?? null,
    mask: repaint?.given.mask ?? null,
    start: parts.start,
    strength: parts.strength,
    exemplars: takes("exemplars") ? (request.exemplars ?? model.defaults.exemplars ?? "off") : "off",
    variation: request.variation,
    ...drawingOf(request, parts),
  } satisfies Partial<PictureRequest>;
  // A sheet of items takes a list: one item a cell. Of one item it shows several takes.
  const prompts = style.sheet && !directions ? itemsOf(shared.prompt) : [shared.prompt];
  return Array.from({ length: request.num_images * cells }, (_, i) => {
    const turned = directions && cells > 1 ? (directions[i % cells] ?? null) : null;
    const asked = takes("direction") ? (request.direction ?? null) : null;
    const step = directions ? 0 : (i % cells) * CELL_SEED_STEP;
    const prompt = prompts[(i % cells) % prompts.length] ?? shared.prompt;
    const seed = (parts.seed + Math.floor(i / cells) + step) % 2 ** 32;
    return { ...shared, prompt, direction: turned ?? asked, seed };
  });
}

/** Puts the prompt into a style's words, unless it says them already ("portrait of a king"). */
function fillTemplate(template: string, prompt: string): string {
  const added = template.replace("{prompt}", " ").trim().toLowerCase();
  if (added !== "" && prompt.toLowerCase().includes(added)) return prompt;
  return template.replace("{prompt}", () => prompt);
}
