import { describeValue, invalidParameter } from "../../shared/errors.ts";
import type { SpriteRequest } from "../../shared/requests.ts";
import type { PictureRequest } from "../generators/generator.ts";
import type { PixelImage } from "../pixel/image.ts";
import { planLargeSize } from "./plan-large-size.ts";
import { repaintSize } from "./plan-repaint.ts";
import { planSheet, type SheetGrid } from "./plan-sheet.ts";
import { planSize } from "./plan-size.ts";
import { planStart } from "./plan-start.ts";
import type { SpriteParts } from "./sprite-parts.ts";
import type { Style } from "./styles.ts";

/** What the size of a request is decided with. */
interface SizeQuestion
  extends Pick<SpriteParts, "style" | "model" | "repaint" | "wrapX" | "wrapY" | "warnings"> {
  request: SpriteRequest;
  surface: boolean;
  /** Whether the drawing starts from a picture: models may take fewer sizes for that. */
  hasStart: boolean;
}

/** Decides the grid of an image and how the generator's canvas becomes its size. Throws for a size outside the style's. */
export function resolveSize(question: SizeQuestion): Pick<SpriteParts, "grid" | "size"> {
  const { request, style, model, repaint, surface, hasStart, wrapX, wrapY, warnings } = question;
  const takes = (control: keyof PictureRequest): boolean => model.controls.includes(control);
  const hasBounds = takes("bounds") && (!repaint || !surface);
  if (repaint) {
    const size = repaintSize(repaint, { wrapX, wrapY, hasBounds });
    warnings.push(...size.warnings);
    return { grid: { columns: 1, rows: 1 }, size };
  }
  const [width, height] = [edgeOf("width", request, style), edgeOf("height", request, style)];
  const grid = resolveGrid({ style, width, height, turns: takes("direction") && !surface, warnings });
  const { margin, anchor } = style;
  const { output } = model;
  const sizes = hasStart ? model.editSizes : model.sizes;
  const asked = { width, height, ...grid, sizes };
  const plan = output === "large" ? planLargeSize : planSize;
  const size = plan({ ...asked, surface, wrapX, wrapY, hasBounds, margin, anchor });
  warnings.push(...size.warnings);
  return { grid, size };
}

interface StartQuestion extends Pick<SpriteParts, "size" | "repaint" | "strength" | "warnings"> {
  surface: boolean;
}

/** Decides what stands on the generator's canvas before it draws: a given picture, for a repaint what stood there. */
export function resolveStart(
  given: PixelImage | null,
  { size, surface, repaint, strength, warnings }: StartQuestion,
): PixelImage | null {
  if (repaint) return strength < 1 ? repaint.given.window : null;
  const fitted = given ? planStart(given, size, surface) : null;
  if (fitted?.warning) warnings.push(fitted.warning);
  return fitted?.start ?? null;
}

function edgeOf(field: "width" | "height", request: SpriteRequest, style: Style): number {
  const edge = request[field] ?? style[field];
  if (edge >= style.minSize && edge <= style.maxSize) return edge;
  const expected = `${style.minSize} to ${style.maxSize} for style ${style.id}`;
  throw invalidParameter(field, describeValue(edge), expected);
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
