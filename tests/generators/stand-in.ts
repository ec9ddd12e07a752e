import { z } from "zod";
import type { Backend, StoredModel } from "../../service/generators/backend.ts";
import { checkRequest } from "../../service/generators/check-request.ts";
import type { GenerateHooks, Generator, PictureRequest } from "../../service/generators/generator.ts";
import { createImage, type PixelImage, place } from "../../service/pixel/image.ts";
import { sampleCells } from "../../service/pixel/sample-cells.ts";
import { ServiceError } from "../../shared/errors.ts";
import { fakePixelArt } from "../pixel/pixelate/fake-pixel-art.ts";

/** The grounds that it draws on: a key color where the ground is cut away, so that nothing of a drawing is taken for it. */
const KEY_GROUND = [0, 255, 128, 255];
const GRAY_GROUND = [120, 120, 120, 255];
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
 * soft edges and noise (of the seed and the prompt), in as many art pixels as asked, opaque, on a ground of one color.
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
      await takeSteps(info.defaults.steps, hooks);
      return { image: draw(request, subject) };
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

function drawAnew(request: PictureRequest, { art, surface }: Subject): PixelImage {
  const { width, height, seed, prompt, plainGround } = request;
  const grid = request.grid ?? art;
  const letters = [...prompt].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const [pitchX, pitchY] = [width / grid.width, height / grid.height];
  const shown = surface
    ? sampleCells(art, grid.width, grid.height)
    : over(art, grid, plainGround ? KEY_GROUND : GRAY_GROUND);
  return fakePixelArt(shown, { pitchX, pitchY, blur: SOFT * pitchX, noise: NOISE, seed: seed + letters });
}

/** Lays the drawn pixels of a picture over the middle of a ground. */
function over(
  art: PixelImage,
  { width, height }: { width: number; height: number },
  ground: readonly number[],
): PixelImage {
  const x = Math.floor((width - art.width) / 2);
  const y = Math.floor((height - art.height) / 2);
  const { data } = place(art, createImage(width, height), x, y);
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 0) data.set(ground, i);
  return { width, height, data };
}
