import { decodeImage } from "../../codecs/decode-image.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { sampleCells } from "../../pixel/sample-cells.ts";
import { blackPicture, ServerFault } from "./server-fault.ts";

/** Levels of a channel that a picture needs between its darkest and its lightest pixel to show anything. */
const LEAST_CONTRAST = 4;
/** Part by which the aspect of an answer may differ from what was asked. */
const ASPECT = 0.02;

/** Decodes what a server drew and checks that it can be used. Throws a ServerFault. */
export async function readDrawn(
  bytes: Uint8Array,
  { width, height }: { width: number; height: number },
): Promise<PixelImage> {
  const image = await decodeImage(bytes, "picture").catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServerFault("refused", `answered with no picture (${reason})`, "See its log.", { cause });
  });
  if (!hasContrast(image)) throw blackPicture();
  if (image.width === width && image.height === height) return image;
  const turn = (image.width * height) / (image.height * width);
  // A server that draws one size only is all right: its pixels are brought to those of the art anyway.
  if (Math.abs(turn - 1) <= ASPECT) return sampleCells(image, width, height);
  throw new ServerFault(
    "setting",
    `drew ${image.width}x${image.height} where ${width}x${height} was asked for`,
    "Set sizes to what it draws.",
  );
}

function hasContrast({ data }: PixelImage): boolean {
  for (let c = 0; c < 3; c++) {
    let [low, high] = [255, 0];
    for (let i = c; i < data.length; i += 4) {
      low = Math.min(low, data[i]!);
      high = Math.max(high, data[i]!);
      if (high - low >= LEAST_CONTRAST) return true;
    }
  }
  return false;
}
