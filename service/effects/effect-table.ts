import { laser, levelUp, teleport } from "./drawings/beams.ts";
import { explosion } from "./drawings/explosion.ts";
import { energyBall, flame } from "./drawings/flame.ts";
import { hitSpark, muzzleFlash, shockwave } from "./drawings/flashes.ts";
import { iceShards } from "./drawings/ice.ts";
import { electricity, lightning } from "./drawings/lightning.ts";
import { magicCircle } from "./drawings/magic-circle.ts";
import { confetti, firework } from "./drawings/party.ts";
import { portal } from "./drawings/portal.ts";
import { bubbles, buff, debuff, heal, hearts, motes } from "./drawings/rising.ts";
import { shield } from "./drawings/shield.ts";
import { slash } from "./drawings/slash.ts";
import { dust, poisonCloud, smokePuff } from "./drawings/smoke.ts";
import { splash } from "./drawings/splash.ts";
import { hitStars, sparkle, stun } from "./drawings/stars.ts";
import { tornado } from "./drawings/tornado.ts";
import { leaves, rain, snow } from "./drawings/weather.ts";
import type { EffectDrawing } from "./effect.ts";

/** Every effect by its name, in the order users see them. */
export const EFFECTS = {
  explosion,
  smoke: smokePuff,
  dust,
  flame,
  muzzle_flash: muzzleFlash,
  hit_spark: hitSpark,
  hit_stars: hitStars,
  stun,
  shockwave,
  slash,
  energy_ball: energyBall,
  laser,
  lightning,
  electricity,
  ice_shards: iceShards,
  splash,
  poison_cloud: poisonCloud,
  tornado,
  magic_circle: magicCircle,
  portal,
  teleport,
  shield,
  heal,
  buff,
  debuff,
  level_up: levelUp,
  sparkle,
  motes,
  hearts,
  bubbles,
  confetti,
  firework,
  rain,
  snow,
  leaves,
} as const satisfies Record<string, EffectDrawing>;
export type EffectName = keyof typeof EFFECTS;
