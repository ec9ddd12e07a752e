import { z } from "zod";
import { AssetAnswer } from "../../../shared/answers.ts";
import { EffectInfo } from "../../../shared/effect.ts";

/** 200 of `POST /v1/effects`: the sheet, which effect it shows, and where its frames are on it. */
export const EffectAnswer = AssetAnswer.extend({
  kind: z.literal("effect"),
  unmet_words: z.array(z.string()).describe("Words of the prompt that nothing shows"),
  effect: EffectInfo.extend({
    gif: z.string().nullable().describe("URL of the GIF"),
    apng: z.string().nullable(),
  }),
});
export type EffectAnswer = z.infer<typeof EffectAnswer>;
