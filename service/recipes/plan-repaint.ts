import { invalidParameter } from "../../shared/errors.ts";
import { type IgnoredParameter, LIMITS, type SpriteRequest } from "../../shared/requests.ts";
import type { GeneratorInfo } from "../generators/generator.ts";
import { colorsOf } from "../pixel/colors-of.ts";
import type { PixelImage } from "../pixel/image.ts";
import { markedBounds, readMask } from "../pixel/read-mask.ts";
import { keptOf, type Repaint, windowOf } from "../pixel/repaint.ts";
import { upscaleNearest } from "../pixel/upscale-nearest.ts";
import { missingColor } from "./missing-color.ts";
import type { SizePlan } from "./plan-size.ts";
import type { Style } from "./styles.ts";

/** A picture of more colors than this is no pixel art: its colors are no palette to hold to. */
const MOST_COLORS = 256;

/** What a request with a mask comes to: an ordinary one for the window of the model, and what is kept around. */
export interface RepaintPlan {
  /** The request as it counts for the marked part. */
  request: SpriteRequest;
  style: Style;
  /** Edge of the window in pixels of the picture. */
  canvas: number;
  /** What the model is given, on its canvas: the window as it stands, without what is marked, and what that is. */
  given: { window: PixelImage; known: PixelImage; mask: Uint8Array };
  repaint: Repaint;
  /** Colors of the picture that the marked part is held to; null where the request or the style says others. */
  ownColors: string[] | null;
  ignored: IgnoredParameter[];
  warnings: string[];
}

export interface RepaintContext {
  model: GeneratorInfo;
  style: Style;
  inputImage: PixelImage | null;
  maskImage: PixelImage | null;
}

/**
 * Plans to draw the marked part of a picture anew: a window of the model's size around the middle of what is marked,
 * moved into the picture. A smaller picture stands in the middle of its window. Null for a request without a mask.
 * Throws an invalid-request that names the field.
 */
export function planRepaint(given: SpriteRequest, context: RepaintContext): RepaintPlan | null {
  const { model, style, inputImage: picture, maskImage } = context;
  if (maskImage === null) return null;
  if (!picture) throw invalidParameter("mask_image", "a mask alone", "input_image beside it");
  if (!model.controls.includes("known"))
    throw invalidParameter(
      "mask_image",
      `one for model ${model.id}`,
      "none, or a model that can keep pixels",
    );
  if (style.sheet)
    throw invalidParameter("prompt_style", style.id, "a style of one picture beside mask_image");
  checkSizes(given, picture, maskImage);
  const { canvas, pitch } = chooseWindow(model, Math.max(picture.width, picture.height));
  const repaint = placeWindow(picture, readMask(maskImage), canvas);
  const ownColors = given.input_palette || given.color_count || style.palette ? null : paletteOf(picture);
  const { request, ignored } = requestOf(given, { ...context, picture, canvas });
  const { outlineColor: _none, ...plain } = style;
  const held = ownColors ? { ...request, input_palette: ownColors } : request;
  const missing = ownColors && missingColor(given.prompt, ownColors);
  const warnings = missing
    ? [
        `The marked part has the ${ownColors.length} colors of input_image, none near "${missing}": color_count gives it its own.`,
      ]
    : [];
  const sent = onCanvas(repaint, canvas, pitch);
  return { request: held, style: plain, canvas, given: sent, repaint, ownColors, ignored, warnings };
}

/** Pixels of a large picture along one of the window: at least the first, and the second is plenty. */
const LEAST_PITCH = 4;
const ENOUGH_PITCH = 8;

/** Chooses the window of a picture with a longest edge, and the model's pixels along one of its pixels. */
function chooseWindow(
  { output, editSizes }: GeneratorInfo,
  longest: number,
): { canvas: number; pitch: number } {
  if (output === "native")
    return { canvas: editSizes.find((size) => size >= longest) ?? editSizes.at(-1) ?? longest, pitch: 1 };
  const pitches = Array.from({ length: 61 }, (_, i) => i + LEAST_PITCH);
  const choices = editSizes.flatMap((size) =>
    pitches.filter((pitch) => size % pitch === 0).map((pitch) => ({ canvas: size / pitch, pitch })),
  );
  // A window that holds the picture, then fine enough pixels, then no more room than needed.
  const cost = ({ canvas, pitch }: { canvas: number; pitch: number }): number =>
    1e6 * Math.max(0, longest - canvas) + 1e4 * Math.max(0, ENOUGH_PITCH - pitch) + canvas;
  return choices.reduce((best, one) => (cost(one) < cost(best) ? one : best));
}

/** Brings the window to the model's canvas by copying pixels. */
function onCanvas(repaint: Repaint, canvas: number, pitch: number): RepaintPlan["given"] {
  const window = windowOf(repaint, canvas, canvas);
  const known = keptOf(window, repaint);
  const { mask } = repaint;
  if (pitch === 1) return { window, known, mask };
  const edge = canvas * pitch;
  const large = Uint8Array.from({ length: edge * edge }, (_, p) => {
    const [x, y] = [Math.floor((p % edge) / pitch), Math.floor(p / edge / pitch)];
    return mask[y * canvas + x] ?? 0;
  });
  return { window: upscaleNearest(window, pitch), known: upscaleNearest(known, pitch), mask: large };
}

/** The size of a repaint: that of its picture. The box of the drawing is that of what is marked: there stands the thing. */
export function repaintSize(
  { canvas, given, repaint, warnings }: RepaintPlan,
  { wrapX, wrapY, hasBounds }: { wrapX: boolean; wrapY: boolean; hasBounds: boolean },
): SizePlan {
  const { width, height } = repaint.picture;
  const frame = { width, height, columns: 1, rows: 1, wrapX, wrapY };
  const isLarge = given.window.width > canvas;
  const whole = { ...frame, enlarge: 1, fit: "exact", anchor: "center", repaint } as const;
  const composition = isLarge ? { ...whole, pixelate: { width: canvas, height: canvas } } : whole;
  const bounds = hasBounds && !isLarge ? markedBounds(repaint.mask, canvas) : null;
  const edge = given.window.width;
  return { canvas: { width: edge, height: edge }, bounds, composition, warnings };
}

function checkSizes(request: SpriteRequest, picture: PixelImage, mask: PixelImage): void {
  const size = `${picture.width}x${picture.height}`;
  for (const edge of [picture.width, picture.height]) {
    if (edge >= LIMITS.minSize && edge <= LIMITS.maxSize) continue;
    const expected = `a picture with edges of ${LIMITS.minSize} to ${LIMITS.maxSize} pixels beside mask_image`;
    throw invalidParameter("input_image", `one of ${size}`, expected);
  }
  if (mask.width !== picture.width || mask.height !== picture.height)
    throw invalidParameter(
      "mask_image",
      `one of ${mask.width}x${mask.height}`,
      `${size}, the size of input_image`,
    );
  for (const field of ["width", "height"] as const) {
    const asked = request[field];
    if (asked === undefined || asked === picture[field]) continue;
    throw invalidParameter(
      field,
      String(asked),
      `${picture[field]}, that of input_image: its pixels are kept`,
    );
  }
}

function placeWindow(picture: PixelImage, marks: Uint8Array, canvas: number): Repaint {
  const box = markedBounds(marks, picture.width);
  if (!box)
    throw invalidParameter(
      "mask_image",
      "one without a white pixel",
      "white where the picture is drawn anew",
    );
  if (Math.max(box.width, box.height) > canvas) {
    const expected = `a marked part of ${canvas}x${canvas} at most: mark larger ones piece by piece`;
    throw invalidParameter("mask_image", `one of ${box.width}x${box.height}`, expected);
  }
  const x = windowStart(box.x, box.width, { canvas, edge: picture.width });
  const y = windowStart(box.y, box.height, { canvas, edge: picture.height });
  const mask = new Uint8Array(canvas * canvas);
  for (const [p, marked] of marks.entries()) {
    if (marked === 0) continue;
    const [column, row] = [(p % picture.width) - x, Math.floor(p / picture.width) - y];
    mask[row * canvas + column] = 1;
  }
  return { picture, x, y, mask };
}

/** Where a window starts on an axis, so that the marked box is in its middle and it stays on the picture. */
function windowStart(start: number, length: number, { canvas, edge }: { canvas: number; edge: number }) {
  if (edge <= canvas) return Math.floor((edge - canvas + 1) / 2);
  return Math.max(0, Math.min(edge - canvas, Math.floor(start + (length - canvas) / 2)));
}

/** The colors of a picture, or null where they are too many to be meant, or too few to show anything. */
function paletteOf(picture: PixelImage): string[] | null {
  const colors = colorsOf(picture);
  return colors.length > 1 && colors.length <= MOST_COLORS ? colors : null;
}

/** Fields that mean the picture as a whole, which is kept. */
const NO_EFFECT = {
  outline: "only the marked part is drawn: it gets no line of its own",
  outline_color: "only the marked part is drawn: it gets no line of its own",
  remove_bg: "only the marked part is drawn: the ground of input_image is kept",
} as const satisfies Partial<Record<keyof SpriteRequest, string>>;

/** Takes out of a request what has no effect beside a mask, with the reasons, and resolves what is other there. */
function requestOf(
  given: SpriteRequest,
  { model, picture, canvas }: { model: GeneratorInfo; picture: PixelImage; canvas: number },
): { request: SpriteRequest; ignored: IgnoredParameter[] } {
  const ignored: IgnoredParameter[] = [];
  const { outline: _outline, outline_color: _color, remove_bg: _ground, ...request } = given;
  for (const [name, reason] of Object.entries(NO_EFFECT)) {
    if (given[name as keyof typeof NO_EFFECT] !== undefined) ignored.push({ name, reason });
  }
  if (given.exemplars !== undefined && given.exemplars !== "off") {
    ignored.push({ name: "exemplars", reason: "the marked part goes on from input_image alone" });
  }
  const starts = model.controls.includes("start");
  const strength = starts ? (given.strength ?? 1) : 1;
  if (given.strength !== undefined && given.strength !== strength)
    ignored.push({ name: "strength", reason: `model ${model.id} has no control for it` });
  // Edges join only where the window shows both of them.
  const [tileX, tileY] = [picture.width === canvas, picture.height === canvas];
  for (const [name, joins] of [["tile_x", tileX] as const, ["tile_y", tileY] as const]) {
    if (given[name] && !joins)
      ignored.push({ name, reason: `beside mask_image it needs an edge of ${canvas} pixels` });
  }
  return {
    request: {
      ...request,
      strength,
      exemplars: "off",
      ...(tileX ? {} : { tile_x: false }),
      ...(tileY ? {} : { tile_y: false }),
    },
    ignored,
  };
}
