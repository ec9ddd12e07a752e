import { crop, type PixelImage } from "./image.ts";

/** Cuts a sheet into columns x rows cells of equal size, in reading order. Both must divide its edges. */
export function cutSheet(sheet: PixelImage, columns: number, rows: number): PixelImage[] {
  const [width, height] = [sheet.width / columns, sheet.height / rows];
  return Array.from({ length: columns * rows }, (_, i) =>
    crop(sheet, (i % columns) * width, Math.floor(i / columns) * height, width, height),
  );
}
