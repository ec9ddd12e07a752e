import type { ExemplarChoice } from "../../shared/requests.ts";
import type { ServerDrawing } from "../../shared/server-models.ts";
import type { PixelImage } from "../pixel/image.ts";

export const PICTURE_KINDS = ["sprite", "tile", "character", "icon", "portrait"] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

/** "native": a pixel of the picture is a pixel of the art. "large": 256 pixels and more, of which pixel art is made. */
export const OUTPUTS = ["native", "large"] as const;
export type Output = (typeof OUTPUTS)[number];

/**
 * Everything a generator may be asked for. It is the same for all generators: one that has no control for a
 * field leaves it out of `GeneratorInfo.controls`, and the recipe reports the field as ignored.
 */
export interface PictureRequest {
  prompt: string;
  negativePrompt: string;
  kind: PictureKind;
  /** The style's id; what it means to a generator is the generator's own business. */
  style: string;
  /** Canvas in pixels: each edge is one of the generator's sizes. */
  width: number;
  height: number;
  /**
   * Art pixels that a large picture should show across and down: it is brought to this size afterwards. Null for
   * native pictures, whose pixels are the art's.
   */
  grid: { width: number; height: number } | null;
  /**
   * Whether the ground of a large picture is cut away afterwards: it should then be of one vivid color that the
   * drawing does not have.
   */
  plainGround: boolean;
  /** Box the drawing should fill inside the canvas, in pixels; null leaves it to the model. */
  bounds: { x: number; y: number; width: number; height: number } | null;
  view: string | null;
  direction: string | null;
  action: string | null;
  /** Place in the action's cycle, 0 to 1. */
  framePhase: number | null;
  /** Hex colors the picture should use, or null. */
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
  /** How far a picture of a named thing leaves the drawing it is made of: 0 (not at all) to 1. */
  variation: number;
  /**
   * Given: only the things that it lacks ("parrot") are added to it, from licensed drawings. Only for generators with the
   * control `exemplars`.
   */
  subject?: Subject;
  /** uint32. The same request, model and seed give the same bytes if the generator is deterministic. */
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
  /** Whom to name, where the license asks for it. */
  credit?: string | undefined;
  similarity: number;
}

/** A picture as a generator drew it: any colors, alpha 0-255, before anything is made of it. */
export interface RawPicture {
  image: PixelImage;
  /** Whether it is true pixel art already, whose pixels are kept: passes that clean a drawing up are left out. */
  isPixelArt?: boolean;
  /** Words of the prompt that had no effect, as far as the generator can tell. */
  unmetWords?: string[];
  /** Hex colors that it means to be drawn in and comes near to; absent or null: its own. */
  palette?: string[] | null;
  /** Absent: it started from none. */
  exemplars?: UsedExemplar[];
  /** Absent: no server drew it. */
  server?: ServerDrawing;
}

/** What a prompt names, as it was drawn already. */
export interface Subject {
  /** On the canvas of the request. */
  image: PixelImage;
  /** Words of the prompt that it does not show, in lower case. */
  unmetWords: string[];
}

/** What a generator is and takes; from its model.json. */
export interface GeneratorInfo {
  id: string;
  title: string;
  /** Name of the code that runs it, in `table.ts`. */
  backend: string;
  output: Output;
  /** Canvas edges in pixels that it draws, ascending. */
  sizes: number[];
  /** Those on which it starts from a given picture or keeps given pixels; at least one of `sizes`. */
  editSizes: number[];
  /** Names of the PictureRequest fields that have an effect. */
  controls: string[];
  /** Whether the same request gives the same bytes. */
  deterministic: boolean;
  defaults: { steps: number; guidanceScale: number; exemplars?: ExemplarChoice | undefined };
  /** Origin of the machine that draws, if it is another one. */
  remote?: string | undefined;
  /** Null: nobody said. */
  weightsLicense: string | null;
  trainingDataLicenses: string[];
  /** sha256 of all that decides what it draws: the sha256 of its files, and its settings. */
  sha256: string;
  /** Bytes of the model's files. */
  bytes: number;
}

export interface GenerateHooks {
  signal: AbortSignal;
  /** Called after every denoising step; `step` counts from 1. */
  onStep: (step: number, steps: number) => void;
  onStage: (stage: "loading-model" | "encoding-prompt" | "denoising") => void;
  /** Requests that come after this one, for what draws several at once. */
  following?: readonly PictureRequest[];
}

/** A loaded generator. It lives in a worker process only: inference blocks the event loop. */
export interface Generator {
  readonly info: GeneratorInfo;
  /** What it runs on, as the provenance names it. */
  readonly executionProvider: string;
  /** Draws one picture of the asked size. Throws a ServiceError; `cancelled` after an abort. */
  generate(request: PictureRequest, hooks: GenerateHooks): Promise<RawPicture>;
  dispose(): Promise<void>;
}
