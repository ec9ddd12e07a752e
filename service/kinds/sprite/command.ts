import type { KindCommand } from "../command.ts";
import type { SpriteAnswer } from "./answer.ts";

export const spriteCommand: KindCommand<SpriteAnswer> = {
  usage: ['sprite "PROMPT" [-o FILE.png] [flags]'],
  about:
    "Makes sprites, each with the files that game engines need next to it. Several images become FILE-1.png,\nFILE-2.png, ... Files that you changed are never overwritten.",
  argument: { field: "prompt", required: true },
  example: 'pixelkiln sprite "red dragon"',
  output: "picture",
  notFlags: [],
  pictureOf: (name, { num_images: count }) => (Number(count) > 1 ? `${name}-1.png` : `${name}.png`),
  factsOf: ({ images }) =>
    images.map(
      ({ width, height, colors, seed }) => `${width}x${height}, ${colors.length} colors, seed ${seed}`,
    ),
};
