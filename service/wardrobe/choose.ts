/**
 * Chooses one of a list by the seed and what the choice is for. Every choice stands by itself, so that a word more in
 * a prompt changes nothing but what it says.
 */
export function choose<T>(list: readonly T[], seed: number, what: string): T | undefined {
  return list[Math.floor(fraction(seed, what) * list.length)];
}

/** A number from 0 up to 1 that the seed and a text give. */
export function fraction(seed: number, what: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${seed}:${what}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}
