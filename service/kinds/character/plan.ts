import type { CharacterAction } from "../../../shared/character.ts";
import { describeValue, invalidParameter } from "../../../shared/errors.ts";
import type { Loop } from "../../../shared/motions.ts";
import { type ParsedRequest, refused } from "../../../shared/parse-request.ts";
import { withoutUndefined } from "../../../shared/records.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { PassStep } from "../../pixel/passes.ts";
import type { ColorPlan } from "../../recipes/plan-colors.ts";
import { checkOutfit } from "../../wardrobe/check-outfit.ts";
import type { Wardrobe } from "../../wardrobe/open-wardrobe.ts";
import type { Outfit } from "../../wardrobe/outfit.ts";
import type { KindPlan } from "../maker.ts";
import { listUnused, settingOf } from "../per-action.ts";
import { planDirections } from "../plan-directions.ts";
import { planFrameColors } from "../plan-frame-colors.ts";
import { sayUnmet } from "../say-unmet.ts";
import { ACTIONS } from "./actions.ts";
import { dress } from "./dress.ts";
import type { CharacterRequest } from "./request.ts";

/** ms to compose, reduce and write one frame. */
const FRAME_MS = 8;
const USUAL_FRAMES = 7;

/** Everything a character needs, with every default resolved. */
export interface CharacterPlan extends KindPlan {
  outfit: Outfit;
  role: string | null;
  unmetWords: string[];
  actions: { name: CharacterAction; fps: number; loop: Loop }[];
  directions: string[];
  size: CharacterRequest["size"];
  armed: boolean;
  portrait: boolean;
  icon: boolean;
  /** Run on all frames together. */
  passes: PassStep[];
  palette: ColorPlan["palette"];
  enlarge: number;
  prompt: string | null;
  seed: number;
}

export interface CharacterContext {
  wardrobe: Wardrobe;
  /** Decoded input_palette, if it is a picture. */
  palettePicture: PixelImage | null;
  chooseSeed: () => number;
}

/** Plans a character. Throws `invalid-request` or `ignored-parameter`, which name the field. */
export function planCharacter(
  { request, ignored: unknown }: ParsedRequest<CharacterRequest>,
  { wardrobe, palettePicture, chooseSeed }: CharacterContext,
): CharacterPlan {
  const seed = request.seed ?? chooseSeed();
  const { outfit, role, unmetWords } = dressed(request, wardrobe, seed);
  checkOutfit(wardrobe, outfit);
  const actions = [...new Set(request.actions)].map((name) => planAction(request, name));
  const { fps: rates, loop: loops } = request;
  const ignored = [...unknown, ...listUnused({ fps: rates, loop: loops }, request.actions)];
  const colors = planFrameColors(request, palettePicture);
  if (request.strict && ignored.length > 0) throw refused(ignored);
  const directions = planDirections(request);
  const { check_cost: _cost, async: _async, ...rest } = request;
  const enlarge = request.upscale_output_factor ?? 1;
  const names = actions.map(({ name }) => name);
  return {
    outfit,
    role,
    unmetWords,
    actions,
    directions,
    size: request.size,
    armed: request.armed,
    portrait: request.portrait,
    icon: request.icon,
    passes: [...colors.passes, ...colors.outline],
    palette: colors.palette,
    enlarge,
    prompt: request.prompt || null,
    seed,
    resolved: withoutUndefined({
      ...rest,
      actions: names,
      fps: Object.fromEntries(actions.map(({ name, fps }) => [name, fps])),
      loop: Object.fromEntries(actions.map(({ name, loop }) => [name, loop])),
      seed,
      upscale_output_factor: enlarge,
      ...(colors.palette ? { input_palette: colors.palette.name ?? colors.palette.colors } : {}),
    }),
    ignored,
    warnings: [...sayUnmet(unmetWords), ...colors.warnings],
    generations: [],
    wardrobe: wardrobe.sha256,
    pixelMs: FRAME_MS * USUAL_FRAMES * actions.length * directions.length,
  };
}

/** Who it is: the outfit that is given, or what the prompt says. */
function dressed({ prompt, outfit, strict }: CharacterRequest, { index }: Wardrobe, seed: number) {
  if (!prompt && !outfit) throw invalidParameter("prompt", "nothing", "text, or an outfit");
  const found = prompt ? dress(prompt, { seed, index, strict: strict && !outfit }) : null;
  if (outfit) return { outfit, role: found?.role ?? null, unmetWords: [] };
  if (found) return found;
  throw invalidParameter(
    "prompt",
    describeValue(prompt),
    "somebody whom the wardrobe can dress, such as a knight: `animate` draws creatures and things",
  );
}

function planAction(
  { fps, loop }: CharacterRequest,
  name: CharacterAction,
): CharacterPlan["actions"][number] {
  const usual = ACTIONS[name];
  return { name, fps: settingOf(fps, name) ?? usual.fps, loop: settingOf(loop, name) ?? usual.loop };
}
