import { describeValue, invalidParameter } from "../../../shared/errors.ts";
import { refused } from "../../../shared/parse-request.ts";
import { withoutUndefined } from "../../../shared/records.ts";
import { type IgnoredParameter, LIMITS } from "../../../shared/requests.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { PixelateTask, PixelWork } from "../../pixel/pixel-work.ts";
import { readPalette } from "../../recipes/plan-colors.ts";
import type { PixelateRequest } from "./request.ts";

/** Maximum number of colors in a GIF frame. */
export const GIF_COLORS = 256;

/** A decoded picture from outside. */
export interface InputPicture {
  /** At least one; all of one size. */
  frames: readonly PixelImage[];
  /** ms per frame; null for a still. */
  durationsMs: readonly number[] | null;
  /** How often an animation plays; 0: forever. */
  loop: number;
}

/** What a pixelate plan needs besides the request. */
export interface PixelateContext {
  input: InputPicture;
  palettePicture: PixelImage | null;
  /** Parameters already ignored: unknown fields, and aliases without effect. */
  ignored: readonly IgnoredParameter[];
}

/** Everything the pixel work and the writers need, with every default resolved. */
export interface PixelatePlan {
  /** What to do with the frames. They may be large, so they are decoded from the request again. */
  work: Omit<PixelWork, "frames">;
  cells: Cells;
  animation: { durationsMs: readonly number[]; loop: boolean } | null;
  palette: { name: string | null; colors: string[] } | null;
  ignored: IgnoredParameter[];
  warnings: string[];
  /** The request with every field resolved. Sent again, it gives the same bytes. */
  resolved: Record<string, unknown>;
}

/**
 * Turns a pixelate request into a plan with every default resolved. Pure. Throws a ServiceError that names the field:
 * `invalid-request` for an unknown palette, a size larger than the picture or cells that do not divide the sheet;
 * `ignored-parameter` in strict mode.
 */
export function planPixelate(request: PixelateRequest, context: PixelateContext): PixelatePlan {
  const { input } = context;
  const ignored = [...context.ignored];
  const cells = countCells(request, input, ignored);
  const [sheet] = input.frames;
  if (!sheet) throw new Error("A decoded picture has no frame.");
  const frame = { width: sheet.width / (cells.columns ?? 1), height: sheet.height / (cells.rows ?? 1) };
  const palette = readPalette(request.input_palette, context.palettePicture);
  const task = planTask(request, { frame, palette: palette?.colors ?? null, ignored });
  const animation = input.durationsMs ? { durationsMs: input.durationsMs, loop: input.loop === 0 } : null;
  if (request.return_spritesheet && !animation)
    ignored.push({ name: "return_spritesheet", reason: "the picture is not an animation" });
  if (request.strict && ignored.length > 0) throw refused(ignored);
  return {
    work: {
      task,
      enlarge: request.upscale_output_factor ?? 1,
      mostPixelColors: animation ? GIF_COLORS : null,
      measure: { palette: task.palette, tileX: false, tileY: false },
    },
    cells,
    animation,
    palette,
    ignored,
    warnings: [],
    resolved: resolve(request, { task, palette, cells, animated: animation !== null }),
  };
}

/** Decides how to cut a sheet, in reading order; both null if the picture is not a sheet. */
interface Cells {
  columns: number | null;
  rows: number | null;
}

function countCells(request: PixelateRequest, input: InputPicture, ignored: IgnoredParameter[]): Cells {
  const fields = (["columns", "rows", "frame_width", "frame_height"] as const).filter(
    (field) => request[field] !== undefined,
  );
  const [sheet] = input.frames;
  if (fields.length === 0 || !sheet) return { columns: null, rows: null };
  if (input.durationsMs) {
    const reason = "the frames of an animation are not cut into cells";
    ignored.push(...fields.map((name) => ({ name, reason })));
    return { columns: null, rows: null };
  }
  const columns = cellsAlong(request, { count: "columns", edge: "frame_width", length: sheet.width });
  const rows = cellsAlong(request, { count: "rows", edge: "frame_height", length: sheet.height });
  if (columns * rows > LIMITS.frames)
    throw invalidParameter(
      fields[0] ?? "columns",
      `${columns}x${rows} cells`,
      `at most ${LIMITS.frames} cells`,
    );
  return { columns, rows };
}

interface Axis {
  count: "columns" | "rows";
  edge: "frame_width" | "frame_height";
  /** Pixels of the sheet. */
  length: number;
}

/** Counts the cells along an axis: as requested, or as many as fit the requested edge; by default one. */
function cellsAlong(request: PixelateRequest, { count, edge, length }: Axis): number {
  const [cells, size] = [request[count], request[edge]];
  if (size !== undefined) {
    if (length % size !== 0) throw invalidParameter(edge, String(size), `a number that divides ${length}`);
    if (cells !== undefined && cells !== length / size)
      throw invalidParameter(count, String(cells), `${length / size}, or no ${edge}`);
    return length / size;
  }
  if (cells === undefined) return 1;
  if (length % cells !== 0) throw invalidParameter(count, String(cells), `a number that divides ${length}`);
  return cells;
}

interface TaskParts {
  frame: { width: number; height: number };
  palette: string[] | null;
  ignored: IgnoredParameter[];
}

function planTask(request: PixelateRequest, { frame, palette, ignored }: TaskParts): PixelateTask {
  const { width = null, height = null } = request;
  for (const field of ["width", "height"] as const) {
    const asked = request[field];
    if (asked !== undefined && asked > frame[field])
      throw invalidParameter(field, String(asked), `at most ${frame[field]}, the ${field} of the picture`);
  }
  const size = request.pixel_size === "auto" ? null : request.pixel_size;
  if (size !== null && size > Math.min(frame.width, frame.height))
    throw invalidParameter(
      "pixel_size",
      describeValue(size),
      `at most ${Math.min(frame.width, frame.height)}`,
    );
  const sized = width !== null || height !== null;
  if (size !== null && sized)
    ignored.push({ name: "pixel_size", reason: "width and height set the size of the result" });
  if (request.dither_mode !== "none" && palette === null && request.color_count === "auto")
    ignored.push({
      name: "dither_mode",
      reason: "without color_count or input_palette, no color is removed",
    });
  return {
    task: "pixelate",
    pixelSize: sized ? null : size,
    width,
    height,
    colorCount: request.color_count === "auto" ? null : request.color_count,
    palette,
    dither: request.dither_mode,
    ditherStrength: request.dither_strength,
    removeBackground: request.remove_bg,
    cleanup: [...new Set(request.cleanup)],
  };
}

interface ResolvedParts {
  task: PixelateTask;
  palette: PixelatePlan["palette"];
  cells: Cells;
  animated: boolean;
}

function resolve(request: PixelateRequest, parts: ResolvedParts): Record<string, unknown> {
  const { task, palette, cells, animated } = parts;
  const entries: Record<keyof PixelateRequest, unknown> = {
    input_image: request.input_image,
    pixel_size: task.pixelSize ?? "auto",
    width: request.width,
    height: request.height,
    color_count: request.color_count,
    input_palette: palette ? (palette.name ?? palette.colors) : undefined,
    dither_mode: request.dither_mode,
    dither_strength: request.dither_strength,
    remove_bg: request.remove_bg,
    cleanup: task.cleanup,
    columns: cells.columns ?? undefined,
    rows: cells.rows ?? undefined,
    frame_width: undefined,
    frame_height: undefined,
    return_spritesheet: animated && request.return_spritesheet,
    upscale_output_factor: request.upscale_output_factor ?? 1,
    output: request.output,
    strict: request.strict,
    check_cost: request.check_cost,
    async: request.async,
    upload_outputs: request.upload_outputs,
  };
  return withoutUndefined(entries);
}
