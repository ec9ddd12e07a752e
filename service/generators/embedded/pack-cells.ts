import type { PixelImage } from "../../pixel/image.ts";

const MOST_COLORS = 256;

/** The cells of an atlas: a byte a pixel, and the colors of each cell. A quarter of what the pixels take. */
export interface PackedCells {
  /** Edge of a cell in pixels. */
  edge: number;
  indexes: Uint8Array;
  /** For each cell its colors, 4 bytes each as they lie in the atlas. */
  palettes: Uint32Array[];
}

/** Packs the first `count` square cells of an atlas, row by row. Throws an Error for a cell of more than 256 colors. */
export function packCells(atlas: PixelImage, edge: number, count: number): PackedCells {
  const columns = atlas.width / edge;
  const pixels = new Uint32Array(atlas.data.buffer, atlas.data.byteOffset, atlas.width * atlas.height);
  const indexes = new Uint8Array(count * edge * edge);
  const palettes: Uint32Array[] = [];
  const palette = new Uint32Array(MOST_COLORS);
  for (let cell = 0; cell < count; cell++) {
    const corner = edge * (Math.floor(cell / columns) * atlas.width + (cell % columns));
    let colors = 0;
    let index = 0;
    let at = cell * edge * edge;
    for (let y = 0; y < edge; y++) {
      for (let x = 0; x < edge; x++) {
        const color = pixels[corner + y * atlas.width + x]!;
        // Most pixels have the color of their neighbor.
        if (index === colors || palette[index] !== color) index = 0;
        while (index < colors && palette[index] !== color) index++;
        if (index === MOST_COLORS) throw new Error(`Cell ${cell} of the atlas has more than 256 colors.`);
        if (index === colors) palette[colors++] = color;
        indexes[at++] = index;
      }
    }
    palettes.push(palette.slice(0, colors));
  }
  return { edge, indexes, palettes };
}

/** Gives the picture of a cell. */
export function unpackCell({ edge, indexes, palettes }: PackedCells, cell: number): PixelImage {
  const palette = palettes[cell]!;
  const start = cell * edge * edge;
  const pixels = Uint32Array.from({ length: edge * edge }, (_, i) => palette[indexes[start + i]!]!);
  return { width: edge, height: edge, data: new Uint8Array(pixels.buffer) };
}
