import type { KindCommand } from "../command.ts";
import type { EffectAnswer } from "./answer.ts";

export const effectCommand: KindCommand<EffectAnswer> = {
  usage: ['effect "blue explosion" --size 64 --fps 15 [-o FILE.png]'],
  about:
    "Draws explosions, smoke, slashes, spells, weather and more, frame by frame: docs/effects.md has the list.\nWrites one sprite sheet, a GIF, an animated PNG and the files of the engines that the project uses. Files that you\nchanged are never overwritten.",
  argument: { field: "prompt", required: true },
  example: 'pixelkiln effect "blue explosion"',
  output: "folder",
  notFlags: [],
  pictureOf: (name) => `${name}-sheet.png`,
  factsOf: ({ effect, palette, unmet_words: unmet }) => {
    const { frames, frame_size: size, name, loop } = effect;
    const facts = `${name}, ${frames.length} frames of ${size.width}x${size.height}, ${palette.colors.length} colors${loop ? ", loops" : ""}`;
    return [unmet.length > 0 ? `${facts}, not shown: ${unmet.join(", ")}` : facts];
  },
};
