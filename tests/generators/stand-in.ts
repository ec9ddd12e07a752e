import { z } from "zod";
import type { Backend, StoredModel } from "../../service/generators/backend.ts";
import { checkRequest } from "../../service/generators/check-request.ts";
import type {
  GenerateHooks,
  Generator,
  PictureRequest,
  RawPicture,
} from "../../service/generators/generator.ts";
import { createImage, type PixelImage, place } from "../../service/pixel/image.ts";
import { ServiceError } from "../../shared/errors.ts";
import { fakePixelArt } from "../pixel/pixelate/fake-pixel-art.ts";

/** The ground that it draws on: lime, as a prompt would ask for, so that nothing of a drawing is taken for it. */
const GROUND = [0, 255, 128, 255];
/** Standard deviation of the noise, and of the blur in art pixels. */
const NOISE = 3;
const SOFT = 0.1;

/** What a stand-in draws: the art as it should come back, and whether it fills its canvas. */
export interface Subject {
  art: PixelImage;
  surface: boolean;
}

/**
 * A backend that stands in for one of large pictures: whatever it is asked for, it draws a known piece of pixel art with
 * soft edges and noise (of the seed and the prompt), enlarged to the canvas, opaque, on a ground of one color.
 */
export function standInBackend(subject: Subject): Backend {
  const code = { load: async (model: StoredModel) => standIn(model, subject) };
  return { schema: z.object({}), code: async () => code };
}

function standIn({ info }: StoredModel, subject: Subject): Generator {
  return {
    info,
    executionProvider: "stand-in",
    async generate(request, hooks) {
      checkRequest(request, info);
      await takeSteps(request.steps, hooks);
      return { image: draw(request, subject), palette: null, exemplars: [] } satisfies RawPicture;
    },
    dispose: async () => {},
  };
}

async function takeSteps(steps: number, { signal, onStage, onStep }: GenerateHooks): Promise<void> {
  onStage("denoising");
  for (let step = 1; step <= steps; step++) {
    if (signal.aborted) throw new ServiceError("cancelled", "The job was cancelled.");
    onStep(step, steps);
  }
}

function draw(request: PictureRequest, subject: Subject): PixelImage {
  const { start, strength } = request;
  if (!start) return drawAnew(request, subject);
  const { data, ...size } = drawAnew(request, subject);
  return {
    ...size,
    data: data.map((value, i) => Math.round(start.data[i]! + strength * (value - start.data[i]!))),
  };
}

function drawAnew({ width, height, seed, prompt }: PictureRequest, { art, surface }: Subject): PixelImage {
  const letters = [...prompt].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const faults = { noise: NOISE, seed: seed + letters };
  if (surface) {
    const pitchX = width / art.width;
    return fakePixelArt(art, { pitchX, pitchY: height / art.height, blur: SOFT * pitchX, ...faults });
  }
  const pitch = Math.min(width / art.width, height / art.height);
  const onGround = over(art, Math.round(width / pitch), Math.round(height / pitch));
  return fakePixelArt(onGround, { pitchX: pitch, blur: SOFT * pitch, ...faults });
}

/** Lays the drawn pixels of a picture over the middle of a ground. */
export function over(art: PixelImage, width: number, height: number): PixelImage {
  const x = Math.floor((width - art.width) / 2);
  const y = Math.floor((height - art.height) / 2);
  const { data } = place(art, createImage(width, height), x, y);
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 0) data.set(GROUND, i);
  return { width, height, data };
}
