import type { Sheet } from "../sheet.ts";

/** The part of a texture source that differs between Phaser 3 and 4. */
interface AnySource {
  image: unknown;
  source: unknown;
  width: number;
  height: number;
  isPowerOf2: boolean;
  isCanvas: boolean;
  flipY: boolean;
  glTexture: Phaser.Renderer.WebGL.Wrappers.WebGLTextureWrapper | null;
}

/**
 * Replaces the picture of a texture, at any size. Texture, source, WebGL wrapper and frame objects are
 * kept: removing a texture that something shows stops the game loop.
 */
export function replacePixels(texture: Phaser.Textures.Texture, image: HTMLImageElement): void {
  const source = texture.source[0] as unknown as AnySource;
  const { naturalWidth: width, naturalHeight: height } = image;
  const isPowerOf2 = [width, height].every((side) => (side & (side - 1)) === 0);
  Object.assign(source, { image, source: image, width, height, isPowerOf2, isCanvas: false });
  const gl = source.glTexture;
  if (!gl) return;
  // A texture whose sides are powers of two repeats; WebGL 1 draws any other size that repeats black.
  const clamp = WebGLRenderingContext.CLAMP_TO_EDGE;
  const [wrapS, wrapT] = isPowerOf2 ? [gl.wrapS, gl.wrapT] : [clamp, clamp];
  gl.update(image, width, height, source.flipY, wrapS, wrapT, gl.minFilter, gl.magFilter, gl.format);
}

/**
 * Sets the positions of a texture's frames. Frames missing in the sheet show its first: an animation may
 * still refer to one, and playing a missing frame stops the game loop.
 */
export function replaceFrames(texture: Phaser.Textures.Texture, sheet: Pick<Sheet, "frames"> | null): void {
  const { width, height } = texture.source[0] ?? { width: 0, height: 0 };
  const frames = texture.frames as Record<string, Phaser.Textures.Frame>;
  frames.__BASE?.setSize(width, height, 0, 0);
  const first = sheet?.frames[0];
  if (!sheet || !first) return;
  for (const [name, frame] of Object.entries(frames)) {
    const place = sheet.frames[Number(name)] ?? first;
    if (name !== "__BASE") frame.setSize(place.width, place.height, place.x, place.y);
  }
  for (const [i, { x, y, width, height }] of sheet.frames.entries()) {
    if (!texture.has(String(i))) texture.add(String(i), 0, x, y, width, height);
  }
}
