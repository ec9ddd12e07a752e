import type { Checks } from "../../../shared/asset.ts";

/** One thing that was measured, for people. */
export interface CheckLine {
  label: string;
  value: string;
  /** Whether it is as it should be; null = a fact, neither good nor bad. */
  good: boolean | null;
  /** What it means, in a sentence. */
  meaning: string;
}

/** Seam error above which the joint of a tile can be seen, as the service warns of it. */
const VISIBLE_SEAM = 1.25;

/** Says what the checks of an asset prove; those that mean nothing for it are left out. */
export function checksInWords(checks: Checks, paletteLocked: boolean): CheckLine[] {
  return [
    {
      label: "Pixel grid",
      value: `${checks.grid_scale}x`,
      good: true,
      meaning: checks.grid_scale === 1 ? "One image pixel is one art pixel." : "Enlarged by a whole number.",
    },
    {
      label: "Half transparent",
      value: String(checks.partial_alpha_pixels),
      good: checks.partial_alpha_pixels === 0,
      meaning: "Pixels that are neither solid nor clear. Pixel art has none.",
    },
    {
      label: "Colors",
      value: String(checks.colors),
      good: null,
      meaning: "The most colors in one image, transparent apart.",
    },
    ...(paletteLocked
      ? [count("Off palette", checks.off_palette_pixels, "Pixels whose color is not of the palette.")]
      : []),
    // Frames and directions may well be alike: those of an animation have checks of their own.
    ...(checks.duplicate_images > 0 && checks.duplicate_frames === undefined
      ? [count("Same images", checks.duplicate_images, "Images equal to an earlier one: try other seeds.")]
      : []),
    ...seams(checks),
    ...tilesetLines(checks),
    ...animationLines(checks),
  ];
}

function count(label: string, value: number, meaning: string): CheckLine {
  return { label, value: String(value), good: value === 0, meaning };
}

function seams({ seam_ratio_x: x, seam_ratio_y: y }: Checks): CheckLine[] {
  const line = (label: string, ratio: number | null): CheckLine[] =>
    ratio === null
      ? []
      : [
          {
            label,
            value: ratio.toFixed(2),
            good: ratio <= VISIBLE_SEAM,
            meaning: "The step over the joint against the steps inside: at 1 or less it cannot be seen.",
          },
        ];
  return [...line("Seam left to right", x), ...line("Seam top to bottom", y)];
}

function tilesetLines(checks: Checks): CheckLine[] {
  const { combinations_present: present, combinations_expected: expected, worst_pair: pair } = checks;
  const lines: CheckLine[] = [];
  if (present !== undefined && expected !== undefined) {
    lines.push({
      label: "Combinations",
      value: `${present} of ${expected}`,
      good: present === expected,
      meaning: "Meetings of the two terrains that have a tile: a missing one leaves a hole in a map.",
    });
  }
  if (pair) {
    lines.push({
      label: "Hardest joint",
      value: pair.join(" | "),
      good: null,
      meaning: "The two neighbors with the largest step between them.",
    });
  }
  return lines;
}

function animationLines(checks: Checks): CheckLine[] {
  const lines: CheckLine[] = [];
  if (checks.anchor_drift_px !== undefined) {
    lines.push({
      label: "Anchor drift",
      value: `${checks.anchor_drift_px} px`,
      good: checks.anchor_drift_px === 0,
      meaning: "How far the point it stands on moves over all frames.",
    });
  }
  if (checks.palette_union !== undefined) {
    lines.push({
      label: "Colors of all frames",
      value: String(checks.palette_union),
      good: null,
      meaning: "All frames together: they share one palette.",
    });
  }
  if (checks.duplicate_frames !== undefined)
    lines.push(count("Still frames", checks.duplicate_frames, "Frames equal to the one before them."));
  if (typeof checks.loop_gap === "number") {
    const largest = checks.largest_step ?? checks.loop_gap;
    lines.push({
      label: "Loop gap",
      value: `${Math.round(checks.loop_gap * 100)} %`,
      good: checks.loop_gap <= Math.max(largest * 1.25, 0.02),
      meaning: "Pixels that change from the last frame to the first; no more than within the loop is smooth.",
    });
  }
  return lines;
}
