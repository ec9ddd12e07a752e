import { ROUTES } from "../../../shared/api.ts";
import { parseAnimationRequest } from "../../kinds/animation/parse.ts";
import type { HttpDeps } from "../deps.ts";
import type { RouteHandler } from "../route.ts";
import { submitJob } from "../submit-job.ts";

/** `POST /v1/animations`. */
export function animationRoutes(deps: HttpDeps): Record<"createAnimation", RouteHandler> {
  return {
    createAnimation: submitJob(deps, {
      route: ROUTES.createAnimation,
      parse: parseAnimationRequest,
      door: deps.animations,
    }),
  };
}
