import { playedFrames } from "./played-frames.ts";
import type { AssetWriter } from "./writer.ts";

/** The media type that tells the encoder to write an animated PNG instead of a GIF. */
export const APNG = "image/apng";

/** Writes an animation as animated PNG: like the GIF, but with exact durations. Packages without animation have none. */
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
