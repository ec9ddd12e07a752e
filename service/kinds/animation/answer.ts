import { z } from "zod";
import { AssetAnswer } from "../../../shared/answers.ts";
import { AnimationInfo } from "../../../shared/asset.ts";

/** 200 of `POST /v1/animations`: the sheet or the GIF, and the layout of the frames. */
export const AnimationAnswer = AssetAnswer.extend({
  kind: z.literal("animation"),
  prompt_style: z.string(),
  unmet_words: z.array(z.string()).describe("Words of the prompt that had no effect"),
  base64_images: z.array(z.string()).describe("One file: the PNG of the sheet, or the GIF"),
  animation: AnimationInfo.extend({
    gif: z
      .string()
      .nullable()
      .describe("URL of the GIF, with the directions side by side; null for a single frame"),
    apng: z.string().nullable(),
  }),
});
export type AnimationAnswer = z.infer<typeof AnimationAnswer>;
