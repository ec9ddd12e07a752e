import { ANIMATION_REQUESTS } from "./animation-requests.ts";
import { CHARACTER_REQUESTS } from "./character-requests.ts";
import { PIXEL_REQUESTS } from "./pixel-requests.ts";
import type { GoldenRequest } from "./request.ts";
import { SPRITE_REQUESTS } from "./sprite-requests.ts";
import { TILE_REQUESTS } from "./tile-requests.ts";

/** Every request whose output the table holds: all kinds, through the HTTP door alone. */
export const REQUESTS: readonly GoldenRequest[] = [
  ...SPRITE_REQUESTS,
  ...TILE_REQUESTS,
  ...ANIMATION_REQUESTS,
  ...CHARACTER_REQUESTS,
  ...PIXEL_REQUESTS,
];
