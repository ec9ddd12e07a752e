/** RGBA, 8 bits, rows from the top, 4 * width * height bytes. Transparent pixels hold 0,0,0,0. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Makes a fully transparent image. Sizes in pixels, at least 1. */
export function createImage(width: number, height: number): PixelImage {
  return { width, height, data: new Uint8Array(4 * width * height) };
}

/** Whether two images have the same size and the same bytes. */
export function equalImages(a: PixelImage, b: PixelImage): boolean {
  if (a.width !== b.width || a.height !== b.height) return false;
  // Not a loop: thousands of pairs of frames are compared with it.
  return Buffer.compare(a.data, b.data) === 0;
}

/**
 * The pixels of an image as numbers of 32 bits, to compare and to count: what they are depends on the machine's byte order.
 * Shares the bytes of the image where it can.
 */
export function wordsOf({ data }: PixelImage): Int32Array {
  const own = data.byteOffset % 4 === 0 ? data : data.slice();
  // Signed: such numbers stay small integers in the engine, which makes a map of them much faster.
  return new Int32Array(own.buffer, own.byteOffset, own.length / 4);
}

/** Copies the part at x, y; anything outside the source is transparent. */
export function crop(source: PixelImage, x: number, y: number, width: number, height: number): PixelImage {
  return place(source, createImage(width, height), -x, -y);
}

/** Returns `base` with `top` copied over it at x, y (no blending: pixel art has none). */
export function place(top: PixelImage, base: PixelImage, x: number, y: number): PixelImage {
  const data = base.data.slice();
  const x0 = Math.max(0, x);
  const x1 = Math.min(base.width, x + top.width);
  for (let row = Math.max(0, y); row < Math.min(base.height, y + top.height); row++) {
    if (x1 <= x0) break;
    const from = 4 * ((row - y) * top.width + (x0 - x));
    data.set(top.data.subarray(from, from + 4 * (x1 - x0)), 4 * (row * base.width + x0));
  }
  return { width: base.width, height: base.height, data };
}

/** Stacks frames of one size vertically, so that their pixels can be counted all at once. */
export function joinFrames(frames: readonly PixelImage[]): PixelImage {
  const [first] = frames;
  if (!first) throw new RangeError("There are no frames to join.");
  const data = new Uint8Array(frames.length * first.data.length);
  for (const [i, frame] of frames.entries()) data.set(frame.data, i * first.data.length);
  return { width: first.width, height: first.height * frames.length, data };
}

/** Bounding box of the pixels whose alpha is not 0, or null for an empty image. */
export function drawnBounds(
  image: PixelImage,
): { x: number; y: number; width: number; height: number } | null {
  let left = image.width;
  let right = -1;
  let top = image.height;
  let bottom = -1;
  for (let y = 0, i = 3; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, i += 4) {
      if (image.data[i] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
