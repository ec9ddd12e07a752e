import { parsePrompt } from "../words/parse-prompt.ts";
import { singularOf } from "../words/singular.ts";
import { findClaims } from "./find-claims.ts";

/** Whether the thing that a prompt names is somebody whom the wardrobe can dress: "king", but not "the king's crown". */
export function namesPerson(prompt: string): boolean {
  const [thing] = parsePrompt(prompt).things;
  if (!thing || thing.head === null) return false;
  const who = findClaims(thing.words, false).claims.filter(({ sort }) => sort === "role" || sort === "kind");
  return who.some(({ words }) => singularOf(words.at(-1) ?? "") === thing.head);
}
