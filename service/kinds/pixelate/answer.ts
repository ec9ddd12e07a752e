import { z } from "zod";
import { AssetAnswer } from "../../../shared/answers.ts";
import { FrameLayout, Grid } from "../../../shared/asset.ts";

/** 200 of `POST /v1/pixelate`: the picture, and the grid that was found in it. */
export const PixelateAnswer = AssetAnswer.extend({
  kind: z.literal("pixelate"),
  model: z.null().describe("No model drew it"),
  base64_images: z
    .array(z.string())
    .describe("One file: the PNG of a picture or of a whole sheet, or a GIF for a GIF"),
  output_urls: z.array(z.string()).describe("URL of that file; those of single frames are in images"),
  grid: Grid,
  layout: FrameLayout.optional().describe("Only if several frames came in"),
});
export type PixelateAnswer = z.infer<typeof PixelateAnswer>;
