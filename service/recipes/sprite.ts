import { describeValue, ServiceError } from "../../shared/errors.ts";
import { refused } from "../../shared/parse-request.ts";
import { type IgnoredParameter, LIMITS, type SpriteRequest } from "../../shared/requests.ts";
import type { ModelDescription, ModelRequest } from "../models/pixel-model.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { PassStep } from "../pixel/passes.ts";
import { listIgnored } from "./list-ignored.ts";
import type { GenerationPlan } from "./plan.ts";
import { planColors } from "./plan-colors.ts";
import { planPictures } from "./plan-pictures.ts";
import { planSheet, type SheetGrid } from "./plan-sheet.ts";
import { planSize } from "./plan-size.ts";
import { planStart } from "./plan-start.ts";
import { resolveRequest } from "./resolve-request.ts";
import type { SpriteParts } from "./sprite-parts.ts";
import { findStyle, STYLES, type Style } from "./styles.ts";

/** Alpha below this becomes 0, the rest 255. */
const ALPHA_THRESHOLD = 128;
/** OKLab distance to the border's color that still counts as background. */
const BACKGROUND_TOLERANCE = 0.08;

/** From this strength on a picture that a drawing starts from is drawn anew rather than touched up. */
const FLATTEN_STRENGTH = 0.4;

/** Groups of this many pixels beside a drawing are specks. */
const SPECK_PIXELS = 3;

/** What a sprite plan needs besides the request. */
export interface SpriteContext {
  /** The models on hand; the first is the default. */
  models: readonly ModelDescription[];
  decoded: { inputImage: PixelImage | null; palettePicture: PixelImage | null };
  /** Parameters that were ignored before: unknown fields, aliases without effect. */
  ignored: readonly IgnoredParameter[];
  /** Gives a uint32 when the request has no seed. */
  chooseSeed: () => number;
}

/**
 * Turns a sprite request into a plan without defaults left. Pure: the same request (with a seed), models
 * and pictures give the same plan. Throws a ServiceError that names the field: `invalid-request` for an
 * unknown style, model or palette and a size outside the style's, `ignored-parameter` in strict mode.
 */
export function planSprite(request: SpriteRequest, context: SpriteContext): GenerationPlan {
  const model = chooseModel(request, context.models);
  const style = chooseStyle(request);
  const ignored = [...context.ignored, ...listIgnored(request, model)];
  const parts = resolveParts({ request, style, model, ignored }, context);
  if (request.strict && ignored.length > 0) throw refused(ignored);
  checkOutputSize(request, parts);
  return {
    kind: "sprite",
    model: model.id,
    style: style.id,
    pictures: planPictures(request, parts),
    composition: parts.size.composition,
    passes: planPasses(request, parts),
    palette: parts.colors.palette,
    keepBeforePalette: request.return_pre_palette,
    keepBeforeBackground: request.return_non_bg_removed,
    ignored,
    warnings: parts.warnings,
    resolved: resolveRequest(request, parts),
  };
}

interface Chosen {
  request: SpriteRequest;
  style: Style;
  model: ModelDescription;
  /** Grows while the parts are resolved. */
  ignored: IgnoredParameter[];
}

function resolveParts({ request, style, model, ignored }: Chosen, context: SpriteContext): SpriteParts {
  const warnings: string[] = [];
  const takes = (control: keyof ModelRequest): boolean => model.controls.includes(control);
  const wrapX = resolveWrap("tile_x", { request, style, model, ignored });
  const wrapY = resolveWrap("tile_y", { request, style, model, ignored });
  const kind = wrapX || wrapY ? "tile" : style.kind;
  const surface = kind === "tile";
  const [width, height] = [edgeOf("width", request, style), edgeOf("height", request, style)];
  const grid = resolveGrid({ style, width, height, turns: takes("direction") && !surface, warnings });
  const { margin, anchor } = style;
  const { nativeSizes } = model;
  const hasBounds = takes("bounds");
  const size = planSize({
    width,
    height,
    ...grid,
    nativeSizes,
    surface,
    wrapX,
    wrapY,
    hasBounds,
    margin,
    anchor,
  });
  warnings.push(...size.warnings);
  const given = takes("start") ? context.decoded.inputImage : null;
  const fitted = given ? planStart(given, size, surface) : null;
  if (fitted?.warning) warnings.push(fitted.warning);
  const colors = planColors(request, style, context.decoded.palettePicture);
  warnings.push(...colors.warnings);
  if (request.remove_bg === false && !surface) {
    ignored.push({
      name: "remove_bg",
      reason: "sprites are drawn without a background: there is none to keep",
    });
  }
  return {
    style,
    model,
    kind,
    wrapX,
    wrapY,
    grid,
    size,
    start: fitted?.start ?? null,
    colors,
    removeBackground: surface ? (request.remove_bg ?? false) : true,
    despeckle: request.despeckle ?? style.despeckle,
    seed: request.seed ?? context.chooseSeed(),
    takes,
    warnings,
  };
}

function chooseModel(request: SpriteRequest, models: readonly ModelDescription[]): ModelDescription {
  const [first] = models;
  if (!first) throw new ServiceError("model-unavailable", "There is no model to draw with.");
  const found = request.model === undefined ? first : models.find((model) => model.id === request.model);
  if (found) return found;
  throw wrongChoice(
    "model",
    request.model,
    models.map((model) => model.id),
  );
}

function chooseStyle(request: SpriteRequest): Style {
  const style = findStyle(request.prompt_style);
  if (style) return style;
  throw wrongChoice(
    "prompt_style",
    request.prompt_style,
    STYLES.map(({ id }) => id),
  );
}

function edgeOf(field: "width" | "height", request: SpriteRequest, style: Style): number {
  const edge = request[field] ?? style[field];
  if (edge >= style.minSize && edge <= style.maxSize) return edge;
  const expected = `${style.minSize} to ${style.maxSize} for style ${style.id}`;
  throw invalid(field, describeValue(edge), expected);
}

function resolveWrap(field: "tile_x" | "tile_y", { request, style, model, ignored }: Chosen): boolean {
  const wanted = request[field] ?? (field === "tile_x" ? style.tileX : style.tileY) ?? false;
  if (!wanted || model.controls.includes(field === "tile_x" ? "wrapX" : "wrapY")) return wanted;
  ignored.push({ name: field, reason: `model ${model.id} has no control for it: the edges may not join` });
  return false;
}

interface GridQuestion {
  style: Style;
  width: number;
  height: number;
  turns: boolean;
  warnings: string[];
}

function resolveGrid({ style, width, height, turns, warnings }: GridQuestion): SheetGrid {
  const single = { columns: 1, rows: 1 };
  if (!style.sheet) return single;
  if (style.sheet.directions && !turns) {
    warnings.push(
      "The model cannot turn a character: this is one view, from the front as far as it learned that.",
    );
    return single;
  }
  const grid = planSheet(style.sheet, width, height);
  if (grid.columns * grid.rows === 1)
    warnings.push(`At ${width}x${height} there is room for one picture only.`);
  return grid;
}

function planPasses(request: SpriteRequest, parts: SpriteParts): PassStep[] {
  const passes: PassStep[] = [{ pass: "binarize-alpha", threshold: ALPHA_THRESHOLD }];
  // A drawing comes without background, unless it started from a picture that has one.
  const opaque = parts.kind === "tile" || parts.start !== null;
  if (parts.removeBackground && opaque)
    passes.push({ pass: "remove-background", tolerance: BACKGROUND_TOLERANCE });
  const isDithered = parts.colors.passes.some((step) => "dither" in step && step.dither !== "none");
  if (parts.despeckle && parts.kind !== "tile") passes.push({ pass: "remove-islands", pixels: SPECK_PIXELS });
  const scale = flattenScale(request, parts);
  if (scale > 0) passes.push({ pass: "flatten", scale, wrapX: parts.wrapX, wrapY: parts.wrapY });
  passes.push(...parts.colors.passes);
  // Lone colors show once the colors are few; what dithering scatters is meant.
  if (parts.despeckle && !isDithered) passes.push({ pass: "despeckle" });
  passes.push(...parts.colors.outline);
  const factor = request.upscale_output_factor ?? 1;
  if (factor > 1) passes.push({ pass: "upscale-nearest", factor });
  return passes;
}

/** A picture that is to be kept for the most part is not redrawn in other areas either. */
function flattenScale(request: SpriteRequest, { start, style }: SpriteParts): number {
  return start !== null && request.strength < FLATTEN_STRENGTH ? 0 : style.flatten;
}

/** All images of an answer and their sheet are held in memory at once, and are one texture in a game. */
function checkOutputSize(request: SpriteRequest, { size }: SpriteParts): void {
  const { width, height } = size.composition;
  const factor = request.upscale_output_factor ?? 1;
  if (request.num_images * width * height * factor ** 2 <= LIMITS.outputPixels) return;
  const most = Math.floor(Math.sqrt(LIMITS.outputPixels / (request.num_images * width * height)));
  const expected = `at most ${most} for ${request.num_images} images of ${width}x${height}`;
  throw invalid("upscale_output_factor", describeValue(factor), expected);
}

function wrongChoice(field: string, got: unknown, choices: readonly string[]): ServiceError {
  return invalid(field, describeValue(got), `one of ${choices.join(", ")}`);
}

function invalid(field: string, got: string, expected: string): ServiceError {
  return new ServiceError("invalid-request", `Expected ${expected} for ${field} but received ${got}.`, {
    errors: [{ field, got, expected }],
  });
}
