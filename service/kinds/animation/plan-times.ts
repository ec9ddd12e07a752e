import { invalidParameter } from "../../../shared/errors.ts";
import { DIRECTIONS } from "../../../shared/requests.ts";
import type { AnimationRequest } from "./request.ts";

const IDLE_FRAMES = 4;
const FRAMES = 8;
const FPS = 8;

/** Directions by their number. Four are in the order of sheets: south, west, east, north. */
const DIRECTION_SETS = {
  1: ["south"],
  4: ["south", "west", "east", "north"],
  8: ["south", "west", "east", "north", "south-west", "south-east", "north-west", "north-east"],
} as const;

/** Lists the directions of a request, each once, in the order of the rows on its sheet. */
export function planDirections({ directions }: Pick<AnimationRequest, "directions">): string[] {
  if (!Array.isArray(directions)) return [...DIRECTION_SETS[directions]];
  const known: readonly string[] = DIRECTIONS;
  return [...new Set(directions)].filter((direction) => known.includes(direction));
}

/**
 * Decides the number of frames and how long each is shown, in ms. Throws `invalid-request` if the number of durations is
 * neither one nor the number of frames.
 */
export function planTimes(request: AnimationRequest): { count: number; durationsMs: number[] } {
  const { frames_duration: asked, frame_durations_ms: durations, fps = FPS } = request;
  const usual = request.action === "idle" ? IDLE_FRAMES : FRAMES;
  const listed = durations && durations.length > 1 ? durations.length : undefined;
  const count = asked ?? listed ?? usual;
  if (!durations) {
    const ms = Math.round(1000 / fps);
    return { count, durationsMs: Array.from({ length: count }, () => ms) };
  }
  const [every, ...more] = durations;
  if (every !== undefined && more.length === 0)
    return { count, durationsMs: Array.from({ length: count }, () => every) };
  if (durations.length === count) return { count, durationsMs: [...durations] };
  const expected = `1 duration, or ${count}: one per frame`;
  throw invalidParameter("frame_durations_ms", `${durations.length} durations`, expected);
}
