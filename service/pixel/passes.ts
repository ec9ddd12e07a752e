import type { PixelImage } from "./image.ts";

/** One pixel operation of a plan: its name and its resolved options. */
export type PassStep =
  | { pass: "binarize-alpha"; threshold: number }
  | { pass: "remove-background"; tolerance: number; enclosed?: boolean }
  | { pass: "repair-seam"; tileX: boolean; tileY: boolean; seamWidth: number }
  | { pass: "limit-colors"; colorCount: number; dither: DitherMode; ditherStrength: number }
  | { pass: "snap-palette"; palette: string[]; dither: DitherMode; ditherStrength: number }
  | { pass: "pull-to-palette"; palette: string[]; reach: number }
  | { pass: "match-style"; reference: PixelImage }
  | { pass: "outline"; color: string }
  | { pass: "despeckle" }
  | { pass: "flatten"; scale: number; wrapX: boolean; wrapY: boolean }
  | { pass: "remove-islands"; pixels: number }
  | { pass: "upscale-nearest"; factor: number };

export type DitherMode = "none" | "bayer_2x2" | "bayer_4x4" | "bayer_8x8" | "floyd_steinberg";
