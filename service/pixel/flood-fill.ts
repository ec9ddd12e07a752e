interface FillArea {
  width: number;
  height: number;
  belongs: (pixel: number) => boolean;
  /** One byte per pixel, 1 = not to be visited again; written. */
  seen?: Uint8Array;
}

/** Finds the pixels that belong and are connected (by edges) to one of `from` that belongs. Pixels are indexes. */
export function floodFill(from: readonly number[], { width, height, belongs, ...area }: FillArea): number[] {
  const { seen = new Uint8Array(width * height) } = area;
  const filled: number[] = [];
  const visit = (pixel: number): void => {
    if (seen[pixel]) return;
    seen[pixel] = 1;
    if (belongs(pixel)) filled.push(pixel);
  };
  for (const pixel of from) visit(pixel);
  for (let i = 0; i < filled.length; i++) {
    const pixel = filled[i]!;
    const x = pixel % width;
    if (x > 0) visit(pixel - 1);
    if (x < width - 1) visit(pixel + 1);
    if (pixel >= width) visit(pixel - width);
    if (pixel < width * (height - 1)) visit(pixel + width);
  }
  return filled;
}
