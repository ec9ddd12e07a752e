/** Whole ms of frame `i` at an exact rate, such that together the frames are as long as they should be. */
export function exactMs(fps: number, i: number): number {
  return Math.round((1000 * (i + 1)) / fps) - Math.round((1000 * i) / fps);
}
