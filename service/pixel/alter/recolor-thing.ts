import type { PixelImage } from "../image.ts";
import { colorAt } from "../parse-hex.ts";
import type { Tint } from "../tint.ts";
import { isSkin, isWood, looksLike } from "./color-match.ts";
import { findPart } from "./find-part.ts";
import { layoutOf, type Weigh } from "./layouts.ts";
import { type Oklch, toOklch, turn } from "./oklch.ts";
import { recolorPart } from "./recolor-part.ts";
import { type Part, splitParts } from "./split-parts.ts";

export interface RecolorQuestion {
  readonly image: PixelImage;
  /** What is drawn: head noun ("potion") and category ("weapon"), as far as known. */
  readonly thing: { readonly head: string | null; readonly category: string | null };
  /** Asked colors, most important first; the second goes to the second largest color of the thing. */
  readonly colors: readonly Tint[];
  /** Named part that the color is for ("hat", "cape", "roof"). Default: the thing as a whole. */
  readonly part?: string;
}

export interface Recolored {
  readonly image: PixelImage;
  /** Whether any pixel changed. */
  readonly changed: boolean;
  /** For each asked color, whether the thing has it now (it may have had it before). */
  readonly met: readonly boolean[];
}

/** Pixels that carry one color of a thing. */
interface Carrier {
  readonly pixels: readonly number[];
  readonly mean: Oklch;
}

/** Hues this close (degrees) to that of the main part go along with it. */
const KIN = 42;
/** A ramp with less than this share of the thing cannot carry its color. */
const LEAST_SHARE = 0.07;

/**
 * Gives a thing the colors that were asked for: finds what carries its color (the liquid of a potion, the clothes of a
 * person, the body of an animal) and recolors that. What already has the color stays as it is.
 */
export function recolorThing({ image, thing, colors, part }: RecolorQuestion): Recolored {
  const isWhole = part === undefined || isMainPart(part, thing.head);
  const carriers = isWhole
    ? findCarriers(splitParts(image), layoutOf(thing.head, thing.category), colors.length > 1)
    : carriersOfPart(image, part);
  let result = image;
  let changed = false;
  const free = [...carriers];
  const met = colors.map(() => false);
  const open: number[] = [];
  for (const [i, color] of colors.entries()) {
    const own = free.slice(0, Math.max(1, colors.length)).findIndex(({ mean }) => looksLike(mean, color));
    if (own < 0) open.push(i);
    else {
      free.splice(own, 1);
      met[i] = true;
    }
  }
  for (const i of open) {
    const carrier =
      free.shift() ?? patchOf(image, carriers, { thing, isFirst: i === 0, isOne: colors.length < 2 });
    if (carrier === undefined) continue;
    result = recolorPart(result, carrier, colors[i]!);
    changed = true;
    met[i] = true;
  }
  return { image: result, changed, met };
}

/** The share of an animal's height that is its back. */
const BACK = 0.55;

/** An animal of one color, asked in two, has the first on its back and the second on belly and legs. */
function patchOf(
  image: PixelImage,
  [main]: readonly Carrier[],
  { thing, isFirst, isOne }: { thing: RecolorQuestion["thing"]; isFirst: boolean; isOne: boolean },
): Carrier | undefined {
  if (!main || isOne || thing.category !== "animal") return undefined;
  const rows = main.pixels.map((p) => Math.floor(p / image.width));
  const top = Math.min(...rows);
  const line = top + BACK * (Math.max(...rows) - top + 1);
  const pixels = main.pixels.filter((p) => {
    const wave = (p % image.width) % 5 < 2 ? 1 : 0;
    return Math.floor(p / image.width) < line + wave === isFirst;
  });
  return { pixels, mean: main.mean };
}

/** Whether a named part is what carries the color of its thing anyway: the liquid of a potion, the cap of a mushroom. */
function isMainPart(part: string, head: string | null): boolean {
  const isCap = /^(cap|top)$/.test(part) && /mushroom|toadstool|fungus/.test(head ?? "");
  return (
    isCap ||
    /^(liquid|wine|water|milk|juice|beer|ale|tea|soup|poison|acid|drink|potion|blood|oil|blade|body|fur|fabric|cloth|paint|scales|feathers|color)$/.test(
      part,
    )
  );
}

function carriersOfPart(image: PixelImage, name: string): Carrier[] {
  const pixels = findPart(image, name);
  return pixels === null ? [] : [{ pixels, mean: meanOf(image, pixels) }];
}

function meanOf(image: PixelImage, pixels: readonly number[]): Oklch {
  let [l, c, a, b] = [0, 0, 0, 0];
  for (const p of pixels) {
    const color = toOklch(colorAt(image.data, 4 * p));
    l += color.l;
    c += color.c;
    a += color.c * Math.cos(color.h);
    b += color.c * Math.sin(color.h);
  }
  const count = Math.max(1, pixels.length);
  return { l: l / count, c: c / count, h: Math.atan2(b, a) };
}

/** Orders the ramps of a sprite by how much of the thing's color they carry; kin of the main one joins it. */
function findCarriers(parts: readonly Part[], weigh: Weigh, areSeveral: boolean): Carrier[] {
  const ramps = new Map<Part["ramp"], { parts: Part[]; weight: number; share: number }>();
  for (const part of parts) {
    if (part.ramp.kind === "outline") continue;
    const ramp = ramps.get(part.ramp) ?? { parts: [], weight: 0, share: 0 };
    ramp.parts.push(part);
    ramp.weight += part.area * weigh(part);
    ramp.share += part.share;
    ramps.set(part.ramp, ramp);
  }
  const sorted = [...ramps].sort(([, a], [, b]) => b.weight - a.weight);
  const [main] = sorted;
  if (main === undefined) return [];
  const rest = sorted.slice(1);
  const kin = areSeveral ? [] : rest.filter(([ramp]) => isKin(main[0], ramp));
  const first = [main, ...kin].flatMap(([, ramp]) => ramp.parts);
  const others = rest.filter((entry) => !kin.includes(entry) && entry[1].share >= LEAST_SHARE);
  return [
    { pixels: first.flatMap(({ pixels }) => pixels), mean: main[0].mean },
    ...others.map(([ramp, group]) => ({
      pixels: group.parts.flatMap(({ pixels }) => pixels),
      mean: ramp.mean,
    })),
  ];
}

function isKin(main: Part["ramp"], other: Part["ramp"]): boolean {
  if (main.kind !== "color" || other.kind !== "color") return false;
  if (isSkin(other.mean) !== isSkin(main.mean) || isWood(other.mean) !== isWood(main.mean)) return false;
  return Math.abs(turn(main.mean.h, other.mean.h)) < KIN && Math.abs(main.mean.c - other.mean.c) < 0.1;
}
