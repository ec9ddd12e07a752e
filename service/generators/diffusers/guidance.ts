/** Moves a prediction away from that of the negative prompt (Ho and Salimans 2022, arXiv:2207.12598). */
export function guide(wanted: Float32Array, without: Float32Array, scale: number): Float32Array {
  return wanted.map((value, k) => without[k]! + scale * (value - without[k]!));
}

/** Embeds a guidance scale for a network that was distilled with it, as sines and cosines of a thousand times its value. */
export function embedGuidance(scale: number, width: number): Float32Array {
  const half = Math.floor(width / 2);
  const embedding = new Float32Array(width);
  for (let i = 0; i < half; i++) {
    const angle = 1000 * (scale - 1) * Math.exp((-Math.log(10_000) * i) / (half - 1));
    embedding[i] = Math.sin(angle);
    embedding[half + i] = Math.cos(angle);
  }
  return embedding;
}
