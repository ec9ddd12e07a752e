import type { PixelImage } from "../pixel/image.ts";
import { toOklab } from "../pixel/oklab.ts";
import { seededRandom } from "../pixel/random.ts";
import { shade } from "./edge-colors.ts";
import { PATTERNS } from "./ground-patterns.ts";
import type { Size } from "./pattern-field.ts";
import { quietBorder, rollToCalmest } from "./quiet-border.ts";
import { plainGround } from "./terrain-words.ts";
import { mapPixels } from "./torus.ts";

/** Lightness of the shades of a ground against its own color, darkest first. */
const STEPS = [-0.17, -0.08, 0, 0.06, 0.12];
/** The ramp of molten rock runs through hues. */
const LAVA = [0x4a1414, 0x6e1d18, 0xb52a14, 0xf07a1c, 0xffd04a];

/**
 * Draws a plain ground by rules, the same for a tile as for a tileset: seamless on both axes, in at most five colors.
 * Null if the description says more than the name and the color of a known ground.
 */
export function drawGround(
  description: string,
  { width, height, seed }: Size & { seed: number },
): PixelImage | null {
  const ground = plainGround(description);
  if (!ground) return null;
  const field = PATTERNS[ground.pattern]({ width, height }, seededRandom(seed));
  const own = toOklab(ground.color);
  const ramp =
    ground.pattern === "lava" && !ground.isTinted
      ? LAVA
      : STEPS.map((step) => (step === 0 ? ground.color : shade(own, step)));
  const drawn = mapPixels({ width, height }, (x, y) => ramp[field[y * width + x]!]!);
  return quietBorder(rollToCalmest(drawn));
}
