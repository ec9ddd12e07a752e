import { drawnBounds, type PixelImage } from "../image.ts";
import { toOklab } from "../oklab.ts";
import { colorAt } from "../parse-hex.ts";
import type { Box } from "./attach.ts";
import { isHair, isLeaf, isSkin, isWood } from "./color-match.ts";
import { type Part, splitParts } from "./split-parts.ts";

/** Darker pixels are outline. */
const LINE = 0.3;

/** Where a named part of a thing lies, in shares of the drawing's box, and which regions can be it. */
interface Where {
  readonly words: RegExp;
  readonly zone: readonly [left: number, top: number, right: number, bottom: number];
  readonly fits?: (part: Part, place: Place) => boolean;
  /** Least share of a region that lies in the zone; 0.6 unless told. */
  readonly purity?: number;
  /** Least and most share of the drawing that the part may have. */
  readonly share?: readonly [number, number];
}

/** Position of a pixel within the drawing's box, 0 to 1 across and down. */
type Place = (p: number) => { x: number; y: number };

const ANYWHERE = [0, 0, 1, 1] as const;
const isCloth = (part: Part): boolean => !isSkin(part.mean);
const isHat = (part: Part): boolean => isCloth(part) && !isHair(part.mean);
const isColored = (part: Part): boolean => part.ramp.kind === "color";
const isAccent = (part: Part): boolean => isColored(part) && !isLeaf(part.mean) && !isWood(part.mean);

const WHERE: readonly Where[] = [
  {
    words: /^(hat|cap|hood|crown|turban|headband|beret|tiara)$/,
    zone: [0, 0, 1, 0.36],
    fits: isHat,
    purity: 0.3,
  },
  { words: /^(helmet|helm)$/, zone: [0, 0, 1, 0.4], fits: isCloth, purity: 0.3 },
  { words: /^(hair|mane|wig)$/, zone: [0, 0, 1, 0.45], fits: isCloth },
  { words: /^(beard|mustache)$/, zone: [0.15, 0.2, 0.85, 0.62], fits: isCloth, share: [0.01, 0.25] },
  { words: /^(cape|cloak|mantle)$/, zone: [0, 0.24, 1, 1], fits: isCape, share: [0.06, 0.6] },
  {
    words: /^(scarf|collar|necklace|bandana|tie)$/,
    zone: [0, 0.25, 1, 0.62],
    fits: isCloth,
    share: [0.01, 0.2],
  },
  {
    words: /^(robe|dress|coat|gown|armou?r|suit|uniform|kimono|overalls?)$/,
    zone: [0, 0.28, 1, 0.95],
    fits: isCloth,
  },
  {
    words: /^(shirt|tunic|vest|jacket|sweater|hoodie|torso|breastplate|tabard)$/,
    zone: [0, 0.28, 1, 0.72],
    fits: isCloth,
  },
  { words: /^(pants|trousers|skirt|leggings|jeans|shorts|kilt)$/, zone: [0, 0.52, 1, 0.97], fits: isCloth },
  { words: /^(boots?|shoes?|sandals?|feet|foot)$/, zone: [0, 0.8, 1, 1], fits: isCloth },
  { words: /^(belt)$/, zone: [0, 0.45, 1, 0.75], fits: isCloth, share: [0.005, 0.12] },
  { words: /^(skin)$/, zone: ANYWHERE, fits: (part) => isSkin(part.mean) },
  { words: /^(roof|lid|cork|stopper|flame|fire)$/, zone: [0, 0, 1, 0.55] },
  { words: /^(handle|hilt|grip|shaft|trunk|stick|wood)$/, zone: ANYWHERE, fits: (part) => isWood(part.mean) },
  { words: /^(handle|hilt|grip|shaft|pommel)$/, zone: ANYWHERE, fits: isColored, share: [0.02, 0.4] },
  {
    words: /^(leaf|leaves|foliage|stem)$/,
    zone: ANYWHERE,
    fits: (part) => isLeaf(part.mean),
    share: [0.012, 0.98],
  },
  {
    words: /^(flower|petals?|blossom|gem|jewel|seal|ribbon|bow|feather)$/,
    zone: ANYWHERE,
    fits: isAccent,
    share: [0.005, 0.8],
  },
  { words: /^(eye|eyes)$/, zone: [0, 0, 1, 0.6], fits: isAccent, share: [0.002, 0.08] },
  { words: /^(sails?)$/, zone: [0, 0, 1, 0.72], fits: (part) => !isWood(part.mean), share: [0.05, 0.8] },
  { words: /^(shell|carapace)$/, zone: [0, 0, 1, 0.85], fits: isColored, share: [0.1, 0.8] },
  { words: /^(blanket|cover|shield|wings?)$/, zone: ANYWHERE, fits: isColored },
];

/** A cape is tall and hangs at the sides: most of it lies off the middle, and it does not cover the chest. */
function isCape(part: Part, place: Place): boolean {
  if (!isCloth(part) || part.ramp.kind === "outline") return false;
  const places = part.pixels.map(place);
  const tops = Math.min(...places.map(({ y }) => y));
  const bottoms = Math.max(...places.map(({ y }) => y));
  const aside = places.filter(({ x }) => Math.abs(x - 0.5) > 0.2).length;
  const chest = places.filter(({ x, y }) => Math.abs(x - 0.5) < 0.15 && y > 0.35 && y < 0.6).length;
  return bottoms - tops > 0.3 && aside >= 0.55 * part.area && chest <= 0.12 * part.area;
}

/**
 * Finds the pixels of a named part ("hat", "cape", "roof") of a thing by where it lies and what colors it can have; null
 * where nothing in the sprite can be it.
 */
export function findPart(image: PixelImage, name: string): readonly number[] | null {
  const box = drawnBounds(image);
  if (box === null) return null;
  const place = (p: number): { x: number; y: number } => ({
    x: ((p % image.width) + 0.5 - box.x) / box.width,
    y: (Math.floor(p / image.width) + 0.5 - box.y) / box.height,
  });
  if (/^(rim|edge|border|frame)$/.test(name)) return rimOf(image, box);
  const parts = splitParts(image).filter(({ ramp }) => ramp.kind !== "outline");
  for (const where of WHERE) {
    if (!where.words.test(name.toLowerCase())) continue;
    const found = findIn(parts, where, place);
    if (found !== null) return found;
  }
  return name === "roof" ? roofOf(image, box) : null;
}

/** The upper border of a house, where roof and walls have one ramp. */
function roofOf({ width, height, data }: PixelImage, box: Box): number[] {
  const depth = Math.max(3, Math.round(box.height / 7));
  const found: number[] = [];
  for (let x = box.x; x < box.x + box.width; x++) {
    let top = box.y;
    while (top < height && data[4 * (top * width + x) + 3] === 0) top++;
    if (top > box.y + 0.6 * box.height) continue;
    for (let y = top; y < Math.min(height, top + depth); y++) {
      const p = y * width + x;
      if (data[4 * p + 3] !== 0 && toOklab(colorAt(data, 4 * p)).l >= LINE) found.push(p);
    }
  }
  return found;
}

/** The pixels near the edge of a thing, its outline left out. */
function rimOf({ width, height, data }: PixelImage, box: Box): number[] {
  const reach = Math.max(2, Math.round(Math.min(box.width, box.height) / 7));
  const isEmpty = (x: number, y: number): boolean =>
    x < 0 || y < 0 || x >= width || y >= height || data[4 * (y * width + x) + 3] === 0;
  return Array.from({ length: width * height }, (_, p) => p).filter((p) => {
    const [x, y] = [p % width, Math.floor(p / width)];
    if (isEmpty(x, y) || toOklab(colorAt(data, 4 * p)).l < LINE) return false;
    const around = [-reach, 0, reach].flatMap((dx) =>
      [-reach, 0, reach].map((dy) => [x + dx, y + dy] as const),
    );
    return around.some(([u, v]) => isEmpty(u, v));
  });
}

/** The regions of one ramp that lie most in the zone of a part. */
function findIn(parts: readonly Part[], where: Where, place: Place): readonly number[] | null {
  const [left, top, right, bottom] = where.zone;
  const [least, most] = where.share ?? [0.012, 0.8];
  const found = new Map<Part["ramp"], { pixels: number[]; share: number; weight: number }>();
  for (const part of parts) {
    if (where.fits?.(part, place) === false) continue;
    const inside = part.pixels.filter((p) => {
      const { x, y } = place(p);
      return x >= left && x <= right && y >= top && y <= bottom;
    });
    const purity = inside.length / part.area;
    if (purity < (where.purity ?? 0.6)) continue;
    const group = found.get(part.ramp) ?? { pixels: [], share: 0, weight: 0 };
    group.pixels.push(...(purity < 0.6 ? inside : part.pixels));
    group.share += part.share;
    group.weight += inside.length * purity * (part.ramp.kind === "color" ? 1.3 : 1);
    found.set(part.ramp, group);
  }
  const fitting = [...found.values()].filter(({ share }) => share >= least && share <= most);
  return fitting.sort((a, b) => b.weight - a.weight)[0]?.pixels ?? null;
}
