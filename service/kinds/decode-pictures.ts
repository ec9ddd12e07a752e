import { decodeBase64Image } from "../codecs/decode-image.ts";
import type { PixelImage } from "../pixel/image.ts";
import { isPaletteName } from "../recipes/plan-colors.ts";

/** Decodes the picture of a field, or gives null if it is absent. Throws `invalid-image`, which names the field. */
export async function decodePicture(text: string | undefined, field: string): Promise<PixelImage | null> {
  return text === undefined ? null : decodeBase64Image(text, field);
}

/** Decodes the picture of a palette, or gives null if it is not a picture. */
export async function decodePalette(palette: string | string[] | undefined): Promise<PixelImage | null> {
  if (typeof palette !== "string" || isPaletteName(palette)) return null;
  return decodeBase64Image(palette, "input_palette");
}
