import { z } from "zod";
import { AssetAnswer } from "../../../shared/answers.ts";

/** 200 of `POST /v1/sprites`. */
export const SpriteAnswer = AssetAnswer.extend({
  kind: z.literal("sprite"),
  prompt_style: z.string(),
  unmet_words: z.array(z.string()).optional().describe("Words of the prompt that had no effect"),
  pre_palette_images: z.array(z.string()).optional(),
  non_bg_removed_images: z.array(z.string()).optional(),
});
export type SpriteAnswer = z.infer<typeof SpriteAnswer>;
