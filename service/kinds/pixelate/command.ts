import { CLEANUP_PASSES } from "../../../shared/requests.ts";
import type { KindCommand } from "../command.ts";
import type { PixelateAnswer } from "./answer.ts";

export const pixelateCommand: KindCommand<PixelateAnswer> = {
  usage: ["pixelate FILE -o FILE.png [flags]", "pixelate --batch LIST.json [flags]"],
  about: `Turns a picture that only looks like pixel art into true pixel art: finds its cells, gives each one color, and the whole
picture as few colors as it can without a visible loss. True pixel art comes back unchanged. No model is needed.
All frames of a GIF, and all cells of a sprite sheet, share one grid and one palette; a GIF written to FILE.png becomes
a sheet. Clean-up passes (${CLEANUP_PASSES.join(", ")}) run only when asked for: each would harm some true pixel art.`,
  argument: { field: "input_image", required: true },
  example: "pixelkiln pixelate generated.png -o true.png",
  output: "file",
  notFlags: ["return_spritesheet"],
  flags: { batch: { type: "string" } },
  flagHelp: [
    [
      "--batch LIST.json",
      'Many pictures: [{"input": FILE, "output": FILE}, ...]; prints one line of JSON for each',
    ],
  ],
  factsOf: ({ images, grid }) => {
    const [first] = images;
    const several = images.length > 1 ? `${images.length} frames of ` : "";
    const colors = new Set(images.flatMap((image) => image.colors)).size;
    return [`${several}${first?.width ?? 0}x${first?.height ?? 0}, ${colors} colors, ${grid.kind}`];
  },
};
