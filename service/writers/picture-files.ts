import type { AssetPackage, PackageFrame } from "../asset/asset-package.ts";

/** Names the PNG of one frame. */
export function framePng(frame: PackageFrame): string {
  return `${frame.name}.png`;
}

/** Names the PNG that holds every frame: the sheet, or the only picture where there is just one. */
export function sheetPng(asset: AssetPackage): string {
  const [first, ...others] = asset.frames;
  return first && others.length === 0 ? framePng(first) : `${asset.name}-sheet.png`;
}

/** Names every PNG of an asset: one a frame, then the sheet if there are several. A terrain set is its sheet. */
export function pngFiles(asset: AssetPackage): string[] {
  if (asset.animation) return [sheetPng(asset)];
  if (asset.kind === "tileset") return [sheetPng(asset)];
  return [...new Set([...asset.frames.map(framePng), sheetPng(asset)])];
}
