import type { NineSlice } from "../../shared/asset.ts";
import type { ServerDrawing } from "../../shared/server-models.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { UsedExemplar } from "./generator.ts";

/** One finished picture of a plan, in the plan's order. */
export interface DrawnPicture {
  image: PixelImage;
  /** Before its colors were held; null unless the plan keeps it. */
  beforePalette: PixelImage | null;
  /** Before its background went; null unless the plan keeps it. */
  beforeBackground: PixelImage | null;
  exemplars: UsedExemplar[];
  /** Words of the prompt that had no effect, as far as the generator can tell. */
  unmetWords: string[];
  /** How a server drew its parts; absent or empty: none did. */
  servers?: ServerDrawing[] | undefined;
  /** How it stretches, if it is a part of an interface that does. */
  nineSlice?: NineSlice | undefined;
}

/** What the model process makes of a plan. Times are in ms. */
export interface DrawnPictures {
  pictures: DrawnPicture[];
  executionProvider: string;
  timings: {
    /** Loading the model; 0 when it was loaded already. */
    loadMs: number;
    /** All drawing, text and decoding included. */
    modelMs: number;
    /** Median of one denoising step. */
    stepMs: number;
    /** Composition and pixel passes. */
    postMs: number;
  };
}
