/** Unit vectors of one length, one a row. */
export type Vectors = readonly Float32Array[];

/** Shares of queries that found their own among the k nearest, 0 to 1. */
export interface Recall {
  r1: number;
  r5: number;
}

/** Retrieval both ways between texts and pictures that belong together row by row. */
export interface Retrieval {
  promptToImage: Recall;
  imageToPrompt: Recall;
  /** For each text the rank of its own picture, 0 = the nearest. Ties count half. */
  ranks: number[];
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * Ranks pictures by texts and texts by pictures: row i of one belongs to row `own(i)` of the other. A tie with
 * the own one counts half, so that a model that draws one picture for all prompts scores as chance does.
 */
export function retrieve(
  texts: Vectors,
  pictures: Vectors,
  own: (row: number) => number = (row) => row,
): Retrieval {
  const scores = texts.map((text) => pictures.map((picture) => dot(text, picture)));
  const columns = pictures.map((_, i) => scores.map((row) => row[i]!));
  const ranks = scores.map((row, i) => rankOf(row, own(i)));
  const ownText = new Map(texts.map((_, i) => [own(i), i]));
  const textRanks = columns.map((column, i) => rankOf(column, ownText.get(i)!));
  return { promptToImage: recallOf(ranks), imageToPrompt: recallOf(textRanks), ranks };
}

/**
 * Gives the score of prompts that belong to other pictures: the mean over rotations of the list. What is left is
 * chance and what all pictures have in common.
 */
export function retrieveShuffled(texts: Vectors, pictures: Vectors, rotations: readonly number[]): Retrieval {
  return meanRetrieval(
    rotations.map((by) => retrieve(texts, pictures, (row) => (row + by) % pictures.length)),
  );
}

/** Means retrievals over seeds; `ranks` follow each other. */
export function meanRetrieval(all: readonly Retrieval[]): Retrieval {
  const over = (pick: (one: Retrieval) => Recall): Recall => ({
    r1: mean(all.map((one) => pick(one).r1)),
    r5: mean(all.map((one) => pick(one).r5)),
  });
  return {
    promptToImage: over((one) => one.promptToImage),
    imageToPrompt: over((one) => one.imageToPrompt),
    ranks: all.flatMap((one) => one.ranks),
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Shares of ranks below 1 and below 5. */
export function recallOf(ranks: readonly number[]): Recall {
  return {
    r1: mean(ranks.map((rank) => Number(rank < 1))),
    r5: mean(ranks.map((rank) => Number(rank < 5))),
  };
}

function rankOf(scores: readonly number[], own: number): number {
  const mine = scores[own]!;
  let rank = 0;
  for (const [i, score] of scores.entries()) {
    if (i === own) continue;
    if (score > mine) rank++;
    else if (score === mine) rank += 0.5;
  }
  return rank;
}
