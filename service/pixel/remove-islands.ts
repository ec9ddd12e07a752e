import type { PixelImage } from "./image.ts";

/** An island is a speck only next to something this many times as large: a lone coin or spark stays. */
const DWARFED_BY = 16;

/**
 * Removes specks: groups of at most `pixels` drawn pixels (connected by edges or corners) that are separate from a
 * drawing at least sixteen times as large. Needs binary alpha; an image without specks is returned unchanged.
 */
export function removeIslands(image: PixelImage, pixels: number): PixelImage {
  const groups = drawnGroups(image);
  const largest = Math.max(0, ...groups.map((group) => group.length));
  const data = image.data.slice();
  for (const group of groups) {
    if (group.length > pixels || group.length * DWARFED_BY > largest) continue;
    for (const index of group) data.fill(0, 4 * index, 4 * index + 4);
  }
  return { width: image.width, height: image.height, data };
}

/** Pixel indices of each 8-connected group of drawn pixels. */
function drawnGroups({ width, height, data }: PixelImage): number[][] {
  const seen = new Uint8Array(width * height);
  const groups: number[][] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || data[4 * start + 3] === 0) continue;
    seen[start] = 1;
    const group = [start];
    for (let next = 0; next < group.length; next++) {
      for (const index of neighborsOf(group[next]!, width, height)) {
        if (seen[index] || data[4 * index + 3] === 0) continue;
        seen[index] = 1;
        group.push(index);
      }
    }
    groups.push(group);
  }
  return groups;
}

function neighborsOf(index: number, width: number, height: number): number[] {
  const x = index % width;
  const y = (index - x) / width;
  const around: number[] = [];
  for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) around.push(ny * width + nx);
  }
  return around;
}
