import type { AssetPackage, PackageFrame } from "../asset/asset-package.ts";
import { extraPng, framePng } from "./picture-files.ts";
import type { AssetWriter, OutputFile } from "./writer.ts";

/**
 * Writes one PNG per frame, each with the provenance text, its own seed and the exemplars it started from, and the
 * pictures besides the frames.
 */
export const pngImages: AssetWriter = {
  id: "png-images",
  title: "PNG pictures",
  engine: "always",
  kinds: ["sprite", "tile", "animation"],
  write: (asset) => [
    // The frames of an animation are on its sheet: 32 more files would only be in the way.
    ...(asset.animation && asset.frames.length > 1
      ? []
      : asset.frames.map((frame) => writeFrame(asset, frame))),
    ...(asset.pictures ?? []).map((picture) => ({
      path: extraPng(asset, picture),
      role: picture.role,
      mediaType: "image/png",
      content: { image: picture.image, text: asset.text },
    })),
  ],
};

function writeFrame({ text }: AssetPackage, frame: PackageFrame): OutputFile {
  const content = { image: frame.image, text: { ...text, ...originOf(frame) } };
  return { path: framePng(frame), role: "png", mediaType: "image/png", content };
}

/** What differs from frame to frame: each file alone must be reproducible and creditable. */
function originOf(frame: PackageFrame): Record<string, string> {
  const exemplars = frame.exemplars.map(({ id, source, license }) => `${id} (${source}, ${license})`);
  return {
    ...(frame.seed === null ? {} : { Seed: String(frame.seed) }),
    ...(exemplars.length > 0 ? { Exemplars: exemplars.join("; ") } : {}),
  };
}
