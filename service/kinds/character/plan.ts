import type { CharacterAction } from "../../../shared/character.ts";
import { describeValue, invalidParameter } from "../../../shared/errors.ts";
import type { ParsedRequest } from "../../../shared/parse-request.ts";
import { refused } from "../../../shared/parse-request.ts";
import { withoutUndefined } from "../../../shared/records.ts";
import type { IgnoredParameter } from "../../../shared/requests.ts";
import { checkOutfit } from "../../wardrobe/check-outfit.ts";
import type { Wardrobe } from "../../wardrobe/open-wardrobe.ts";
import type { Outfit } from "../../wardrobe/outfit.ts";
import { outfitOf } from "../../wardrobe/outfit-of.ts";
import { ADJECTIVES, STATE_WORDS } from "../../words/describing-words.ts";
import type { KindPlan } from "../maker.ts";
import { ACTIONS } from "./actions.ts";
import type { CharacterRequest } from "./request.ts";

/** Directions by their number, in the order of sheets. */
const DIRECTIONS = {
  1: ["south"],
  4: ["south", "west", "east", "north"],
  8: ["south", "west", "east", "north", "south-west", "south-east", "north-west", "north-east"],
} as const;
/** ms to compose, reduce and write one frame. */
const FRAME_MS = 8;
const USUAL_FRAMES = 7;

/** Everything a character needs, with every default resolved. */
export interface CharacterPlan extends KindPlan {
  outfit: Outfit;
  role: string | null;
  unmetWords: string[];
  actions: { name: CharacterAction; fps: number }[];
  directions: string[];
  size: CharacterRequest["size"];
  armed: boolean;
  enlarge: number;
  prompt: string | null;
  seed: number;
}

/** Plans a character. Throws `invalid-request` or `ignored-parameter`, which name the field. */
export function planCharacter(
  { request, ignored: unknown }: ParsedRequest<CharacterRequest>,
  { wardrobe, chooseSeed }: { wardrobe: Wardrobe; chooseSeed: () => number },
): CharacterPlan {
  const seed = request.seed ?? chooseSeed();
  const { outfit, role, unmetWords } = dress(request, wardrobe, seed);
  checkOutfit(wardrobe, outfit);
  const actions = [...new Set(request.actions)].map((name) => ({ name, fps: fpsOf(request, name) }));
  const ignored = [...unknown, ...unusedRates(request)];
  if (request.strict && ignored.length > 0) throw refused(ignored);
  const directions = [...DIRECTIONS[request.directions]];
  const { check_cost: _cost, async: _async, ...rest } = request;
  const enlarge = request.upscale_output_factor ?? 1;
  const fps = Object.fromEntries(actions.map((action) => [action.name, action.fps]));
  const names = actions.map(({ name }) => name);
  return {
    outfit,
    role,
    unmetWords,
    actions,
    directions,
    size: request.size,
    armed: request.armed,
    enlarge,
    prompt: request.prompt || null,
    seed,
    resolved: withoutUndefined({ ...rest, actions: names, fps, seed, upscale_output_factor: enlarge }),
    ignored,
    warnings: unmetWords.length > 0 ? [`Nothing shows ${unmetWords.join(", ")}.`] : [],
    generations: [],
    pixelMs: FRAME_MS * USUAL_FRAMES * actions.length * directions.length,
  };
}

/** Who it is: the outfit that is given, or what the prompt says. */
function dress({ prompt, outfit, strict }: CharacterRequest, { index }: Wardrobe, seed: number) {
  if (!prompt && !outfit) throw invalidParameter("prompt", "nothing", "text, or an outfit");
  const dressed = prompt ? outfitOf(prompt, { seed, index }) : null;
  if (outfit) return { outfit, role: dressed?.role ?? null, unmetWords: [] };
  if (!dressed || dressed.role === null) {
    throw invalidParameter(
      "prompt",
      describeValue(prompt),
      "somebody whom the wardrobe can dress, such as a knight: `animate` draws creatures and things",
    );
  }
  const missed = dressed.unmetWords.filter(isNamed);
  if (strict && missed.length > 0)
    throw invalidParameter("prompt", describeValue(missed.join(", ")), "what the wardrobe can show (strict)");
  return { ...dressed };
}

/** Whether a word names a thing or a color, rather than says how something is. */
function isNamed(word: string): boolean {
  return !ADJECTIVES.has(word) && !STATE_WORDS.has(word);
}

function fpsOf({ fps }: CharacterRequest, action: CharacterAction): number {
  return (typeof fps === "number" ? fps : fps?.[action]) ?? ACTIONS[action].fps;
}

function unusedRates({ fps, actions }: CharacterRequest): IgnoredParameter[] {
  if (typeof fps !== "object") return [];
  const names: readonly string[] = actions;
  return Object.keys(fps)
    .filter((name) => !names.includes(name))
    .map((name) => ({ name: `fps.${name}`, reason: `${name} is not among the actions` }));
}
