import type { PixelImage } from "./image.ts";
import { parseHex } from "./parse-hex.ts";
import type { PixelateTask, PixelWorkResult } from "./pixel-work.ts";
import type { PixelateOptions } from "./pixelate/options.ts";
import { pixelateTogether } from "./pixelate/pixelate.ts";

/** Runs a pixelate task on frames of one size: they share their grid and their colors. */
export function pixelateFrames(
  frames: readonly PixelImage[],
  task: PixelateTask,
): Pick<PixelWorkResult, "frames" | "grid" | "warnings"> {
  const { images, grid, warnings } = pixelateTogether(frames, optionsOf(task));
  return { frames: images, grid, warnings };
}

function optionsOf(task: PixelateTask): PixelateOptions {
  const { pixelSize, width, height, colorCount, palette, dither, ditherStrength, removeBackground, cleanup } =
    task;
  return {
    ...(pixelSize === null ? {} : { pixelSize }),
    ...(width === null ? {} : { width }),
    ...(height === null ? {} : { height }),
    ...(colorCount === null ? {} : { colorCount }),
    ...(palette === null ? {} : { palette: palette.map(parseHex) }),
    dither,
    ditherStrength,
    removeBackground,
    cleanup,
  };
}
