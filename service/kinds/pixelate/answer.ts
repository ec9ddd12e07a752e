import { z } from "zod";
import { AssetAnswer } from "../../../shared/answers.ts";
import { FrameLayout, Grid } from "../../../shared/asset.ts";

/** 200 of `POST /v1/pixelate`: the picture, and the grid that was found in it. */
export const PixelateAnswer = AssetAnswer.extend({
  kind: z.literal("pixelate"),
  model: z.null().describe("No model drew it"),
  base64_images: z.array(z.string()).describe("One file: PNG of a picture or of a whole sheet, GIF of a GIF"),
  output_urls: z.array(z.string()).describe("Where that file is; those of single frames are in images"),
  grid: Grid,
  layout: FrameLayout.optional().describe("Only where several frames came"),
});
export type PixelateAnswer = z.infer<typeof PixelateAnswer>;
