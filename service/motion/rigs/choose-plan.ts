import { parsePrompt } from "../../words/parse-prompt.ts";
import { wordsOf } from "../../words/prompt-words.ts";
import { singularOf } from "../../words/singular.ts";
import type { BodyPlan } from "./body-plan.ts";
import { findLegs } from "./legs.ts";
import { PLAN_WORDS } from "./plan-words.ts";
import type { Subject } from "./subject.ts";

let known: ReadonlyMap<string, BodyPlan> | null = null;

/** Finds the body plan that a prompt's noun names, or null: "mushroom monster" by both words, "old gray wolf" by its last. */
export function planOfPrompt(prompt: string): BodyPlan | null {
  known ??= readTable();
  const thing = parsePrompt(prompt).things[0];
  if (!thing) return null;
  const words = wordsOf([...thing.words, thing.head ?? ""].join(" ")).map(singularOf);
  // From the end, the longest name first; then names before it: the monster of "mushroom monster" says nothing.
  for (let end = words.length; end > 0; end--) {
    for (let start = 0; start < end; start++) {
      const plan = known.get(words.slice(start, end).join(" "));
      if (plan) return plan;
    }
  }
  return null;
}

/** Creatures that are built like people, and that the wardrobe may dress. */
const HUMANLIKE = new Set(
  `goblin orc kobold gnoll lizardman skeleton zombie mummy ghoul demon devil person man woman wizard knight ogre troll giant
  cyclops werewolf minotaur alien robot android satyr scarecrow lich imp fairy pixie cherub genie djinn harpy centaur naga
  spirit soul`.split(/\s+/),
);

/** Whether the noun of a prompt is a creature or thing that no person stands for: "black cat", but not "cat girl". */
export function namesCreature(prompt: string): boolean {
  known ??= readTable();
  const name = wordsOf((parsePrompt(prompt).things[0]?.name ?? []).join(" ")).map(singularOf);
  const head = name.at(-1) ?? "";
  return !HUMANLIKE.has(head) && name.some((_, start) => known?.has(name.slice(start).join(" ")));
}

function readTable(): Map<string, BodyPlan> {
  const table = new Map<string, BodyPlan>();
  for (const [plan, names] of Object.entries(PLAN_WORDS)) {
    for (const name of names.split(",")) table.set(wordsOf(name).map(singularOf).join(" "), plan as BodyPlan);
  }
  return table;
}

/** Guesses a body plan from a silhouette: by its legs and its proportions; what has none is a blob. */
export function planOfSilhouette(subject: Subject): BodyPlan {
  const legs = findLegs(subject);
  const isWide = subject.width >= 1.15 * subject.height;
  if (subject.view === "side" && (legs.length >= 3 || (legs.length === 2 && isWide))) return "quadruped";
  if (legs.length >= 2 && subject.height >= 0.8 * subject.width) return "biped";
  return "blob";
}
