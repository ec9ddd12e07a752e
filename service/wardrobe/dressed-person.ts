import { isMaterial } from "../words/material-words.ts";
import { parsePrompt } from "../words/parse-prompt.ts";
import { singularOf } from "../words/singular.ts";
import { findClaims } from "./find-claims.ts";
import { keyOf } from "./items.ts";
import { readCharacter } from "./read-character.ts";
import { ROLES_BY_NAME } from "./roles.ts";

const names = (text: string): ReadonlySet<string> =>
  new Set(text.split(/\s*[,\n]\s*/).map((name) => keyOf(name.trim().split(" "))));

/**
 * What no dress makes: animals, machines, statues, who has a tail for legs or no body at all. A cat is a cat, though the
 * wardrobe has a catgirl.
 */
const NEVER = names(
  `robot, android, automaton, mech, droid, bot, clockwork, golem, stone golem, rock golem, rock monster, gargoyle
  living statue, statue, iron golem, steel golem, metal golem, ghost, spirit, poltergeist, apparition, banshee, rat, mouse
  boar, pig, cat, fox, lizard, merman, mermaid, merfolk, sea elf, triton, water spirit, djinn, genie, jinn, giant, death
  character, figure`,
);
/** Who is drawn better than the wardrobe shows him, unless the prompt says what he wears or holds. */
const DRAWN = names(
  `zombie, ghoul, walking dead, rotting corpse, troll, cave troll, ogre, cyclops man, dryad, nymph, forest spirit
  wood nymph, werewolf, wolfman, wolf man, lycan, bugbear, minotaur, bull man, taur, lich, lich king, kitsune, scarecrow
  swimmer, surfer, grim reaper, reaper, wraith, specter, spectre, phantom, superhero, super hero, space marine
  astronaut, cosmonaut, spaceman, chef, cook`,
);

/** Whether the thing that a prompt names is somebody whom the wardrobe can dress: "king", but not "the king's crown". */
export function namesPerson(prompt: string): boolean {
  return findHead(prompt) !== null;
}

/** Finds who a prompt names as its first thing; null for anything else. */
function findHead(prompt: string) {
  const [thing] = parsePrompt(prompt).things;
  if (!thing || thing.head === null) return null;
  const { claims, rest } = findClaims(thing.words, false);
  const who = claims.filter(({ sort }) => sort === "role" || sort === "kind");
  const head = who.find(({ words }) => singularOf(words.at(-1) ?? "") === thing.head);
  return head ? { thing, who, head, rest } : null;
}

/**
 * Whether a prompt names somebody whom the wardrobe shows better than a drawing of one name: "king", "zombie pirate",
 * "troll with a club", but neither "the king's crown" nor "gingerbread man" nor "cat".
 */
export function isDressed(prompt: string): boolean {
  const found = findHead(prompt);
  if (!found || NEVER.has(found.head.name)) return false;
  const { thing, who, head, rest } = found;
  // "gingerbread man", "snow man": another thing in the form of one.
  const isPlain = ROLES_BY_NAME.get(head.name)?.name === "villager";
  const before = thing.name.slice(0, -1);
  if (isPlain && [...rest, ...thing.materials].some((word) => before.includes(word) || isMaterial(word)))
    return false;
  if (!DRAWN.has(head.name)) return true;
  const said = readCharacter(prompt);
  return said.items.length > 0 || said.eyes.length + said.hair.length > 0 || who.length > 1;
}
