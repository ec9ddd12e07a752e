import { CLEANUP_PASSES } from "../../../shared/requests.ts";
import type { KindCommand } from "../command.ts";
import type { PixelateAnswer } from "./answer.ts";

export const pixelateCommand: KindCommand<PixelateAnswer> = {
  usage: ["pixelate FILE -o FILE.png [flags]", "pixelate --batch LIST.json [flags]"],
  about: `Turns a picture that only looks like pixel art into true pixel art: it finds the grid, gives each cell one color, and
reduces the palette as far as it can without visible loss. True pixel art comes back unchanged. Needs no model.
All frames of a GIF, or all cells of a sprite sheet, share one grid and one palette; a GIF written to FILE.png becomes
a sheet. The clean-up passes (${CLEANUP_PASSES.join(", ")}) run only if you ask: each would harm some true pixel art.`,
  argument: { field: "input_image", required: true },
  example: "pixelkiln pixelate generated.png -o true.png",
  output: "file",
  takesLists: true,
  notFlags: ["return_spritesheet"],
  factsOf: ({ images, grid }) => {
    const [first] = images;
    const several = images.length > 1 ? `${images.length} frames of ` : "";
    const colors = new Set(images.flatMap((image) => image.colors)).size;
    return [`${several}${first?.width ?? 0}x${first?.height ?? 0}, ${colors} colors, ${grid.kind}`];
  },
};
