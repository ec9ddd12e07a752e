import type { PixelImage } from "../image.ts";
import { toOklab } from "../oklab.ts";
import { colorAt } from "../parse-hex.ts";

/** Pixels this dark can be a drop shadow. */
const SHADOW = 0.16;

/**
 * Leaves out drop shadows: dark pixels with nothing lighter within two steps. A figure that is dark all over stays whole.
 */
export function withoutShadow(image: PixelImage): PixelImage {
  const { width, height } = image;
  const data = image.data.slice();
  const lights = Uint8Array.from({ length: width * height }, (_, p) =>
    image.data[4 * p + 3] !== 0 && toOklab(colorAt(image.data, 4 * p)).l > SHADOW ? 1 : 0,
  );
  const isLight = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && lights[y * width + x] === 1;
  let [kept, gone] = [0, 0];
  for (let p = 0; p < width * height; p++) {
    if (data[4 * p + 3] === 0) continue;
    const [x, y] = [p % width, Math.floor(p / width)];
    let isNear = false;
    for (let v = -2; v <= 2 && !isNear; v++)
      for (let u = -2; u <= 2 && !isNear; u++) isNear = isLight(x + u, y + v);
    if (isNear) kept += 1;
    else {
      gone += 1;
      data.fill(0, 4 * p, 4 * p + 4);
    }
  }
  return kept > gone ? { width, height, data } : image;
}
