import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { drawContactSheet } from "../../service/pixel/contact-sheet.ts";
import { createImage, type PixelImage, place } from "../../service/pixel/image.ts";
import { THUMB } from "../../service/pixel/thumbnail.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import type { Character } from "./draw-characters.ts";
import { type Drawing, GROUPS } from "./draw-prompts.ts";
import type { Pair } from "./memorization.ts";
import type { Yardstick } from "./samples.ts";

const GAP = 1;
const SCALE = 2;
const PROMPTS_A_SHEET = 28;
const PAIRS = 32;

/** Writes contact sheets into a folder: the seeds of a prompt side by side on a card, nothing picked. */
export async function writeSheets(folder: string, drawings: readonly Drawing[], mode: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const group of GROUPS) {
    const entries = drawings
      .filter((one) => one.group === group)
      .map(({ images, prompt }) => ({ image: sideBySide(images), caption: prompt }));
    for (let from = 0; from < entries.length; from += PROMPTS_A_SHEET) {
      const part = entries.length > PROMPTS_A_SHEET ? `-${1 + from / PROMPTS_A_SHEET}` : "";
      const sheet = drawContactSheet(entries.slice(from, from + PROMPTS_A_SHEET), {
        scale: SCALE,
        columns: 4,
      });
      writeFileSync(join(folder, `${group}${part}-${mode}.png`), await encodePng(sheet));
    }
  }
}

/** Writes the walkers: the four views of each side by side, standing still. */
export async function writeWalkers(path: string, walkers: readonly Character[]): Promise<void> {
  const entries = walkers.map(({ prompt, directions }) => ({
    image: sideBySide(directions.map((frames) => frames[0]!)),
    caption: prompt,
  }));
  writeFileSync(path, await encodePng(drawContactSheet(entries, { scale: SCALE, columns: 4 })));
}

/**
 * Writes the samples that are nearest to a training picture, that picture beside them: whole where it is an
 * exemplar, else its 16 x 16 thumbnail, which is all that ships.
 */
export async function writeNearest(
  path: string,
  pairs: readonly Pair[],
  { exemplarImages }: Yardstick,
): Promise<void> {
  const entries = pairs.slice(0, PAIRS).map(({ sample, nearest }) => {
    const { id, caption, thumbnail } = nearest.picture;
    const shown = exemplarImages.get(id) ?? enlarged(thumbnail.data);
    return {
      image: sideBySide([sample.image, shown]),
      caption: `${sample.prompt} / ${caption} ${nearest.distance.toFixed(2)}`,
    };
  });
  const sheet = drawContactSheet(entries, { scale: SCALE, columns: 8 });
  writeFileSync(path, await encodePng(sheet));
}

function sideBySide(images: readonly PixelImage[]): PixelImage {
  const { width, height } = images[0]!;
  return images.reduce(
    (strip, image, i) => place(image, strip, i * (width + GAP), 0),
    createImage(images.length * (width + GAP) - GAP, height),
  );
}

/** A thumbnail as a picture: its colors are multiplied by alpha, so they are divided by it again. */
function enlarged(thumbnail: Uint8Array): PixelImage {
  const data = Uint8Array.from(thumbnail, (value, i) => {
    const alpha = thumbnail[i - (i % 4) + 3]!;
    if (alpha < 128) return 0;
    return i % 4 === 3 ? 255 : Math.min(255, Math.round((255 * value) / alpha));
  });
  return upscaleNearest({ width: THUMB, height: THUMB, data }, 2);
}
