import { parsePrompt } from "./parse-prompt.ts";
import type { PromptThing, Relation } from "./prompt-parse.ts";

/** A thing that belongs to the first thing of a prompt. */
export interface PromptPart {
  relation: Relation;
  thing: PromptThing;
}

/** Where something is on a body: no thing to draw. */
const PLACES = new Set("shoulder head back arm hand hip side top chest neck waist foot lap".split(" "));

/** Lists the things beside the first one of a prompt whose names are among words that a drawing does not show. */
export function lackingParts(prompt: string, unmetWords: readonly string[]): PromptPart[] {
  const [first, ...others] = parsePrompt(prompt).things;
  const beside = others.map((thing): PromptPart => ({ relation: "with", thing }));
  const unmet = new Set(unmetWords);
  return [...(first?.parts ?? []), ...beside].filter(
    ({ thing }) => thing.head !== null && !PLACES.has(thing.head) && unmet.has(thing.name.at(-1) ?? ""),
  );
}
