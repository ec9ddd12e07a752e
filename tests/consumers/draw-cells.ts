import type { PixelImage } from "../../service/pixel/image.ts";

/** A picture of plain square cells, `columns` a row, in colors such as "#ff004d". */
export function drawCells(size: number, colors: readonly string[], columns = colors.length): PixelImage {
  const width = size * columns;
  const height = size * Math.ceil(colors.length / columns);
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const color = colors[Math.floor(y / size) * columns + Math.floor(x / size)];
      if (color !== undefined) data.set([...Buffer.from(color.slice(1), "hex"), 255], 4 * (y * width + x));
    }
  }
  return { width, height, data };
}
