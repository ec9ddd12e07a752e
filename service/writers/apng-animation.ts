import { playedFrames } from "./played-frames.ts";
import type { AssetWriter } from "./writer.ts";

/** Media type by which the encoder tells an animated PNG from a GIF. */
export const APNG = "image/apng";

/** Writes an animation as animated PNG: as the GIF, but with exact durations. Packages without a motion have none. */
export const apngAnimation: AssetWriter = {
  id: "apng-animation",
  title: "Animated PNG",
  engine: "always",
  kinds: ["animation"],
  write: (asset) =>
    asset.animation && asset.frames.length > 1
      ? [{ path: `${asset.name}.apng`, role: "apng", mediaType: APNG, content: playedFrames(asset) }]
      : [],
};
