import { z } from "zod";
import { AnimationRequest } from "../service/kinds/animation/request.ts";
import { AcceptedAnswer, AnimationAnswer, CostAnswer } from "./answers.ts";
import { type ApiRoute, BODY_LIMITS, IdempotencyHeaders, JOB_ERRORS, json } from "./api-route.ts";

/** The routes of animations: one table with those of shared/api.ts. */
export const ANIMATION_API = {
  createAnimation: {
    method: "POST",
    path: "/v1/animations",
    summary: "Makes the frames of one thing in motion, from words or from its first frame",
    tag: "animations",
    headers: IdempotencyHeaders,
    body: AnimationRequest,
    bodyLimit: BODY_LIMITS.pictures,
    answers: {
      200: json(
        z.union([AnimationAnswer, CostAnswer]),
        "The animation, or the estimate that `check_cost` asked for",
      ),
      202: json(AcceptedAnswer, "Accepted: the job is stored and will run (`async`)"),
    },
    errors: [...JOB_ERRORS, "model-unavailable"],
  },
} as const satisfies Record<string, ApiRoute>;
