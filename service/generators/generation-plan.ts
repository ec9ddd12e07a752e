import type { IgnoredParameter } from "../../shared/requests.ts";
import type { Composition } from "../pixel/composition.ts";
import type { PassStep } from "../pixel/passes.ts";
import type { PictureRequest } from "./generator.ts";

/** Everything the model and the passes need for all images of one request: no defaults left. */
export interface GenerationPlan {
  kind: "sprite";
  model: string;
  style: string;
  /** columns * rows requests an image, image by image: they differ in their seed only. `start` and `known` hold decoded pixels. */
  pictures: PictureRequest[];
  composition: Composition;
  passes: PassStep[];
  /** Colors that the output is held to, or null when they are free. */
  palette: { name: string | null; colors: string[] } | null;
  keepBeforePalette: boolean;
  keepBeforeBackground: boolean;
  ignored: IgnoredParameter[];
  warnings: string[];
  /** The request with every field resolved: sent again it gives the same bytes. */
  resolved: Record<string, unknown>;
}

/**
 * Whether rules may draw what they can in place of the model: not where it is asked to draw from text alone, nor if it is
 * one of the user's own, without exemplars.
 */
export function mayDrawByRules({ resolved }: GenerationPlan): boolean {
  return resolved.exemplars !== undefined && resolved.exemplars !== "off";
}
