import type { IgnoredParameter, SpriteRequest } from "../../shared/requests.ts";
import type { GeneratorInfo } from "../generators/generator.ts";
import { findStyle } from "./styles.ts";

/** Request fields that only a model can honour, and the control each needs. */
const CONTROL_OF = {
  negative_prompt: "negativePrompt",
  steps: "steps",
  guidance_scale: "guidanceScale",
  input_image: "start",
  exemplars: "exemplars",
  view: "view",
  direction: "direction",
} as const satisfies Partial<Record<keyof SpriteRequest, string>>;

const NO_CONTROL = {
  shading: "no model here has a control for shading: say it in the prompt",
  detail: "no model here has a control for detail: use prompt_style simple or detailed",
  reference_images: "no model here takes reference pictures: use input_image",
} as const satisfies Partial<Record<keyof SpriteRequest, string>>;

const OUTLINE_REASON = {
  "single color black outline": null,
  "single color outline": "the color of the line is not known: set outline_color",
  "selective outline": "outlines are of one color: set outline_color",
  lineless: "no line is added, but the model draws its own as it learned",
} as const;

/** Lists the fields of a request that have no effect with a model, each with the reason. */
export function listIgnored(request: SpriteRequest, model: GeneratorInfo): IgnoredParameter[] {
  const ignored: IgnoredParameter[] = [];
  for (const [name, control] of Object.entries(CONTROL_OF)) {
    const value = request[name as keyof typeof CONTROL_OF];
    if (value === undefined || value === "" || model.controls.includes(control)) continue;
    // Beside a mask the picture is what is kept: a model that does that needs no start.
    if (name === "input_image" && request.mask_image !== undefined) continue;
    ignored.push({ name, reason: `model ${model.id} has no control for it` });
  }
  for (const [name, reason] of Object.entries(NO_CONTROL)) {
    const value = request[name as keyof typeof NO_CONTROL];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) ignored.push({ name, reason });
  }
  const keeps = request.mask_image !== undefined ? "of the picture around the mask" : "of a surface";
  const isSurface =
    request.tile_x === true || request.tile_y === true || findStyle(request.prompt_style)?.kind === "tile";
  if (request.style_reference !== undefined && (isSurface || request.mask_image !== undefined))
    ignored.push({ name: "style_reference", reason: `the style ${keeps} stays: use input_palette` });
  const outline =
    request.outline && request.outline_color === undefined ? OUTLINE_REASON[request.outline] : null;
  if (outline) ignored.push({ name: "outline", reason: outline });
  return ignored;
}
