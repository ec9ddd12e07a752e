import { measureImages } from "../../service/pixel/measure.ts";
import { featureDistance, meanPairwise } from "./distance.ts";
import { SEEDS } from "./draw-prompts.ts";
import { kernelDistance } from "./kernel-distance.ts";
import type { Memorization } from "./memorization.ts";
import { median } from "./memorization.ts";
import { measureValidity, pixelDifference, type Validity } from "./pixel-validity.ts";
import { mean, meanRetrieval, type Recall, recallOf, retrieve, retrieveShuffled } from "./rank.ts";
import type { KnownPicture } from "./reference.ts";
import { inTurn, type Sample, type Yardstick } from "./samples.ts";

/** Retrieval both ways, without the single ranks. */
interface BothWays {
  promptToImage: Recall;
  imageToPrompt: Recall;
}

interface SeamFigures {
  mean: number;
  median: number;
  worst: number;
}

/** What one mode scored. Retrieval is among the 100 things; see docs of each part for units. */
export interface Figures {
  exemplars: string;
  pictures: number;
  things: number;
  retrieval: {
    things: BothWays;
    /** Only prompts whose words the evaluator saw in captions, still among all things. */
    known: { prompts: number; promptToImage: Recall };
    shuffled: BothWays;
    /** Only pictures that started from an exemplar, among themselves, and the exemplars untouched in their place. */
    started: { pictures: number; samples: Recall; exemplars: Recall };
    /** Concepts outside the training captions, among themselves and the things. */
    outside: Recall;
  };
  kernelDistance: number;
  diversity: { feature: number; featureBetweenPrompts: number; pixels: number };
  validity: Validity;
  seams: { x: SeamFigures; y: SeamFigures };
  memorization: Memorization;
  /** Of 4 seeds, how many pictures the prompt finds first, and among the first five, by thing. */
  hits: Record<string, { first: number; five: number }>;
}

/** Real sprites on the same scales, and real sprites against real sprites. */
export interface RealFigures {
  sprites: number;
  byCaption: BothWays;
  byWord: BothWays;
  /** Pictures that the evaluator did learn from, by the thing that their caption ends with: the most it can give. */
  seen: { things: number; promptToImage: Recall };
  kernelDistance: number;
  validity: Validity;
  featureBetween: number;
  memorization: { medianDistance: number; shareClose: number };
}

/** Reference vectors are thinned to about this many: the distance takes the square of it. */
const REFERENCE = 2000;

type Measured = Pick<Figures, "memorization" | "exemplars">;

/** Measures all samples of one mode. Needs at least two things. */
export async function measureSamples(
  samples: readonly Sample[],
  yardstick: Yardstick,
  { memorization, exemplars }: Measured,
): Promise<Figures> {
  const of = (group: string) => samples.filter((sample) => sample.group === group);
  const things = of("things");
  const prompts = [...new Set(things.map(({ prompt }) => prompt))];
  const texts = await inTurn(prompts, (prompt) => yardstick.evaluator.text(prompt));
  const bySeed = groupBy(things, ({ seed }) => seed).map((row) => row.map(({ feature }) => feature));
  const found = bySeed.map((pictures) => retrieve(texts, pictures));
  const rotations = [1, 7, 13, 29, 41].filter((by) => by % prompts.length !== 0);
  const known = found.flatMap(({ ranks }) => ranks.filter((_, i) => yardstick.evaluator.knows(prompts[i]!)));
  return {
    exemplars,
    pictures: samples.length,
    things: prompts.length,
    retrieval: {
      things: bothWays(meanRetrieval(found)),
      known: { prompts: known.length / bySeed.length, promptToImage: recallOf(known) },
      shuffled: bothWays(
        meanRetrieval(bySeed.map((pictures) => retrieveShuffled(texts, pictures, rotations))),
      ),
      started: measureStarted(things, texts, yardstick),
      outside: await measureOutside([...things, ...of("outside")], yardstick),
    },
    kernelDistance: kernelDistance(
      things.map(({ feature }) => feature),
      referenceFeatures(yardstick),
    ),
    diversity: measureDiversity([...things, ...of("outside")]),
    validity: measureValidity(samples.filter(({ group }) => group !== "tiles").map(({ image }) => image)),
    seams: measureSeams(of("tiles")),
    memorization,
    hits: Object.fromEntries(
      prompts.map((prompt, i) => [
        prompt,
        {
          first: found.filter(({ ranks }) => ranks[i]! < 1).length,
          five: found.filter(({ ranks }) => ranks[i]! < 5).length,
        },
      ]),
    ),
  };
}

/**
 * Measures the real sprites kept aside, by their captions and by the one word of what they show, and training
 * pictures of the `things`.
 */
export async function measureReal(
  yardstick: Yardstick,
  things: readonly string[],
  memorization: RealFigures["memorization"],
): Promise<RealFigures> {
  const { real, realFeatures, evaluator } = yardstick;
  const captions = await inTurn(real, ({ caption }) => evaluator.text(caption));
  const words = await inTurn(real, ({ word }) => evaluator.text(word));
  return {
    sprites: real.length,
    byCaption: bothWays(retrieve(captions, realFeatures)),
    byWord: bothWays(retrieve(words, realFeatures)),
    seen: await measureSeen(things, yardstick),
    kernelDistance: kernelDistance(realFeatures, referenceFeatures(yardstick)),
    validity: measureValidity(real.map(({ image }) => image)),
    featureBetween: meanPairwise(realFeatures, featureDistance),
    memorization,
  };
}

/** How much of the exemplars' own score the drawing over keeps. */
function measureStarted(
  things: readonly Sample[],
  texts: readonly Float32Array[],
  { training }: Yardstick,
): Figures["retrieval"]["started"] {
  const known = new Map(training.map(({ id, feature }) => [id, feature]));
  const ranks = groupBy(things, ({ seed }) => seed).map((row) => {
    const started = row.flatMap(({ exemplar, feature }, i) => {
      const untouched = known.get(exemplar ?? "");
      return untouched ? [{ text: texts[i]!, feature, untouched }] : [];
    });
    const own = started.map(({ text }) => text);
    return {
      samples: retrieve(
        own,
        started.map(({ feature }) => feature),
      ).ranks,
      exemplars: retrieve(
        own,
        started.map(({ untouched }) => untouched),
      ).ranks,
    };
  });
  const samples = ranks.flatMap((one) => one.samples);
  return {
    pictures: samples.length,
    samples: recallOf(samples),
    exemplars: recallOf(ranks.flatMap((one) => one.exemplars)),
  };
}

async function measureSeen(things: readonly string[], yardstick: Yardstick): Promise<RealFigures["seen"]> {
  const pictures = knownPictures(yardstick).filter(({ kind }) => kind !== "tile");
  const shown = things.flatMap((thing) => {
    const own = pictures.filter(({ caption }) => caption === thing || caption.endsWith(` ${thing}`));
    return own.length === 0 ? [] : [{ thing, own }];
  });
  const texts = await inTurn(shown, ({ thing }) => yardstick.evaluator.text(thing));
  const takes = Array.from({ length: SEEDS }, (_, i) =>
    retrieve(
      texts,
      shown.map(({ own }) => own[Math.floor((i * own.length) / SEEDS)]!.feature),
    ),
  );
  return { things: shown.length, promptToImage: meanRetrieval(takes).promptToImage };
}

async function measureOutside(samples: readonly Sample[], { evaluator }: Yardstick): Promise<Recall> {
  const bySeed = groupBy(samples, ({ seed }) => seed);
  const texts = await inTurn(bySeed[0] ?? [], ({ prompt }) => evaluator.text(prompt));
  const ranks = bySeed.flatMap((row) => {
    const { ranks: all } = retrieve(
      texts,
      row.map(({ feature }) => feature),
    );
    return all.filter((_, i) => row[i]!.group === "outside");
  });
  return recallOf(ranks);
}

/** The training pictures without those that were kept aside. */
function knownPictures({ training, real }: Yardstick): KnownPicture[] {
  const aside = new Set(real.map(({ caption }) => caption));
  return training.filter(({ caption }) => !aside.has(caption));
}

/** Features of the training's sprites, evenly thinned, without those that were kept aside. */
function referenceFeatures(yardstick: Yardstick): Float32Array[] {
  const sprites = knownPictures(yardstick).filter(({ kind }) => kind === "sprite");
  const step = Math.max(1, sprites.length / REFERENCE);
  const count = Math.floor(sprites.length / step);
  return Array.from({ length: count }, (_, i) => sprites[Math.floor(i * step)]!.feature);
}

function measureDiversity(samples: readonly Sample[]): Figures["diversity"] {
  const prompts = groupBy(samples, ({ prompt }) => prompt);
  const firsts = prompts.map((row) => row[0]!.feature);
  return {
    feature: mean(
      prompts.map((row) =>
        meanPairwise(
          row.map(({ feature }) => feature),
          featureDistance,
        ),
      ),
    ),
    featureBetweenPrompts: meanPairwise(firsts, featureDistance),
    pixels: mean(
      prompts.map((row) =>
        meanPairwise(
          row.map(({ image }) => image),
          pixelDifference,
        ),
      ),
    ),
  };
}

function measureSeams(tiles: readonly Sample[]): Figures["seams"] {
  const checks = tiles.map(({ image }) => measureImages([image], null, { tileX: true, tileY: true }));
  const over = (ratios: number[]): SeamFigures => ({
    mean: mean(ratios),
    median: median(ratios),
    worst: Math.max(0, ...ratios),
  });
  return {
    x: over(checks.map((check) => check.seam_ratio_x ?? 0)),
    y: over(checks.map((check) => check.seam_ratio_y ?? 0)),
  };
}

function groupBy<T>(items: readonly T[], key: (item: T) => string | number): T[][] {
  const groups = new Map<string | number, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}

function bothWays({ promptToImage, imageToPrompt }: BothWays): BothWays {
  return { promptToImage, imageToPrompt };
}
