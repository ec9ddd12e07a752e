import { safeName } from "../../words/safe-name.ts";
import { type AnswerParts, filesOf, type Kind } from "../kind.ts";
import { AnimationAnswer } from "./answer.ts";
import { parseAnimationRequest } from "./parse.ts";
import { AnimationRequest } from "./request.ts";

/** Animations: the frames of one subject in motion. */
export const animation: Kind<AnimationRequest> = {
  id: "animation",
  prefix: "ani",
  path: "/v1/animations",
  operation: "createAnimation",
  tag: "animations",
  verb: "animate",
  summary: "Animates a subject, from a prompt or from its first frame",
  title: "Animation",
  needs: "generator",
  request: AnimationRequest,
  answer: AnimationAnswer,
  takesStyle: true,
  parse: parseAnimationRequest,
  nameOf: ({ prompt, actions }) => {
    const what = actions.length === 1 ? actions[0] : "";
    return safeName([prompt, what].filter(Boolean).join(" ") || actions.join(" "));
  },
  answerOf,
  command: async () => (await import("./command.ts")).animationCommand,
  maker: async () => (await import("./make.ts")).animationMaker,
};

async function answerOf({ manifest, urlOf }: AnswerParts) {
  const { animation: info, request, provenance, images } = manifest;
  const [gif = null] = filesOf(manifest, "gif");
  const [apng = null] = filesOf(manifest, "apng");
  const sheet = images[0]?.file;
  const shown = request.return_spritesheet === false ? (gif ?? sheet) : sheet;
  if (!info || shown === undefined)
    throw new Error(`The animation ${manifest.id} has no frames in its manifest.`);
  return {
    shown: [shown],
    fields: {
      model: provenance.model?.id ?? null,
      unmet_words: manifest.unmet_words ?? [],
      prompt_style: String(request.prompt_style),
      animation: { ...info, gif: gif && urlOf(gif), apng: apng && urlOf(apng) },
    },
  };
}
