import { describeValue, invalidParameter } from "../../shared/errors.ts";
import type { GeneratorInfo, PictureRequest } from "./generator.ts";

/** Refuses sizes that do not fit the generator or each other; the recipe plans around all of it. */
export function checkRequest(
  request: PictureRequest,
  { id, sizes, editSizes, controls }: GeneratorInfo,
): void {
  const wrong = (field: string, got: unknown, expected: string) =>
    invalidParameter(field, describeValue(got), expected);
  const { width, height, known, mask, start } = request;
  const edges = `an edge of the model ${id}: ${sizes.join(", ")} pixels`;
  if (!sizes.includes(width)) throw wrong("width", width, edges);
  if (!sizes.includes(height)) throw wrong("height", height, edges);
  const given = start ? "start" : known ? "known" : null;
  if (given && !(editSizes.includes(width) && editSizes.includes(height)))
    throw wrong(given, `${width}x${height}`, `a picture whose edges are ${editSizes.join(", ")} pixels`);
  for (const [field, image] of Object.entries({ known, start })) {
    if (image && (image.width !== width || image.height !== height)) {
      throw wrong(field, `${image.width}x${image.height}`, `a picture of ${width}x${height} pixels`);
    }
  }
  if ((known === null) !== (mask === null)) throw wrong("mask", mask, "known and mask together");
  if (mask && !controls.includes("mask"))
    throw wrong("mask", mask, `none: the model ${id} cannot keep pixels`);
  if (mask && mask.length !== width * height) throw wrong("mask", mask.length, `${width * height} bytes`);
}
