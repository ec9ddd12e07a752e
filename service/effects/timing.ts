/** Limits a number to 0 to 1. */
export function clamp01(value: number): number {
  return Math.max(0, Math.min(1, value));
}

/** How far `t` is on the way from `from` to `to`: 0 before, 1 after. */
export function span(t: number, from: number, to: number): number {
  return clamp01((t - from) / (to - from));
}

export function lerp(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** Fast at first, then slowing down: what is thrown or bursts. */
export function easeOut(t: number): number {
  return 1 - (1 - t) ** 3;
}

/** Slow at first, then fast: what falls or gathers. */
export function easeIn(t: number): number {
  return t * t;
}

/** Rises from 0 to 1 in the middle and falls to 0 again. */
export function arch(t: number): number {
  return Math.sin(Math.PI * clamp01(t));
}

/** A sine that repeats with every whole number. */
export function wave(turns: number): number {
  return Math.sin(2 * Math.PI * turns);
}

/** The part after the point, for negative numbers too: a place on a loop. */
export function frac(value: number): number {
  return value - Math.floor(value);
}
