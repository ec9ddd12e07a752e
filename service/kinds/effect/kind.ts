import { safeName } from "../../words/safe-name.ts";
import { type AnswerParts, filesOf, type Kind } from "../kind.ts";
import { EffectAnswer } from "./answer.ts";
import { parseEffectRequest } from "./parse.ts";
import { EffectRequest } from "./request.ts";

/** Effects: explosions, spells, weather: particles drawn frame by frame. */
export const effect: Kind<EffectRequest> = {
  id: "effect",
  prefix: "eff",
  path: "/v1/effects",
  operation: "createEffect",
  tag: "effects",
  verb: "effect",
  summary: "Makes an animated effect, such as an explosion, from a prompt",
  title: "Effect",
  needs: "pixels",
  request: EffectRequest,
  answer: EffectAnswer,
  takesStyle: false,
  parse: parseEffectRequest,
  nameOf: ({ prompt }) => safeName(prompt),
  answerOf,
  command: async () => (await import("./command.ts")).effectCommand,
  maker: async () => (await import("./make.ts")).effectMaker,
};

async function answerOf({ manifest, urlOf }: AnswerParts) {
  const { id, effect: info, unmet_words, images } = manifest;
  const [gif = null] = filesOf(manifest, "gif");
  const [apng = null] = filesOf(manifest, "apng");
  const sheet = images[0]?.file;
  if (!info || sheet === undefined) throw new Error(`The effect ${id} has no frames in its manifest.`);
  return {
    shown: [sheet],
    fields: {
      model: null,
      unmet_words: unmet_words ?? [],
      effect: { ...info, gif: gif && urlOf(gif), apng: apng && urlOf(apng) },
    },
  };
}
