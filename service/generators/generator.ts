import type { ExemplarChoice } from "../../shared/requests.ts";
import type { PixelImage } from "../pixel/image.ts";

export const PICTURE_KINDS = ["sprite", "tile", "character", "icon", "portrait"] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

/**
 * Everything a generator may be asked for. It does not change with the model: a model that has no
 * control for a field says so in `ModelDescription.controls`, and the recipe reports the field as ignored.
 */
export interface ModelRequest {
  prompt: string;
  negativePrompt: string;
  kind: PictureKind;
  /** A manner of drawing by the name of what the model learned it from; absent = the model's own choice. */
  look?: string | undefined;
  /** Canvas in pixels, one of the model's native sizes. */
  width: number;
  height: number;
  /** Box the drawing should fill inside the canvas, in pixels; null leaves it to the model. */
  bounds: { x: number; y: number; width: number; height: number } | null;
  view: string | null;
  direction: string | null;
  action: string | null;
  /** Place in the action's cycle, 0 to 1. */
  framePhase: number | null;
  /** Hex colours the picture should use, or null. */
  palette: string[] | null;
  colorCount: number | null;
  wrapX: boolean;
  wrapY: boolean;
  /** Pixels that are given; mask holds one byte a pixel, 1 = draw anew, 0 = keep `known` exactly. */
  known: PixelImage | null;
  mask: Uint8Array | null;
  /** Image to image: start from here; strength 0 keeps it, 1 ignores it. */
  start: PixelImage | null;
  strength: number;
  /** "auto" may start from the nearest licensed sprite by text, "cc0" from a CC0 one; "off" draws from text alone. */
  exemplars: ExemplarChoice;
  /** uint32. The same request, model and seed give the same bytes. */
  seed: number;
  steps: number;
  guidanceScale: number;
}

/** A licensed sprite the picture started from. similarity is -1 to 1. */
export interface UsedExemplar {
  id: string;
  caption: string;
  source: string;
  license: string;
  /** Whom to name, where the licence asks for it. */
  credit?: string | undefined;
  similarity: number;
}

/** A picture as the network drew it: any colours, alpha 0-255, before the pixel passes. */
export interface RawPicture {
  image: PixelImage;
  /** Hex colours that it is drawn in, as near as a network comes to them; null: its own. */
  palette: string[] | null;
  exemplars: UsedExemplar[];
}

/** What a model is and takes; from its model.json. */
export interface ModelDescription {
  id: string;
  title: string;
  backend: string;
  /** Canvas edges in pixels that the model draws natively, ascending. */
  nativeSizes: number[];
  /** Names of the ModelRequest fields that have an effect. */
  controls: string[];
  defaults: { steps: number; guidanceScale: number; exemplars: ExemplarChoice };
  weightsLicense: string;
  trainingDataLicenses: string[];
  /** sha256 over the sha256 of the model's files. */
  sha256: string;
  /** Bytes of the model's files. */
  bytes: number;
}

export interface GenerateHooks {
  signal: AbortSignal;
  /** Called after every denoising step; `step` counts from 1. */
  onStep: (step: number, steps: number) => void;
  onStage: (stage: "loading-model" | "encoding-prompt" | "denoising") => void;
}

/** A loaded generator. It lives in the model process only: inference blocks the event loop. */
export interface PixelModel {
  readonly description: ModelDescription;
  readonly executionProvider: string;
  generate(request: ModelRequest, hooks: GenerateHooks): Promise<RawPicture>;
  dispose(): Promise<void>;
}
