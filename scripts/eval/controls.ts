import type { PictureRequest } from "../../service/generators/generator.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { createNearestColor } from "../../service/pixel/nearest-color.ts";
import { squaredDistance, toOklab } from "../../service/pixel/oklab.ts";
import { colorAt, parseHex } from "../../service/pixel/parse-hex.ts";
import { findPalette } from "../../shared/palettes.ts";
import { planPrompt, type Subject } from "./draw-prompts.ts";
import { mean } from "./rank.ts";
import type { RealSprite } from "./reference.ts";
import { inTurn } from "./samples.ts";

/** What the network does with the palette and the pixels that it is given, before any pass sees to them. */
export interface ControlFigures {
  /** Mean OKLab distance of a drawn pixel from the palette, told to the network or not. */
  palette: { pictures: number; told: number; untold: number };
  /** Left halves of real sprites continued: the step over the joint as a share of the real sprite's own. */
  joint: { pictures: number; drawn: number };
}

const NAMED = ["pico-8", "sweetie-16", "game-boy"] as const;
/** The column at which a half ends, in pixels. */
const HALF = 16;

/** Measures both on the first `count` prompts and real sprites. Text alone: no exemplar helps. */
export async function measureControls(
  subject: Subject,
  { prompts, real, count }: { prompts: readonly string[]; real: readonly RealSprite[]; count: number },
): Promise<ControlFigures> {
  const asked = prompts.slice(0, count).flatMap((prompt) => NAMED.map((name) => ({ prompt, name })));
  const told = await inTurn(asked, ({ prompt, name }) => distanceWith(subject, prompt, { name, tell: true }));
  const untold = await inTurn(asked, ({ prompt, name }) =>
    distanceWith(subject, prompt, { name, tell: false }),
  );
  const sprites = real.slice(0, count);
  const joints = await inTurn(sprites, ({ image, word }) => continueHalf(subject, image, word));
  return {
    palette: { pictures: asked.length, told: mean(told), untold: mean(untold) },
    joint: {
      pictures: sprites.length,
      drawn: mean(joints) / mean(sprites.map(({ image }) => stepAt(image))),
    },
  };
}

/** Draws a prompt as the network gives it; `change` adds what it is told beside the text. */
async function drawRaw(
  subject: Subject,
  prompt: string,
  change: Partial<PictureRequest>,
): Promise<PixelImage> {
  const plan = planPrompt(subject, { prompt, exemplars: "off", seed: 0 });
  const pictures = plan.pictures.map((picture) => ({ ...picture, ...change }));
  const whole = { ...plan, pictures, passes: plan.passes.filter(({ pass }) => pass === "binarize-alpha") };
  const result = await subject.draw(whole);
  return result.pictures[0]!.image;
}

async function distanceWith(
  subject: Subject,
  prompt: string,
  { name, tell }: { name: string; tell: boolean },
): Promise<number> {
  const palette = [...(findPalette(name)?.colors ?? [])];
  const { data } = await drawRaw(subject, prompt, { palette: tell ? palette : null });
  const nearest = createNearestColor(palette.map(parseHex));
  const distances: number[] = [];
  for (let i = 0; i < data.length; i += 4) {
    const color = colorAt(data, i);
    if (data[i + 3] !== 0)
      distances.push(Math.sqrt(squaredDistance(toOklab(color), toOklab(nearest(color)))));
  }
  return mean(distances);
}

/** Gives the step over the joint where the right half of a picture is drawn anew. */
async function continueHalf(subject: Subject, known: PixelImage, prompt: string): Promise<number> {
  const mask = Uint8Array.from({ length: known.width * known.height }, (_, p) =>
    Number(p % known.width >= HALF),
  );
  return stepAt(await drawRaw(subject, prompt, { known, mask, bounds: null }));
}

/** Mean OKLab step over the joint, row by row; from drawn to empty it counts as 1. */
function stepAt({ data, width, height }: PixelImage): number {
  const steps = Array.from({ length: height }, (_, y) => {
    const right = 4 * (y * width + HALF);
    const [a, b] = [right - 4, right].map((offset) =>
      data[offset + 3] === 0 ? null : toOklab(colorAt(data, offset)),
    );
    if (!a || !b) return a === b ? 0 : 1;
    return Math.sqrt(squaredDistance(a, b));
  });
  return mean(steps);
}
