import type { AssetPackage } from "../asset/asset-package.ts";
import type { AssetWriter } from "./writer.ts";

/** Names the GIF of an animation. */
export function gifFile(asset: Pick<AssetPackage, "name">): string {
  return `${asset.name}.gif`;
}

/** Writes an animation as GIF, to look at and to share: engines take the sheet. Stills have none. */
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
      content: {
        frames: asset.frames.map(({ image }) => image),
        durationsMs: asset.frames.map(({ durationMs }) => durationMs),
        loop: asset.tags.every((tag) => tag.loop) ? 0 : 1,
      },
    },
  ],
};
