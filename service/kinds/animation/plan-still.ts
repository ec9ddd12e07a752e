import type { Action } from "../../../shared/asset.ts";
import { SpriteRequest } from "../../../shared/requests.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import type { BodyPlan } from "../../motion/rigs/body-plan.ts";
import { planSprite, type SpriteContext } from "../../recipes/sprite.ts";
import type { AnimationRequest } from "./request.ts";

interface Room {
  above: number;
  beside: number;
}

/** Room that a motion needs above a still and at its sides, as fractions of the canvas. */
const ROOM: Partial<Record<Action, Room>> = {
  walk: { above: 0.06, beside: 0 },
  run: { above: 0.12, beside: 0 },
  jump: { above: 0.25, beside: 0 },
  attack: { above: 0.03, beside: 0.08 },
  hurt: { above: 0.03, beside: 0.08 },
  die: { above: 0, beside: 0.06 },
  destroy: { above: 0.12, beside: 0.1 },
  cast: { above: 0.06, beside: 0.08 },
  custom: { above: 0.1, beside: 0.06 },
};
/** Room for squash and stretch, which is how things without legs walk. */
const HOP_ROOM = { above: 0.2, beside: 0.08 };
/** Room for parts that move by themselves: wings, lids, tongues of fire, tails. */
const ROOM_OF_PLAN: Partial<Record<BodyPlan, Room>> = {
  blob: { above: 0.12, beside: 0.06 },
  floater: { above: 0.12, beside: 0.07 },
  flyer: { above: 0.16, beside: 0.06 },
  quadruped: { above: 0.06, beside: 0.06 },
  serpent: { above: 0.06, beside: 0.08 },
  swimmer: { above: 0.09, beside: 0.05 },
  crawler: { above: 0.06, beside: 0.06 },
  biped: { above: 0.06, beside: 0.05 },
  mimic: { above: 0.24, beside: 0.05 },
  chest: { above: 0.24, beside: 0 },
  flame: { above: 0.1, beside: 0.08 },
  plant: { above: 0, beside: 0.08 },
};
/** Minimum edge of a still. */
const LEAST = 16;

type Size = { width: number; height: number };

/** Gives the size to draw a still in, so that all its motions stay on the canvas. */
export function stillSize(
  actions: readonly Action[],
  canvas: Size,
  { hops, plan }: { hops: boolean; plan: BodyPlan | null },
): Size {
  const rooms = actions.map((action): Room => {
    const isHop = hops && (action === "walk" || action === "run");
    return isHop ? HOP_ROOM : (ROOM[action] ?? { above: 0, beside: 0 });
  });
  rooms.push((plan && ROOM_OF_PLAN[plan]) ?? { above: 0, beside: 0 });
  const above = Math.max(...rooms.map((room) => room.above));
  const beside = Math.max(...rooms.map((room) => room.beside));
  const width = canvas.width - 2 * Math.round(beside * canvas.width);
  const height = canvas.height - Math.round(above * canvas.height);
  return {
    width: Math.max(Math.min(LEAST, canvas.width), width),
    height: Math.max(Math.min(LEAST, canvas.height), height),
  };
}

/** Makes the sprite request for the still of an animation: same prompt, style and model; no palette yet. */
function spriteRequestOf(request: AnimationRequest, seed: number, size: Size): SpriteRequest {
  const {
    prompt = "",
    negative_prompt,
    prompt_style,
    model,
    steps,
    guidance_scale,
    exemplars,
    strict,
  } = request;
  return SpriteRequest.parse({
    prompt,
    negative_prompt,
    prompt_style,
    seed,
    strict,
    ...size,
    ...(model === undefined ? {} : { model }),
    ...(steps === undefined ? {} : { steps }),
    ...(guidance_scale === undefined ? {} : { guidance_scale }),
    ...(exemplars === undefined ? {} : { exemplars }),
  });
}

/** Plans the one still to animate. */
export function planStill(
  request: AnimationRequest,
  context: SpriteContext,
  { seed, size }: { seed: number; size: Size },
): GenerationPlan {
  return planSprite(spriteRequestOf(request, seed, size), context);
}

/**
 * Plans every frame for a model that knows actions: the same seed for all, so that they show the same subject, and for
 * each its phase in the cycle. Directions are requested if the model knows them.
 */
export function planModelFrames(
  still: GenerationPlan,
  frames: {
    actions: readonly { action: Action; count: number }[];
    directions: readonly string[];
    turns: boolean;
  },
): GenerationPlan {
  const [first] = still.pictures;
  if (!first) return still;
  const pictures = frames.actions.flatMap(({ action, count }) =>
    frames.directions.flatMap((direction) =>
      Array.from({ length: count }, (_, i) => ({
        ...first,
        action,
        framePhase: i / count,
        direction: frames.turns ? direction : first.direction,
      })),
    ),
  );
  return { ...still, pictures };
}
