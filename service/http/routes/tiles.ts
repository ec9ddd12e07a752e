import { ROUTES } from "../../../shared/api.ts";
import { parseTileRequest, parseTilesetRequest } from "../../kinds/tile/parse-tiles.ts";
import type { HttpDeps } from "../deps.ts";
import type { RouteHandler } from "../route.ts";
import { submitJob } from "../submit-job.ts";

/** `POST /v1/tiles` and `POST /v1/tilesets`. */
export function tileRoutes(deps: HttpDeps): Record<"createTile" | "createTileset", RouteHandler> {
  return {
    createTile: submitJob(deps, { route: ROUTES.createTile, parse: parseTileRequest, door: deps.tiles }),
    createTileset: submitJob(deps, {
      route: ROUTES.createTileset,
      parse: parseTilesetRequest,
      door: deps.tilesets,
    }),
  };
}
