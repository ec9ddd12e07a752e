import type { EditRequest } from "../../shared/edit-tools.ts";
import { describeValue, invalidParameter, ServiceError } from "../../shared/errors.ts";
import { GIF_COLORS, type InputPicture } from "../kinds/pixelate/plan.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { PixelTask, PixelWork } from "../pixel/pixel-work.ts";
import { usualSeam } from "../pixel/repair-seam.ts";
import { readPalette } from "../recipes/plan-colors.ts";

/** OKLab distance from the border's color that still counts as background. */
const BACKGROUND_TOLERANCE = 0.08;
/** Top of Retro Diffusion's dither scale; larger strengths are on its older scale of 0 to 100. */
const DITHER_SCALE = 10;
/** Keeps the default within what the schema takes. */
const MOST_SEAM = 64;

export interface EditContext {
  input: InputPicture;
  palettePicture: PixelImage | null;
  /** Whether the tool keeps all frames of an animation. */
  animated: boolean;
}

/** What an edit tool will do with a picture. */
export interface EditPlan {
  work: PixelWork;
  animation: { durationsMs: readonly number[]; loop: number } | null;
  warnings: string[];
}

/** Turns a request to an edit tool into pixel work. Pure. Throws `invalid-request` that names the field. */
export function planEdit(request: EditRequest, { input, palettePicture, animated }: EditContext): EditPlan {
  const { durationsMs, loop } = input;
  const warnings: string[] = [];
  const frames = animated ? [...input.frames] : input.frames.slice(0, 1);
  if (frames.length < input.frames.length)
    warnings.push(
      `${request.tool} takes still pictures: only the first of ${input.frames.length} frames was used.`,
    );
  const [frame] = frames;
  if (!frame) throw new ServiceError("internal", "The picture has no frames.");
  const animation = durationsMs && frames.length > 1 ? { durationsMs, loop } : null;
  const palette =
    request.tool === "palette_converter"
      ? (readPalette(request.input_palette, palettePicture)?.colors ?? null)
      : null;
  const task = planTask(request, { frame, palette });
  const mostPixelColors = animation ? GIF_COLORS : null;
  const [tileX, tileY] = task.task === "repair-seam" ? [task.tileX, task.tileY] : [false, false];
  const work = { frames, task, enlarge: 1, mostPixelColors, measure: { palette, tileX, tileY } };
  return { work, animation, warnings };
}

interface TaskParts {
  frame: PixelImage;
  palette: string[] | null;
}

function planTask(request: EditRequest, { frame, palette }: TaskParts): PixelTask {
  switch (request.tool) {
    case "color_reducer": {
      const { color_count: colorCount, dither_mode: dither } = request;
      const ditherStrength = percent(request.dither_strength);
      return { task: "passes", passes: [{ pass: "limit-colors", colorCount, dither, ditherStrength }] };
    }
    case "palette_converter": {
      const ditherStrength = percent(request.dither_strength);
      const step = { pass: "snap-palette", palette: palette ?? [], ditherStrength } as const;
      return { task: "passes", passes: [{ ...step, dither: request.dither_mode }] };
    }
    case "k_centroid_downscale":
      refuseLarger(request, frame);
      return { task: "k-centroid", width: request.width, height: request.height };
    case "pixel_correction":
      return correctPixels();
    case "background_remover": {
      const solid = { pass: "binarize-alpha", threshold: request.transparency_threshold } as const;
      const remove = { pass: "remove-background", tolerance: BACKGROUND_TOLERANCE } as const;
      return { task: "passes", passes: request.force_solid_pixels ? [remove, solid] : [remove] };
    }
    case "rotate":
      return { task: "rotate", degrees: request.rotation_degrees };
    case "seam_tiling": {
      const { tile_x: tileX, tile_y: tileY } = request;
      if (!tileX && !tileY) throw invalidParameter("tile_x", "false", "tile_x or tile_y to be true");
      const seamWidth = request.seam_width ?? Math.min(MOST_SEAM, usualSeam(frame));
      return { task: "repair-seam", tileX, tileY, seamWidth };
    }
  }
}

/** The pixelate pass with everything on automatic. */
export function correctPixels(): PixelTask {
  return {
    task: "pixelate",
    pixelSize: null,
    width: null,
    height: null,
    colorCount: null,
    palette: null,
    dither: "none",
    ditherStrength: 0,
    removeBackground: false,
    cleanup: [],
  };
}

function percent(strength: number): number {
  return strength > DITHER_SCALE ? strength : (100 / DITHER_SCALE) * strength;
}

function refuseLarger(asked: { width: number; height: number }, frame: PixelImage): void {
  for (const field of ["width", "height"] as const) {
    if (asked[field] <= frame[field]) continue;
    throw invalidParameter(
      field,
      describeValue(asked[field]),
      `at most ${frame[field]}, the ${field} of the picture`,
    );
  }
}
