import type { PixelImage } from "../pixel/image.ts";
import { quietBorder } from "./quiet-border.ts";
import { colorOn, mapPixels } from "./torus.ts";

/** Pixels of a tile for one pixel of movement. */
const PIXELS_A_STEP = 16;

/**
 * Makes the frames of a surface that moves like water, starting with the texture itself: rows sway sideways and columns
 * up and down, in one wave per tile, so that the last frame leads into the first and every frame is as seamless as the
 * texture. No colors are added. `count` frames, at least 1.
 */
export function moveTexture(texture: PixelImage, count: number): PixelImage[] {
  const { width, height } = texture;
  const reach = Math.max(1, Math.round(Math.min(width, height) / PIXELS_A_STEP));
  const wave = (place: number, turn: number): number => Math.sin(2 * Math.PI * (place + turn));
  return Array.from({ length: count }, (_, frame) => {
    if (frame === 0) return texture;
    const turn = frame / count;
    const moved = mapPixels(texture, (x, y) => {
      const dx = Math.round(reach * (wave(y / height, turn) - wave(y / height, 0)));
      const dy = Math.round(reach * (wave((x - dx) / width, turn + 0.25) - wave((x - dx) / width, 0.25)));
      return colorOn(texture, x - dx, y - dy);
    });
    return quietBorder(moved);
  });
}
