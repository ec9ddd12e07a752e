import type { AssetPackage } from "../asset/asset-package.ts";
import { playedFrames } from "./played-frames.ts";
import type { AssetWriter } from "./writer.ts";

/** Returns the file name of an animation's GIF. */
export function gifFile(asset: Pick<AssetPackage, "name">): string {
  return `${asset.name}.gif`;
}

/** Writes an animation as GIF, for previews and sharing: engines use the sheet. Stills have none. */
export const gifAnimation: AssetWriter = {
  id: "gif-animation",
  title: "Animated GIF",
  engine: "always",
  kinds: ["animation"],
  write: (asset) => [
    {
      path: gifFile(asset),
      role: "gif",
      mediaType: "image/gif",
      content: playedFrames(asset),
    },
  ],
};
