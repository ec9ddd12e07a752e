/**
 * Spreads the frames of a motion over `count`. Fewer are picked evenly; for more, frames repeat (`held` counts those that
 * are the same as the one before). A cycle leaves out its end, which is its beginning.
 */
export function pickFrames<T>(
  frames: readonly T[],
  count: number,
  cycle: boolean,
): { frames: T[]; held: number } {
  const available = frames.length;
  const span = cycle ? available : available - 1;
  const steps = cycle ? count : Math.max(1, count - 1);
  const picked = Array.from({ length: count }, (_, i) => {
    const place = (i * span) / steps;
    return (count <= available ? Math.round(place) : Math.floor(place + 1e-9)) % available;
  });
  const held = picked.filter((pick, i) => i > 0 && pick === picked[i - 1]).length;
  return { frames: picked.flatMap((pick) => frames.slice(pick, pick + 1)), held };
}
