import type { AssetPackage, PackageTag } from "../asset/asset-package.ts";
import type { AssetWriter } from "./writer.ts";

/**
 * Writes the JSON that `this.anims.fromJSON` takes, in Phaser 3 and 4. Its frames are the ones that
 * `load.aseprite(name, ...)` or `load.atlas(name, ...)` create for the sheet under the asset's name; keys are
 * `name/tag`, so that two characters can both have a walk. Each frame has its own duration, in ms.
 */
export const phaserAnimation: AssetWriter = {
  id: "phaser-animation",
  title: "Phaser animations",
  engine: "phaser",
  kinds: ["animation"],
  write: (asset) =>
    asset.animation
      ? [
          {
            path: `${asset.name}-anims.json`,
            role: "phaser_animations",
            mediaType: "application/json",
            content: `${JSON.stringify({ anims: asset.tags.map((tag) => describeTag(asset, tag)), globalTimeScale: 1 }, null, 2)}\n`,
          },
        ]
      : [],
};

function describeTag({ name, frames }: AssetPackage, tag: PackageTag) {
  const played = frames.slice(tag.from, tag.to + 1);
  return {
    key: `${name}/${tag.name}`,
    type: "frame",
    frames: played.map(({ durationMs }, i) => ({
      key: name,
      frame: String(tag.from + i),
      duration: durationMs,
    })),
    // Without a frame rate, Phaser plays each frame for its own duration.
    duration: played.reduce((sum, { durationMs }) => sum + durationMs, 0),
    skipMissedFrames: true,
    delay: 0,
    repeat: tag.loop ? -1 : 0,
    repeatDelay: 0,
    yoyo: tag.direction === "pingpong",
    showBeforeDelay: false,
    showOnStart: false,
    hideOnComplete: false,
  };
}
