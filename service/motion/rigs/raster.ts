import { createImage, type PixelImage } from "../../pixel/image.ts";

/**
 * A drawing while its parts are moved: one number per pixel (its four bytes), 0 = transparent. It has room around the
 * canvas, so that a part may leave it while it is being measured.
 */
export interface Raster {
  width: number;
  height: number;
  pixels: Uint32Array;
}

/** Which pixels of a raster belong to a part: 1 = yes. */
export type Mask = Uint8Array;

/** Bounding box in pixels; `right` and `bottom` are the last column and row inside. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function emptyRaster({ width, height }: { width: number; height: number }): Raster {
  return { width, height, pixels: new Uint32Array(width * height) };
}

/** Copies a picture into a raster with `room` pixels more on every side. */
export function toRaster(image: PixelImage, room: number): Raster {
  const raster = emptyRaster({ width: image.width + 2 * room, height: image.height + 2 * room });
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const i = 4 * (y * image.width + x);
      const [r = 0, g = 0, b = 0, a = 0] = image.data.subarray(i, i + 4);
      if (a !== 0) raster.pixels[(y + room) * raster.width + x + room] = pack(r, g, b, a);
    }
  }
  return raster;
}

const pack = (r: number, g: number, b: number, a: number): number =>
  ((r << 24) | (g << 16) | (b << 8) | a) >>> 0;

/** The color of a pixel as 0xRRGGBB. */
export const rgbOf = (pixel: number): number => pixel >>> 8;

/** Cuts the canvas out of a raster again. */
export function toImage(raster: Raster, room: number): PixelImage {
  const image = createImage(raster.width - 2 * room, raster.height - 2 * room);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const pixel = raster.pixels[(y + room) * raster.width + x + room]!;
      if (pixel === 0) continue;
      const i = 4 * (y * image.width + x);
      image.data.set([pixel >>> 24, (pixel >>> 16) & 255, (pixel >>> 8) & 255, pixel & 255], i);
    }
  }
  return image;
}

/** The box of the drawn pixels, or null. */
export function boundsOf({ width, pixels }: Raster): Box | null {
  const box = { left: width, top: Number.MAX_SAFE_INTEGER, right: -1, bottom: -1 };
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] === 0) continue;
    const x = i % width;
    const y = (i - x) / width;
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box.right < 0 ? null : box;
}

/** The pixels of a part alone. */
export function cut(raster: Raster, mask: Mask): Raster {
  const pixels = raster.pixels.map((pixel, i) => (mask[i] ? pixel : 0));
  return { ...raster, pixels };
}

/** Everything but some parts. */
export function without(raster: Raster, masks: readonly Mask[]): Raster {
  const pixels = raster.pixels.map((pixel, i) => (masks.some((mask) => mask[i]) ? 0 : pixel));
  return { ...raster, pixels };
}

/** Lays rasters of one size over each other, the last on top. */
export function stack(...layers: readonly Raster[]): Raster {
  const [first] = layers;
  if (!first) throw new RangeError("There are no layers to stack.");
  const pixels = first.pixels.slice();
  for (const layer of layers.slice(1)) {
    for (let i = 0; i < pixels.length; i++) if (layer.pixels[i] !== 0) pixels[i] = layer.pixels[i]!;
  }
  return { ...first, pixels };
}

/** Draws each column as the one that `source` names (rounded); columns outside are transparent. */
export function mapColumns(raster: Raster, source: (x: number) => number): Raster {
  const { width, height, pixels } = raster;
  const result = emptyRaster(raster);
  for (let x = 0; x < width; x++) {
    const from = Math.round(source(x));
    if (from < 0 || from >= width) continue;
    for (let i = 0; i < height * width; i += width) result.pixels[i + x] = pixels[i + from]!;
  }
  return result;
}

/** Draws each row as the one that `source` names (rounded); rows outside are transparent. */
export function mapRows(raster: Raster, source: (y: number) => number): Raster {
  const { width, height, pixels } = raster;
  const result = emptyRaster(raster);
  for (let y = 0; y < height; y++) {
    const from = Math.round(source(y));
    if (from < 0 || from >= height) continue;
    result.pixels.set(pixels.subarray(from * width, (from + 1) * width), y * width);
  }
  return result;
}

/** Draws each pixel as the one of its column in the row that `source` names (rounded). */
export function mapInColumns(raster: Raster, source: (x: number, y: number) => number): Raster {
  const { width, height, pixels } = raster;
  const result = emptyRaster(raster);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = Math.round(source(x, y));
      if (from >= 0 && from < height) result.pixels[y * width + x] = pixels[from * width + x]!;
    }
  }
  return result;
}

/** Moves every column by its own number of rows (rounded): positive is down. */
export function shiftColumns(raster: Raster, by: (x: number) => number): Raster {
  const { width, height, pixels } = raster;
  const result = emptyRaster(raster);
  for (let x = 0; x < width; x++) {
    const down = Math.round(by(x));
    for (let y = Math.max(0, down); y < Math.min(height, height + down); y++)
      result.pixels[y * width + x] = pixels[(y - down) * width + x]!;
  }
  return result;
}

/** Moves every row by its own number of columns (rounded): positive is to the right. */
export function shiftRows(raster: Raster, by: (y: number) => number): Raster {
  const { width, height, pixels } = raster;
  const result = emptyRaster(raster);
  for (let y = 0; y < height; y++) {
    const right = Math.round(by(y));
    const from = y * width + Math.max(0, -right);
    const to = (y + 1) * width - Math.max(0, right);
    if (to > from) result.pixels.set(pixels.subarray(from, to), from + right);
  }
  return result;
}

export function shift(raster: Raster, dx: number, dy: number): Raster {
  const [right, down] = [Math.round(dx), Math.round(dy)];
  const moved = right === 0 ? raster : shiftRows(raster, () => right);
  return down === 0 ? moved : shiftColumns(moved, () => down);
}

/** Makes what is above and below a row, which stays, lower or higher: a lid or a wing seen at an angle; negative factors turn it over. */
export function scaleRows(raster: Raster, pivot: number, factor: number): Raster {
  const most = factor < 0 ? Math.min(-0.1, factor) : Math.max(0.1, factor);
  return mapRows(raster, (y) => pivot + (y - pivot) / most);
}
