import { TilesetRequest } from "../../shared/requests-tiles.ts";
import { safeName } from "../asset/safe-name.ts";
import { generateTileset, type TilesetDeps } from "./generate-tileset.ts";
import { assetIdOfJob } from "./job-id.ts";
import { createTileLoader } from "./load-tiles.ts";
import { engineTarget, type PublishDeps, publishJob } from "./publish-job.ts";
import type { RunJob } from "./run-job.ts";

/**
 * Makes the function that runs a tileset job: stored request -> tiles -> library -> project. A second run of the same
 * job (after a crash) gives the same bytes and accepts what the first one published.
 */
export function createRunTileset(deps: Omit<TilesetDeps, "loader"> & PublishDeps): RunJob {
  const loader = createTileLoader(deps.library);
  return async (job, { signal, onProgress }) => {
    const request = TilesetRequest.parse(job.request);
    const { output } = request;
    const tileset = await generateTileset(
      { request, ignored: job.extras.ignored },
      { ...deps, loader },
      {
        assetId: assetIdOfJob(job.id, "tileset"),
        createdAt: new Date(job.createdAt).toISOString(),
        name: output?.name ?? tilesetName(request),
        ...engineTarget(output, deps.engines),
        signal,
        onProgress,
      },
    );
    signal.throwIfAborted();
    return publishJob(job, tileset, { ...deps, output });
  };
}

/** Names a set by its terrains: `grass-water`. */
export function tilesetName({ upper_description: upper, lower_description: lower }: TilesetRequest): string {
  return safeName(`${upper} ${lower ?? ""}`);
}
