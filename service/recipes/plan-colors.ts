import { describeValue, invalidParameter } from "../../shared/errors.ts";
import { findPalette, PALETTES } from "../../shared/palettes.ts";
import type { SpriteRequest } from "../../shared/requests.ts";
import type { GenerationPlan } from "../generators/generation-plan.ts";
import { colorsOf } from "../pixel/colors-of.ts";
import type { PixelImage } from "../pixel/image.ts";
import { createNearestColor } from "../pixel/nearest-color.ts";
import { formatHex, parseHex } from "../pixel/parse-hex.ts";
import type { PassStep } from "../pixel/passes.ts";
import type { Style } from "./styles.ts";

const MAX_PALETTE = 256;
/** Longest text that is taken for the name of a palette: base64 of the smallest PNG is longer. */
const MAX_NAME = 64;

/** How the colors of a request come about. */
export interface ColorPlan {
  palette: GenerationPlan["palette"];
  /** Most colors of the picture, its outline included; null leaves it to the palette. */
  colorCount: number | null;
  passes: PassStep[];
  outline: PassStep[];
  outlineColor: string | null;
  warnings: string[];
}

/** Whether a text names a palette, rather than being base64 of a picture. */
export function isPaletteName(text: string): boolean {
  return text.length <= MAX_NAME && !text.startsWith("data:");
}

/**
 * Plans palette, color count, dithering and outline. A palette of the request counts alone unless
 * color_count stands beside it; with both, the colors are limited first and then moved onto the palette.
 */
export function planColors(
  request: SpriteRequest,
  style: Style,
  palettePicture: PixelImage | null,
): ColorPlan {
  const palette = readPalette(request.input_palette ?? style.palette, palettePicture);
  const ownCount = request.input_palette === undefined ? style.colorCount : null;
  const count = request.color_count ?? ownCount;
  const limited = count !== null && (palette === null || count < palette.colors.length);
  const colorCount = limited ? count : null;
  const warnings: string[] = [];

  const asked = askedOutline(request, style);
  const outlineColor = asked === undefined ? null : onPalette(asked.toLowerCase(), palette);
  if (asked !== undefined && outlineColor !== asked.toLowerCase()) {
    warnings.push(`The outline is ${outlineColor}, the color of the palette nearest to ${asked}.`);
  }
  // The line adds a color that the drawing itself may not have: one color less is left to the drawing.
  const drawn = colorCount === null ? null : colorCount - (outlineColor === null ? 0 : 1);
  const dither = request.dither_mode ?? style.dither ?? "none";
  const ditherStrength = request.dither_strength;
  const passes: PassStep[] = [];
  if (drawn !== null) passes.push({ pass: "limit-colors", colorCount: drawn, dither, ditherStrength });
  if (palette) {
    const rest = drawn === null ? dither : "none";
    passes.push({ pass: "snap-palette", palette: palette.colors, dither: rest, ditherStrength });
  }
  const outline: PassStep[] = outlineColor === null ? [] : [{ pass: "outline", color: outlineColor }];
  return { palette, colorCount, passes, outline, outlineColor, warnings };
}

function askedOutline(request: SpriteRequest, style: Style): string | undefined {
  if (request.outline_color !== undefined) return request.outline_color;
  if (request.outline === "lineless") return undefined;
  return request.outline === "single color black outline" ? "#000000" : style.outlineColor;
}

function onPalette(color: string, palette: GenerationPlan["palette"]): string {
  if (!palette) return color;
  return formatHex(createNearestColor(palette.colors.map(parseHex))(parseHex(color)));
}

/** Reads the colors that a request names: by value, by name, or those of a picture. Throws invalid-request. */
export function readPalette(
  input: SpriteRequest["input_palette"],
  picture: PixelImage | null,
): GenerationPlan["palette"] {
  if (input === undefined) return null;
  if (Array.isArray(input))
    return { name: null, colors: [...new Set(input.map((color) => color.toLowerCase()))] };
  if (isPaletteName(input)) {
    const found = findPalette(input);
    if (found) return { name: found.name, colors: found.colors.map((color) => color.toLowerCase()) };
    throw invalidParameter(
      "input_palette",
      describeValue(input),
      `one of ${PALETTES.map((palette) => palette.name).join(", ")}, a list of hex colors, or base64 of a picture`,
    );
  }
  const colors = picture ? colorsOf(picture) : [];
  if (colors.length > 0 && colors.length <= MAX_PALETTE) return { name: null, colors };
  throw invalidParameter(
    "input_palette",
    `a picture of ${colors.length} colors`,
    `a picture of 1 to ${MAX_PALETTE} colors`,
  );
}
