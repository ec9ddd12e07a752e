import { TileRequest } from "../../shared/requests-tiles.ts";
import { safeName } from "../asset/safe-name.ts";
import { generateTiles, type TileDeps } from "./generate-tiles.ts";
import { createTileLoader } from "./load-tiles.ts";
import { engineTarget, type PublishDeps, publishJob } from "./publish-job.ts";
import type { RunJob } from "./run-job.ts";

/**
 * Makes the function that runs a tile job: stored request -> tiles -> library -> project. A second run of the same job
 * (after a crash) gives the same bytes and accepts what the first one published.
 */
export function createRunTile(deps: Omit<TileDeps, "loader"> & PublishDeps): RunJob {
  const loader = createTileLoader(deps.library);
  return async (job, { signal, onProgress }) => {
    const request = TileRequest.parse(job.request);
    const { output } = request;
    const tiles = await generateTiles(
      { request, ignored: job.extras.ignored },
      { ...deps, loader },
      {
        createdAt: new Date(job.createdAt).toISOString(),
        name: output?.name ?? safeName(request.prompt),
        ...engineTarget(output, deps.engines),
        signal,
        onProgress,
      },
    );
    signal.throwIfAborted();
    return publishJob(job, tiles, { ...deps, output });
  };
}
