import { z } from "zod";
import { AssetAnswer } from "../../../shared/answers.ts";
import { CharacterInfo } from "../../../shared/character.ts";

/** 200 of `POST /v1/characters`: the sheet, who it shows, and where each action is on it. */
export const CharacterAnswer = AssetAnswer.extend({
  kind: z.literal("character"),
  unmet_words: z.array(z.string()).describe("Words of the prompt that nothing shows"),
  character: CharacterInfo.extend({
    gif: z
      .string()
      .nullable()
      .describe("URL of the GIF: the actions in sequence, the directions side by side"),
    apng: z.string().nullable(),
    portrait: z.string().nullable().describe("URL of its head and shoulders; null unless asked for"),
    icon: z.string().nullable().describe("URL of its head; null unless asked for"),
  }),
});
export type CharacterAnswer = z.infer<typeof CharacterAnswer>;
