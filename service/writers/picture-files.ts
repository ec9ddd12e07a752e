import type { AssetPackage, ExtraPicture, PackageFrame } from "../asset/asset-package.ts";

/** Returns the file name of one frame's PNG. */
export function framePng(frame: PackageFrame): string {
  return `${frame.name}.png`;
}

/** Returns the file name of the PNG with every frame: the sheet, or the only picture if there is just one. */
export function sheetPng(asset: AssetPackage): string {
  const [first, ...others] = asset.frames;
  return first && others.length === 0 ? framePng(first) : `${asset.name}-sheet.png`;
}

/** Returns the file name of a picture besides the frames. */
export function extraPng({ name }: AssetPackage, { role }: ExtraPicture): string {
  return `${name}-${role}.png`;
}

/**
 * Lists every PNG of an asset: one per frame, then the sheet if there are several. A terrain set is just its sheet, and
 * so is what moves, besides its portrait.
 */
export function pngFiles(asset: AssetPackage): string[] {
  const { pictures = [] } = asset;
  if (asset.animation) return [sheetPng(asset), ...pictures.map((picture) => extraPng(asset, picture))];
  if (asset.kind === "tileset") return [sheetPng(asset)];
  return [...new Set([...asset.frames.map(framePng), sheetPng(asset)])];
}
