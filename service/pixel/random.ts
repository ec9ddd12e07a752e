/** Source of numbers from 0 up to but not including 1. */
export type Random = () => number;

/**
 * Makes a seeded source of random numbers that is the same on every machine: integer arithmetic only.
 * sfc32 from PractRand (Chris Doty-Humphrey), with the seed as one of its state words, after 15 warm-up rounds.
 * `seed` is a uint32.
 */
export function seededRandom(seed: number): Random {
  let a = 0;
  let b = seed >>> 0;
  let c = 0;
  let counter = 1;
  const next = (): number => {
    const out = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + out;
    c |= 0;
    return (out >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/**
 * Draws one number from the standard normal distribution.
 * Marsaglia's polar method (1964): it needs only log and sqrt, which engines compute alike, and no sin or cos.
 */
export function gaussian(random: Random): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}
