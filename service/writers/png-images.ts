import type { PackageFrame } from "../asset/asset-package.ts";
import { framePng } from "./picture-files.ts";
import type { AssetWriter } from "./writer.ts";

/** Writes one PNG per frame, each with the provenance text, its own seed and the exemplars it started from. */
export const pngImages: AssetWriter = {
  id: "png-images",
  title: "PNG pictures",
  engine: "always",
  kinds: ["sprite", "tile", "animation"],
  write: (asset) =>
    // The frames of an animation are on its sheet: 32 more files would only be in the way.
    asset.animation && asset.frames.length > 1
      ? []
      : asset.frames.map((frame) => ({
          path: framePng(frame),
          role: "png",
          mediaType: "image/png",
          content: { image: frame.image, text: { ...asset.text, ...originOf(frame) } },
        })),
};

/** What differs from frame to frame: each file alone must be reproducible and creditable. */
function originOf(frame: PackageFrame): Record<string, string> {
  const exemplars = frame.exemplars.map(({ id, source, license }) => `${id} (${source}, ${license})`);
  return {
    ...(frame.seed === null ? {} : { Seed: String(frame.seed) }),
    ...(exemplars.length > 0 ? { Exemplars: exemplars.join("; ") } : {}),
  };
}
