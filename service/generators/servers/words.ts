import type { Family } from "../../../shared/server-models.ts";
import type { PictureRequest } from "../generator.ts";
import { FAMILY_DEFAULTS, STYLE_WORDS } from "./families.ts";

/** Grounds to cut a drawing from, the first that no word of the prompt speaks against. */
const GROUNDS = [
  {
    words: "plain solid magenta background (#ff00ff)",
    color: [255, 0, 255],
    near: /pink|magenta|purple|violet|rose|fuchsia|lilac/i,
  },
  {
    words: "plain solid green background (#00ff00)",
    color: [0, 255, 0],
    near: /green|grass|leaf|leaves|tree|plant|moss|lime|slime/i,
  },
  {
    words: "plain solid blue background (#0000ff)",
    color: [0, 0, 255],
    near: /blue|water|ice|sky|sea|ocean|sapphire/i,
  },
] as const;
const PLAIN = "plain white background";

/** What a configuration says of words. */
export interface WordChoice {
  family: Family;
  /** Words with {prompt} in place of the family's. */
  prompt?: string | undefined;
  negative_prompt?: string | undefined;
}

/** The words that a server is sent. */
export interface SentWords {
  prompt: string;
  negativePrompt: string;
}

/** Puts a request into the words that a family of models understands. */
export function wordsFor(request: PictureRequest, choice: WordChoice): SentWords {
  const defaults = FAMILY_DEFAULTS[choice.family];
  const template = choice.prompt ?? defaults.words[request.kind];
  const ground = request.plainGround ? groundFor(request.prompt).words : request.kind === "tile" ? "" : PLAIN;
  const added = [STYLE_WORDS[request.style], request.view ? `${request.view} view` : undefined];
  const subject = [request.prompt, ...added].filter(Boolean).join(", ");
  const withGround = template.includes("{ground}")
    ? template.replace("{ground}", () => asSentence(ground, template))
    : template + (choice.prompt === undefined || ground === "" ? "" : `, ${ground}`);
  const prompt = withGround.replace("{prompt}", () => subject);
  const negative = [request.negativePrompt, choice.negative_prompt, defaults.avoid];
  // Without guidance nothing is steered away from, and servers that are sent words all the same take twice the time.
  const isGuided = request.guidanceScale > 1;
  return {
    prompt: prompt.replace(/[,\s]+$/, ""),
    negativePrompt: isGuided ? negative.filter(Boolean).join(", ") : "",
  };
}

/** Chooses a vivid ground that the drawing is unlikely to have in it. */
export function groundFor(prompt: string): { words: string; color: readonly number[] } {
  return GROUNDS.find(({ near }) => !near.test(prompt)) ?? GROUNDS[0];
}

function asSentence(ground: string, template: string): string {
  const isSentence = template.includes(". {ground}");
  return isSentence && ground !== "" ? `It stands on a ${ground}.` : ground;
}
