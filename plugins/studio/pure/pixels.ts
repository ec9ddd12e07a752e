/** RGBA pixels, row by row, as a canvas has them. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Copies a rectangle out of an image. It must lie inside. */
export function cut(image: Pixels, { x, y, width, height }: Rect): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * image.width + x) * 4;
    data.set(image.data.subarray(from, from + width * 4), row * width * 4);
  }
  return { width, height, data };
}

/** Takes every k-th pixel: undoes an enlargement by a whole number. */
export function shrink(image: Pixels, k: number): Pixels {
  if (k <= 1) return image;
  const [width, height] = [Math.floor(image.width / k), Math.floor(image.height / k)];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * k * image.width + x * k) * 4;
      data.set(image.data.subarray(from, from + 4), (y * width + x) * 4);
    }
  }
  return { width, height, data };
}
