import type { AssetManifest } from "../../../shared/asset.ts";
import { filesOf, type Kind } from "../kind.ts";
import { PixelateAnswer } from "./answer.ts";
import { parsePixelateRequest } from "./parse.ts";
import { PixelateRequest } from "./request.ts";

/** True pixel art from any picture. */
export const pixelate: Kind<PixelateRequest> = {
  id: "pixelate",
  prefix: "pix",
  path: "/v1/pixelate",
  operation: "pixelate",
  tag: "pixels",
  verb: "pixelate",
  summary: "Turns a picture, sprite sheet or GIF into true pixel art, without a model",
  title: "Pixelate",
  needs: "pixels",
  request: PixelateRequest,
  answer: PixelateAnswer,
  takesStyle: false,
  parse: parsePixelateRequest,
  nameOf: () => "pixelated",
  answerOf: async ({ manifest }) => {
    const { id, grid, layout } = manifest;
    if (!grid) throw new Error(`The picture ${id} has no grid in its manifest.`);
    return { shown: [mainFile(manifest)], fields: { model: null, grid, ...(layout ? { layout } : {}) } };
  },
  command: async () => (await import("./command.ts")).pixelateCommand,
  maker: async () => (await import("./make.ts")).pixelateMaker,
};

/** Gives the file that shows all frames: the picture, the sheet if a sheet came in, or the GIF. */
export function mainFile(manifest: AssetManifest): string {
  const { id, images, layout, request } = manifest;
  const isSheet = layout?.durations_ms === null || request.return_spritesheet === true;
  const found = layout ? filesOf(manifest, isSheet ? "sheet" : "gif")[0] : images[0]?.file;
  if (found === undefined) throw new Error(`The asset ${id} has no picture in its manifest.`);
  return found;
}
