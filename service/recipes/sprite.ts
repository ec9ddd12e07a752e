import { describeValue, invalidParameter, ServiceError } from "../../shared/errors.ts";
import { refused } from "../../shared/parse-request.ts";
import { type IgnoredParameter, LIMITS, type SpriteRequest } from "../../shared/requests.ts";
import type { GenerationPlan } from "../generators/generation-plan.ts";
import type { GeneratorInfo, PictureRequest } from "../generators/generator.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { PassStep } from "../pixel/passes.ts";
import { usualSeam } from "../pixel/repair-seam.ts";
import { listIgnored } from "./list-ignored.ts";
import { planColors } from "./plan-colors.ts";
import { planPictures } from "./plan-pictures.ts";
import { planReference } from "./plan-reference.ts";
import { planRepaint, type RepaintPlan } from "./plan-repaint.ts";
import { resolveRequest } from "./resolve-request.ts";
import { resolveSize, resolveStart } from "./resolve-size.ts";
import type { SpriteParts } from "./sprite-parts.ts";
import { findStyle, STYLES, type Style } from "./styles.ts";

/** Alpha below this becomes 0, the rest 255. */
const ALPHA_THRESHOLD = 128;
/** OKLab distance to the border's color that still counts as background. */
const BACKGROUND_TOLERANCE = 0.08;

/** How far a drawing leaves the picture that it starts from, where nobody says. */
const STRENGTH = 0.75;
/** From this strength on a picture that a drawing starts from is drawn anew rather than touched up. */
const FLATTEN_STRENGTH = 0.4;

/** Groups of this many pixels beside a drawing are specks. */
const SPECK_PIXELS = 3;

/** What a sprite plan needs besides the request. */
export interface SpriteContext {
  /** The models on hand; the first is the default. */
  models: readonly GeneratorInfo[];
  decoded: {
    inputImage: PixelImage | null;
    palettePicture: PixelImage | null;
    maskImage?: PixelImage | null;
    styleReference?: PixelImage | null;
  };
  /** Parameters that were ignored before: unknown fields, aliases without effect. */
  ignored: readonly IgnoredParameter[];
  /** Gives a uint32 when the request has no seed. */
  chooseSeed: () => number;
}

/**
 * Turns a sprite request into a plan without defaults left. Pure: the same request (with a seed), models
 * and pictures give the same plan. Throws a ServiceError that names the field: `invalid-request` for an
 * unknown style, model or palette, a size outside the style's and a wrong mask, `ignored-parameter` in strict mode.
 */
export function planSprite(given: SpriteRequest, context: SpriteContext): GenerationPlan {
  const model = chooseModel(given, context.models);
  const asked = chooseStyle(given);
  const { inputImage, maskImage = null } = context.decoded;
  const repaint = planRepaint(given, { model, style: asked, inputImage, maskImage });
  const { request, style } = repaint ?? { request: given, style: asked };
  const ignored = [...context.ignored, ...listIgnored(request, model), ...(repaint?.ignored ?? [])];
  const parts = resolveParts({ request, style, model, ignored, repaint }, context);
  if (request.strict && ignored.length > 0) throw refused(ignored);
  checkOutputSize(request, parts);
  return {
    kind: "sprite",
    model: model.id,
    style: style.id,
    pictures: planPictures(request, parts),
    composition: parts.size.composition,
    passes: planPasses(request, parts, planReference(context.decoded.styleReference, parts)),
    // Beside a mask other colors than the picture's hold the marked part only.
    palette: repaint && !repaint.ownColors ? null : parts.colors.palette,
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
  model: GeneratorInfo;
  /** Grows while the parts are resolved. */
  ignored: IgnoredParameter[];
  repaint: RepaintPlan | null;
}

function resolveParts(chosen: Chosen, context: SpriteContext): SpriteParts {
  const { request, style, model, ignored, repaint } = chosen;
  const warnings: string[] = [];
  const takes = (control: keyof PictureRequest): boolean => model.controls.includes(control);
  const wrapX = resolveWrap("tile_x", chosen);
  const wrapY = resolveWrap("tile_y", chosen);
  const kind = wrapX || wrapY ? "tile" : style.kind;
  const surface = kind === "tile";
  const hasStart = context.decoded.inputImage !== null;
  const { grid, size } = resolveSize({ ...chosen, surface, hasStart, wrapX, wrapY, warnings });
  const strength = request.strength ?? STRENGTH;
  const given = takes("start") ? context.decoded.inputImage : null;
  const start = resolveStart(given, { size, surface, repaint, strength, warnings });
  const colors = planColors(request, style, context.decoded.palettePicture);
  warnings.push(...colors.warnings);
  if (!model.deterministic)
    warnings.push(`The model ${model.id} may draw another picture for the same seed.`);
  warnings.push(...warningsAbout(model));
  if ((wrapX && !takes("wrapX")) || (wrapY && !takes("wrapY")))
    warnings.push(`The model ${model.id} does not draw edges that join: the seams are repaired.`);
  if (request.remove_bg === false && !surface && model.output === "native") {
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
    start,
    strength,
    repaint,
    colors,
    removeBackground: removesBackground(chosen, surface),
    despeckle: request.despeckle ?? style.despeckle,
    seed: request.seed ?? context.chooseSeed(),
    takes,
    warnings,
  };
}

function warningsAbout({ id, weightsLicense, remote }: GeneratorInfo): string[] {
  const warnings: string[] = [];
  if (weightsLicense === null)
    warnings.push(
      `The license of the weights of the model ${id} is unknown: say it as weights_license in its configuration.`,
    );
  if (remote)
    warnings.push(`The model ${id} draws at ${remote}: what a request says and shows leaves this machine.`);
  return warnings;
}

function removesBackground({ request, model, repaint }: Chosen, surface: boolean): boolean {
  if (repaint) return false;
  if (surface) return request.remove_bg ?? false;
  return model.output === "native" || (request.remove_bg ?? true);
}

function chooseModel(request: SpriteRequest, models: readonly GeneratorInfo[]): GeneratorInfo {
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

function resolveWrap(
  field: "tile_x" | "tile_y",
  { request, style, model, ignored, repaint }: Chosen,
): boolean {
  const wanted = request[field] ?? (field === "tile_x" ? style.tileX : style.tileY) ?? false;
  // A surface that does not join is repaired, but not where only a part of a picture is drawn: the rest is kept.
  if (!wanted || !repaint || model.controls.includes(field === "tile_x" ? "wrapX" : "wrapY")) return wanted;
  ignored.push({ name: field, reason: `model ${model.id} has no control for it: the edges may not join` });
  return false;
}

function planPasses(request: SpriteRequest, parts: SpriteParts, reference: PassStep[]): PassStep[] {
  const passes: PassStep[] = [{ pass: "binarize-alpha", threshold: ALPHA_THRESHOLD }];
  const seams = seamsToRepair(parts);
  if (seams) passes.push(seams);
  // A native drawing comes without background, unless it started from a picture that has one.
  const opaque = parts.kind === "tile" || parts.start !== null || parts.model.output === "large";
  if (parts.removeBackground && opaque)
    passes.push({
      pass: "remove-background",
      tolerance: BACKGROUND_TOLERANCE,
      ...(parts.model.output === "large" ? { enclosed: true } : {}),
    });
  const isDithered = parts.colors.passes.some((step) => "dither" in step && step.dither !== "none");
  if (parts.despeckle && parts.kind !== "tile") passes.push({ pass: "remove-islands", pixels: SPECK_PIXELS });
  const scale = flattenScale(parts);
  if (scale > 0) passes.push({ pass: "flatten", scale, wrapX: parts.wrapX, wrapY: parts.wrapY });
  passes.push(...parts.colors.passes, ...reference);
  // Lone colors show once the colors are few; what dithering scatters is meant.
  if (parts.despeckle && !isDithered) passes.push({ pass: "despeckle" });
  passes.push(...parts.colors.outline);
  const factor = request.upscale_output_factor ?? 1;
  if (factor > 1) passes.push({ pass: "upscale-nearest", factor });
  return passes;
}

/**
 * Plans the repair of what a generator cannot wrap itself, at the size at which its picture is native. Servers of large
 * pictures may accept the wish and ignore it, so their seams are measured too; the repair leaves one alone that joins.
 */
function seamsToRepair({ wrapX, wrapY, takes, size, model, repaint }: SpriteParts): PassStep | null {
  const isSure = (control: keyof PictureRequest): boolean =>
    takes(control) && (model.output === "native" || repaint !== null);
  const [tileX, tileY] = [wrapX && !isSure("wrapX"), wrapY && !isSure("wrapY")];
  if (!tileX && !tileY) return null;
  return {
    pass: "repair-seam",
    tileX,
    tileY,
    seamWidth: usualSeam(size.composition.pixelate ?? size.canvas),
  };
}

/**
 * A picture that is to be kept for the most part is not redrawn in other areas either. One that was large has the
 * areas and the colors that were found in it.
 */
function flattenScale({ model, start, strength, style }: SpriteParts): number {
  if (model.output === "large") return 0;
  return start !== null && strength < FLATTEN_STRENGTH ? 0 : style.flatten;
}

/** All images of an answer and their sheet are held in memory at once, and are one texture in a game. */
function checkOutputSize(request: SpriteRequest, { size }: SpriteParts): void {
  const { width, height } = size.composition;
  const factor = request.upscale_output_factor ?? 1;
  if (request.num_images * width * height * factor ** 2 <= LIMITS.outputPixels) return;
  const most = Math.floor(Math.sqrt(LIMITS.outputPixels / (request.num_images * width * height)));
  const expected = `at most ${most} for ${request.num_images} images of ${width}x${height}`;
  throw invalidParameter("upscale_output_factor", describeValue(factor), expected);
}

function wrongChoice(field: string, got: unknown, choices: readonly string[]): ServiceError {
  return invalidParameter(field, describeValue(got), `one of ${choices.join(", ")}`);
}
