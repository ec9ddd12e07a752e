import type { SpriteRequest } from "../../shared/requests.ts";
import type { GeneratorInfo, PictureRequest } from "../generators/generator.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { ColorPlan } from "./plan-colors.ts";
import type { RepaintPlan } from "./plan-repaint.ts";
import type { SheetGrid } from "./plan-sheet.ts";
import type { SizePlan } from "./plan-size.ts";
import type { Style } from "./styles.ts";

/** The decisions of a sprite plan, each made once: the pictures, the passes and the resolved request read them. */
export interface SpriteParts {
  style: Style;
  model: GeneratorInfo;
  kind: PictureRequest["kind"];
  wrapX: boolean;
  wrapY: boolean;
  grid: SheetGrid;
  size: SizePlan;
  start: PixelImage | null;
  strength: number;
  /** Null unless a mask says which part of a picture is drawn anew. */
  repaint: RepaintPlan | null;
  colors: ColorPlan;
  removeBackground: boolean;
  despeckle: boolean;
  seed: number;
  takes: (control: keyof PictureRequest) => boolean;
  warnings: string[];
}

/** The denoising of a request: its own numbers where the model takes them, else the model's. */
export function drawingOf(
  request: SpriteRequest,
  { model, takes }: SpriteParts,
): { steps: number; guidanceScale: number } {
  const { steps, guidanceScale } = model.defaults;
  return {
    steps: takes("steps") ? (request.steps ?? steps) : steps,
    guidanceScale: takes("guidanceScale") ? (request.guidance_scale ?? guidanceScale) : guidanceScale,
  };
}
