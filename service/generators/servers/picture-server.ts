import type { ServerLook } from "../backend.ts";

/** What a server is asked to draw. Pictures are PNGs of the canvas's size. */
export interface DrawOrder {
  prompt: string;
  negativePrompt: string;
  /** Canvas in pixels. */
  width: number;
  height: number;
  /** Seed of the first picture; the next ones have the next seeds. */
  seed: number;
  /** Pictures to draw. */
  count: number;
  steps: number;
  guidanceScale: number;
  /** Picture to start from, and how far to leave it (0 to 1); null: from the prompt alone. */
  start: { png: Uint8Array; strength: number } | null;
  /** Where to draw, as white on black and as holes in an opaque picture. Needs a start. */
  mask: { white: Uint8Array; holes: Uint8Array } | null;
  wrapX: boolean;
  wrapY: boolean;
}

/** What a server drew, and what it said of that. */
export interface Drawn {
  /** One file a picture, PNG or another format that we decode. */
  pictures: Uint8Array[];
  /** What it turned out to be, where its answer says more than a look. */
  facts?: Partial<Pick<ServerLook, "program" | "version" | "checkpoint">> & {
    sampler?: string | null;
    scheduler?: string | null;
  };
}

export interface DrawHooks {
  signal: AbortSignal;
  /** Called when a denoising step was seen; steps may be left out. */
  onStep: (step: number, steps: number) => void;
}

/** One picture server, whatever it speaks. Calls throw a ServerFault. */
export interface PictureServer {
  /** Says what is there. */
  look(signal: AbortSignal): Promise<ServerLook>;
  /** Draws. After an abort it tells the server to stop and throws whatever it likes. */
  draw(order: DrawOrder, hooks: DrawHooks): Promise<Drawn>;
  /** Brings the server back after it was lost, if that is up to us. */
  restart?(signal: AbortSignal): Promise<void>;
  dispose(): Promise<void>;
}
