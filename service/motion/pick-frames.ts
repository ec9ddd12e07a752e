/** A frame of a motion: the upper part of one source frame on the lower part of another (usually the same one). */
export interface FramePick {
  upper: number;
  lower: number;
}

/**
 * Spreads a motion of `available` frames over `count`. Fewer are picked evenly; for more, the lower part runs ahead:
 * the torso of one frame goes with the legs of the next, which gives up to twice as many distinct frames.
 * Any more than that repeat (`held` counts them). A loop leaves out its end, which is its beginning.
 */
export function pickFrames(
  available: number,
  count: number,
  cycle: boolean,
): { picks: FramePick[]; held: number } {
  const span = cycle ? available : available - 1;
  const steps = cycle ? count : Math.max(1, count - 1);
  const picks: FramePick[] = [];
  let held = 0;
  for (let i = 0; i < count; i++) {
    const place = (i * span) / steps;
    // Fewer frames than the motion has: only its own frames.
    const half =
      count <= available ? Math.round(2 * Math.round(place)) : Math.max(0, Math.round(2 * place - 1e-9));
    const upper = Math.floor(half / 2) % available;
    const lower = Math.ceil(half / 2) % available;
    const before = picks.at(-1);
    if (before && before.upper === upper && before.lower === lower) held++;
    picks.push({ upper, lower });
  }
  return { picks, held };
}
