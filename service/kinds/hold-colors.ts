import type { Checks } from "../../shared/asset.ts";
import type { Motion } from "../asset/assemble-motions.ts";
import { colorsOf } from "../pixel/colors-of.ts";
import { joinFrames, type PixelImage } from "../pixel/image.ts";
import type { PassStep } from "../pixel/passes.ts";
import type { ColorPlan } from "../recipes/plan-colors.ts";
import type { DrawTools } from "./maker.ts";

/** Frames in their final colors and size, and their measurements. */
export interface HeldMotions<M extends Motion> {
  motions: M[];
  checks: Checks;
  warnings: string[];
}

/** What is done to the colors and the size of frames. */
interface HoldPlan {
  passes: PassStep[];
  enlarge: number;
  palette: ColorPlan["palette"];
}

/** Runs color passes on all frames of all motions together, then enlarges and measures them. */
export async function holdColors<M extends Motion>(
  motions: readonly M[],
  plan: HoldPlan,
  tools: Pick<DrawTools, "runPixels">,
): Promise<HeldMotions<M>> {
  const result = await holdFrames(framesOf(motions), plan, tools);
  let taken = 0;
  const made = motions.map((motion) => ({
    ...motion,
    runs: motion.runs.map((run) => {
      taken += run.frames.length;
      return { ...run, frames: result.frames.slice(taken - run.frames.length, taken) };
    }),
  }));
  return { motions: made, checks: result.checks, warnings: result.warnings };
}

/** Runs color passes on frames together, then enlarges and measures them. */
export function holdFrames(
  frames: PixelImage[],
  { passes, enlarge, palette }: HoldPlan,
  { runPixels }: Pick<DrawTools, "runPixels">,
) {
  // Without a palette in the request, the frames are held to the colors that they have together.
  const held = palette?.colors ?? (passes.length === 0 ? colorsOf(joinFrames(frames)) : null);
  return runPixels({
    frames,
    task: { task: "passes", passes },
    enlarge,
    mostPixelColors: null,
    measure: { palette: held, tileX: false, tileY: false },
  });
}

/** Lists all frames of all motions in order. */
export function framesOf(motions: readonly Motion[]): PixelImage[] {
  return motions.flatMap(({ runs }) => runs.flatMap(({ frames }) => frames));
}
