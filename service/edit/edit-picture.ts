import { EDIT_TOOLS, type EditRequest } from "../../shared/edit-tools.ts";
import { LIMITS } from "../../shared/requests.ts";
import { decodeBase64Frames } from "../codecs/decode-frames.ts";
import { encodeGif } from "../codecs/encode-gif.ts";
import { encodePng } from "../codecs/encode-png.ts";
import { decodePalette } from "../kinds/decode-pictures.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { PixelWork, PixelWorkResult } from "../pixel/pixel-work.ts";
import { describeGrid } from "../pixel/pixelate/describe-grid.ts";
import type { EditedPicture, EditOrder } from "./edit-order.ts";
import { type EditPlan, planEdit } from "./plan.ts";

/** Maximum number of colors that an answer lists. */
const MOST_LISTED = 256;

/** Edits a picture inside a worker. Throws a ServiceError that names the field. */
export async function editPicture(
  { request, check }: EditOrder,
  runPixels: (work: PixelWork) => Promise<PixelWorkResult>,
): Promise<EditedPicture> {
  const plan = await planOf(request);
  if (check) {
    const nothing = { bytes: new Uint8Array(), width: 0, height: 0, frames: 0, grid: null, colors: [] };
    return { ...nothing, checks: null, warnings: plan.warnings };
  }
  const { frames, grid, colors, checks, warnings } = await runPixels(plan.work);
  const [first] = frames;
  if (!first) throw new Error("The edit gave no frame.");
  return {
    bytes: await encode(plan, frames, first),
    width: first.width,
    height: first.height,
    frames: frames.length,
    grid: grid && describeGrid(grid),
    colors: [...new Set(colors.flat())].slice(0, MOST_LISTED),
    checks,
    warnings: [...plan.warnings, ...warnings],
  };
}

async function planOf(request: EditRequest): Promise<EditPlan> {
  const input = await decodeBase64Frames(request.input_image, "input_image", LIMITS.imagePixels);
  const palette = request.tool === "palette_converter" ? request.input_palette : undefined;
  const { animated } = EDIT_TOOLS[request.tool];
  return planEdit(request, { input, palettePicture: await decodePalette(palette), animated });
}

async function encode(
  { animation }: EditPlan,
  frames: readonly PixelImage[],
  first: PixelImage,
): Promise<Uint8Array> {
  return animation ? encodeGif({ ...animation, frames }).bytes : encodePng(first);
}
