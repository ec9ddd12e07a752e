import type { Job } from "../../shared/job.ts";
import { SpriteRequest } from "../../shared/requests.ts";
import { type AnimationDeps, generateAnimation } from "../kinds/animation/make.ts";
import { AnimationRequest } from "../kinds/animation/request.ts";
import { animationName, PIXELATED, promptName, tilesetName } from "../kinds/asset-names.ts";
import { type PixelateDeps, pixelatePicture } from "../kinds/pixelate/make.ts";
import { PixelateRequest } from "../kinds/pixelate/request.ts";
import { generateSprites } from "../kinds/sprite/make.ts";
import { generateTiles, type TileDeps } from "../kinds/tile/make.ts";
import { TileRequest, TilesetRequest } from "../kinds/tile/requests-tiles.ts";
import { generateTileset, type TilesetDeps } from "../kinds/tileset/make.ts";
import { assetIdOfJob } from "../queue/job-id.ts";
import type { RunJob } from "../queue/run-job.ts";
import { createTileLoader } from "./load-tiles.ts";
import type { PublishDeps } from "./publish-job.ts";
import { createRunAsset } from "./run-asset.ts";

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
