import type { PixelImage } from "../service/pixel/image.ts";

/** The ground of the sheets in the docs. */
const GROUND = [58, 62, 80, 255];

/** Fills what is transparent in a picture with the ground of the sheets. */
export function onGround(image: PixelImage): PixelImage {
  const data = image.data.slice();
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 0) data.set(GROUND, i);
  return { ...image, data };
}
