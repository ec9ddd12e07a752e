import type { AssetManifest, FrameLayout } from "../../../shared/asset.ts";
import { assembleFrames } from "../../asset/assemble-frames.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { type DecodedFrames, decodeBase64Frames } from "../../codecs/decode-frames.ts";
import { countRounded } from "../../codecs/encode-gif.ts";
import { sha256 } from "../../library/hashes.ts";
import { cutSheet } from "../../pixel/cut-sheet.ts";
import { drawnBounds, type PixelImage } from "../../pixel/image.ts";
import { describeGrid } from "../../pixel/pixelate/describe-grid.ts";
import { decodePalette } from "../decode-pictures.ts";
import { paletteOf, plainProvenance, textOf } from "../describe.ts";
import type { KindMaker, KindPlan } from "../maker.ts";
import { type PixelatePlan, planPixelate } from "./plan.ts";
import type { PixelateRequest } from "./request.ts";

/** Maximum number of colors listed as the palette if none is given. */
const MOST_LISTED = 256;
/** ms that a request takes, and ms per pixel on top. */
const USUAL_MS = 50;
const PIXEL_MS = 0.00025;

type StoredPlan = PixelatePlan & KindPlan;

/** The picture planned last: where a plan is drawn right away, in the same process, it is not decoded twice. */
let planned: WeakRef<{ text: string; input: DecodedFrames }> | null = null;

/** Plans pixelate requests and turns pictures into true pixel art. */
export const pixelateMaker: KindMaker<PixelateRequest, StoredPlan> = {
  async plan({ request, ignored }) {
    const input = await decodeBase64Frames(request.input_image, "input_image");
    planned = new WeakRef({ text: request.input_image, input });
    const palettePicture = await decodePalette(request.input_palette);
    const plan = planPixelate(request, { input, palettePicture, ignored });
    const pixels = input.frames.reduce((sum, { width, height }) => sum + width * height, 0);
    return { ...plan, generations: [], pixelMs: USUAL_MS + pixels * PIXEL_MS };
  },
  async draw(plan, tools) {
    const started = performance.now();
    const text = String(plan.resolved.input_image);
    const kept = planned?.deref();
    planned = null;
    const input = kept?.text === text ? kept.input : await decodeBase64Frames(text, "input_image");
    const result = await tools.runPixels({ ...plan.work, frames: cutFrames(input, plan) });
    const { frames, grid, colors } = result;
    const provenance = plainProvenance(tools.version, { source: sourceOf(input) });
    const known = { name: null, colors: [...new Set(colors.flat())].slice(0, MOST_LISTED), locked: false };
    const asset = assembleFrames({
      name: tools.name,
      frames,
      animation: plan.animation,
      columns: plan.cells.columns,
      palette: plan.palette ? paletteOf(plan.palette, []) : known,
      text: textOf(provenance),
    });
    return {
      asset,
      provenance,
      checks: result.checks,
      warnings: [...result.warnings, ...describeFrames(plan, frames)],
      colors,
      about: {
        ...(grid ? { grid: describeGrid(grid) } : {}),
        ...(frames.length > 1 ? { layout: describeLayout(asset, plan) } : {}),
      },
      timings: { load: 0, model: 0, step: 0, post: performance.now() - started },
    };
  },
};

function cutFrames({ frames }: DecodedFrames, { cells: { columns, rows } }: PixelatePlan): PixelImage[] {
  const [sheet] = frames;
  return sheet && columns !== null && rows !== null ? cutSheet(sheet, columns, rows) : frames;
}

/** Identifies the processed picture by its bytes. */
function sourceOf({ bytes, format, frames }: DecodedFrames) {
  const { width = 0, height = 0 } = frames[0] ?? {};
  return { sha256: sha256(bytes), format, width, height, frames: frames.length };
}

function describeLayout({ sheet, frames }: AssetPackage, { animation }: PixelatePlan): FrameLayout {
  return {
    columns: sheet.columns,
    rows: sheet.rows,
    frame_width: sheet.cellWidth,
    frame_height: sheet.cellHeight,
    durations_ms: animation ? frames.map((frame) => frame.durationMs) : null,
  };
}

function describeFrames(
  { animation }: PixelatePlan,
  frames: readonly PixelImage[],
): AssetManifest["warnings"] {
  const warnings: string[] = [];
  const empty = frames.filter((frame) => drawnBounds(frame) === null).length;
  if (empty > 0) warnings.push(`${empty} of ${frames.length} images are empty.`);
  const rounded = countRounded(animation?.durationsMs ?? []);
  if (rounded > 0)
    warnings.push(
      `${rounded} of ${frames.length} durations are rounded to 10 ms in the GIF, but not in the JSON.`,
    );
  return warnings;
}
