import { ROUTES } from "../../../shared/api.ts";
import { parseSpriteRequest } from "../../../shared/parse-request.ts";
import type { HttpDeps } from "../deps.ts";
import type { RouteHandler } from "../route.ts";
import { submitJob } from "../submit-job.ts";

/** `POST /v1/sprites`. */
export function spriteRoutes(deps: HttpDeps): Record<"createSprite", RouteHandler> {
  return {
    createSprite: submitJob(deps, {
      route: ROUTES.createSprite,
      parse: parseSpriteRequest,
      door: deps.sprites,
    }),
  };
}
