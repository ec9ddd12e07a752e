import type { PixelImage } from "../pixel/image.ts";
import { limitColors } from "../pixel/limit-colors.ts";
import { toOklab } from "../pixel/oklab.ts";
import { type Random, seededRandom } from "../pixel/random.ts";
import { shade } from "./edge-colors.ts";
import { PATTERNS } from "./ground-patterns.ts";
import { cells, type Size } from "./pattern-field.ts";
import { quietBorder, rollToCalmest } from "./quiet-border.ts";
import { plainGround, splitCover } from "./terrain-words.ts";
import { colorOn, mapPixels } from "./torus.ts";

/** Lightness of the shades of a ground against its own color, darkest first. */
const STEPS = [-0.17, -0.08, 0, 0.06, 0.12];
/** The ramp of molten rock runs through hues. */
const LAVA = [0x4a1414, 0x6e1d18, 0xb52a14, 0xf07a1c, 0xffd04a];

/** About how large the patches on a covered ground are, in pixels, and which share of it they cover. */
const PATCH = 5;
const COVERED = 0.4;
/** As many as the terrain of a set may have. */
const COVERED_COLORS = 7;

/**
 * Draws a plain ground by rules, the same for a tile as for a tileset: seamless on both axes, in at most five colors, or
 * seven if something lies on it in patches ("mossy stone floor"). Null if the description says more than the name and the
 * color of a known ground and what covers it.
 */
export function drawGround(
  description: string,
  { width, height, seed }: Size & { seed: number },
): PixelImage | null {
  const size = { width, height };
  const { ground, cover } = splitCover(description);
  const base = drawPattern(ground, size, seededRandom(seed));
  if (!base || cover === null) return base && quietBorder(rollToCalmest(base));
  const random = seededRandom(seed);
  const top = drawPattern(cover, size, random);
  const patches = cells(size, { cell: PATCH, random }, ({ tone }) => (tone < COVERED ? 1 : 0));
  const drawn = mapPixels(size, (x, y) => colorOn(top && patches[y * width + x] === 1 ? top : base, x, y));
  return limitColors(quietBorder(rollToCalmest(drawn)), COVERED_COLORS);
}

function drawPattern(words: string, size: Size, random: Random): PixelImage | null {
  const ground = plainGround(words);
  if (!ground) return null;
  const field = PATTERNS[ground.pattern](size, random);
  const own = toOklab(ground.color);
  const ramp =
    ground.pattern === "lava" && !ground.isTinted
      ? LAVA
      : STEPS.map((step) => (step === 0 ? ground.color : shade(own, step)));
  return mapPixels(size, (x, y) => ramp[field[y * size.width + x]!]!);
}
