import { safeName } from "../../words/safe-name.ts";
import { type AnswerParts, filesOf, type Kind } from "../kind.ts";
import { CharacterAnswer } from "./answer.ts";
import { parseCharacterRequest } from "./parse.ts";
import { CharacterRequest } from "./request.ts";

/** Characters: one person in all its actions and directions, composed of licensed parts. */
export const character: Kind<CharacterRequest> = {
  id: "character",
  prefix: "cha",
  path: "/v1/characters",
  operation: "createCharacter",
  tag: "characters",
  verb: "character",
  summary: "Makes a character with all its actions and directions on one sheet",
  title: "Character",
  needs: "pixels",
  request: CharacterRequest,
  answer: CharacterAnswer,
  takesStyle: false,
  parse: parseCharacterRequest,
  nameOf: ({ prompt }) => safeName(prompt || "character"),
  answerOf,
  command: async () => (await import("./command.ts")).characterCommand,
  maker: async () => (await import("./make.ts")).characterMaker,
};

async function answerOf({ manifest, urlOf }: AnswerParts) {
  const { id, character: info, unmet_words, images } = manifest;
  const [gif = null] = filesOf(manifest, "gif");
  const [apng = null] = filesOf(manifest, "apng");
  const [portrait = null] = filesOf(manifest, "portrait");
  const [icon = null] = filesOf(manifest, "icon");
  const sheet = images[0]?.file;
  if (!info || sheet === undefined) throw new Error(`The character ${id} has no frames in its manifest.`);
  return {
    shown: [sheet],
    fields: {
      model: null,
      unmet_words: unmet_words ?? [],
      character: {
        ...info,
        gif: gif && urlOf(gif),
        apng: apng && urlOf(apng),
        portrait: portrait && urlOf(portrait),
        icon: icon && urlOf(icon),
      },
    },
  };
}
