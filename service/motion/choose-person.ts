import { COLOR_WORDS } from "../words/color-words.ts";
import { headNoun, meaningfulWords, normalizePrompt, sameNoun } from "../words/prompt-words.ts";
import type { Person } from "./people.ts";
import { ROLES, type Role, STRANGE_SKIN } from "./person-words.ts";

/** Among characters whose scores differ by less than this, the seed decides. */
const ALIKE = 0.6;
const STRANGE = 12;

/**
 * Finds the role that a prompt is about; null for anything that does not walk upright as people do. A word for another
 * being next to it ("skeleton warrior") makes it one that the licensed characters cannot look like.
 */
export function personRole(prompt: string): Role | null {
  const head = headNoun(prompt);
  if (head === null) return null;
  const words = meaningfulWords(
    normalizePrompt(prompt).split(/,|\b(?:with|in|on|and|of|from|wearing|holding)\b/)[0] ?? "",
  );
  const roles = words.flatMap((word) => roleOf(word) ?? []);
  const role = roleOf(head) ?? (isTitle(head) ? roles.at(-1) : undefined);
  if (role === undefined) return null;
  const stranger = roles.find(({ covered }) => !covered);
  const covered = stranger === undefined && !words.some((word) => word !== head && BEASTS.test(word));
  return { wants: { ...role.wants, ...stranger?.wants }, covered };
}

function roleOf(word: string): Role | undefined {
  const name = Object.keys(ROLES).find((role) => sameNoun(role, word));
  return name === undefined ? undefined : ROLES[name];
}

/** Words that turn a person into something else: "lizard warrior". */
const BEASTS =
  /^(?:undead|skeletal|ghost(?:ly)?|lizard|cat|dog|wolf|fox|rat|mouse|bird|fish|frog|pig|bear|bunny|rabbit|dragon|demonic|fire|ice|rock|stone|crystal|mushroom|tree|mechanical|cyborg)$/;

/** Words that follow what a person is: "pirate captain". */
function isTitle(head: string): boolean {
  return /^(?:captain|leader|commander|lord|master|chief|apprentice|npc|sprite|figure)$/.test(head);
}

/** A character, and how well its caption fits the words, 0 to 1. */
export interface ChosenPerson {
  person: Person;
  similarity: number;
}

/**
 * Chooses the licensed character whose caption fits a prompt best: what its role wants, words in common, no unusual
 * skin color unless asked for. The seed breaks ties, so the same prompt and seed give the same character in
 * every action. Null if there are no characters.
 */
export function choosePerson(
  prompt: string,
  role: Role,
  from: { people: readonly Person[]; seed: number },
): ChosenPerson | null {
  const words = meaningfulWords(normalizePrompt(prompt)).filter((word) => !Object.hasOwn(COLOR_WORDS, word));
  const skins = Object.keys(role.wants).some((want) => want.includes("skinned"));
  const scored = from.people.map((person) => {
    const caption = person.caption.toLowerCase();
    const captionWords = new Set(caption.match(/[a-z]+/g) ?? []);
    let score = 0;
    for (const [want, weight] of Object.entries(role.wants)) {
      if (want.includes(" ") ? caption.includes(want) : captionWords.has(want)) score += weight;
    }
    for (const word of words) if (captionWords.has(word)) score += 2;
    if (STRANGE_SKIN.test(caption) && !skins) score -= STRANGE;
    return { person, score };
  });
  scored.sort((one, other) => other.score - one.score);
  const best = scored[0]?.score ?? 0;
  const alike = scored.filter(({ score }) => score > best - ALIKE);
  const chosen = alike[from.seed % alike.length];
  if (!chosen) return null;
  const most =
    Object.values(role.wants).reduce((sum, weight) => sum + Math.max(0, weight), 0) + 2 * words.length;
  const similarity = most === 0 ? 1 : Math.max(0, Math.min(1, chosen.score / most));
  return { person: chosen.person, similarity: Math.round(similarity * 1e4) / 1e4 };
}
