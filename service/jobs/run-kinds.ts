import type { Job } from "../../shared/job.ts";
import { PixelateRequest } from "../../shared/pixelate.ts";
import { SpriteRequest } from "../../shared/requests.ts";
import { AnimationRequest } from "../../shared/requests-animation.ts";
import { TileRequest, TilesetRequest } from "../../shared/requests-tiles.ts";
import { animationName, PIXELATED, promptName, tilesetName } from "./asset-names.ts";
import { type AnimationDeps, generateAnimation } from "./generate-animation.ts";
import { generateSprites } from "./generate-sprites.ts";
import { generateTiles, type TileDeps } from "./generate-tiles.ts";
import { generateTileset, type TilesetDeps } from "./generate-tileset.ts";
import { assetIdOfJob } from "./job-id.ts";
import { createTileLoader } from "./load-tiles.ts";
import { type PixelateDeps, pixelatePicture } from "./pixelate-picture.ts";
import type { PublishDeps } from "./publish-job.ts";
import { createRunAsset } from "./run-asset.ts";
import type { RunJob } from "./run-job.ts";

export type RunDeps = AnimationDeps &
  PixelateDeps &
  Omit<TileDeps, "loader"> &
  Omit<TilesetDeps, "loader"> &
  PublishDeps;

/** Who runs the jobs of each kind: a new kind is a new row. */
export function createRuns(deps: RunDeps): Readonly<Record<Job["kind"], RunJob>> {
  const loader = createTileLoader(deps.library);
  return {
    sprite: createRunAsset(
      {
        schema: SpriteRequest,
        nameOf: promptName,
        generate: (parsed, options) => generateSprites(parsed, deps, options),
      },
      deps,
    ),
    pixelate: createRunAsset(
      {
        schema: PixelateRequest,
        nameOf: () => PIXELATED,
        generate: (parsed, options) => pixelatePicture(parsed, deps, options),
      },
      deps,
    ),
    animation: createRunAsset(
      {
        schema: AnimationRequest,
        nameOf: animationName,
        generate: (parsed, options) => generateAnimation(parsed, deps, options),
      },
      deps,
    ),
    tile: createRunAsset(
      {
        schema: TileRequest,
        nameOf: promptName,
        generate: (parsed, options) => generateTiles(parsed, { ...deps, loader }, options),
      },
      deps,
    ),
    tileset: createRunAsset(
      {
        schema: TilesetRequest,
        nameOf: tilesetName,
        generate: (parsed, options, job) => {
          const assetId = assetIdOfJob(job.id, "tileset");
          return generateTileset(parsed, { ...deps, loader }, { ...options, assetId });
        },
      },
      deps,
    ),
  };
}
