import { z } from "zod";
import { AcceptedAnswer, CostAnswer, type KindInfo } from "../../shared/answers.ts";
import { ROUTES } from "../../shared/api.ts";
import { type ApiRoute, BODY_LIMITS, IdempotencyHeaders, JOB_ERRORS, json } from "../../shared/api-route.ts";
import type { Kind } from "../kinds/kind.ts";
import { KINDS } from "../kinds/table.ts";

/** Makes the route of a kind. */
function routeOf({ path, summary, tag, request, answer, title, needs }: Kind): ApiRoute {
  return {
    method: "POST",
    path,
    summary,
    tag,
    headers: IdempotencyHeaders,
    body: request,
    bodyLimit: BODY_LIMITS.pictures,
    answers: {
      200: json(z.union([answer, CostAnswer]), `${title}: what was made, or the estimate for \`check_cost\``),
      202: json(
        AcceptedAnswer,
        "With `async`, and for a job that takes more than four minutes: the job is stored and will run",
      ),
    },
    errors: needs === "generator" ? [...JOB_ERRORS, "model-unavailable"] : JOB_ERRORS,
  };
}

/** Every route of the service by operation id, including those of the kinds. */
export const ALL_ROUTES: Readonly<Record<string, ApiRoute>> = Object.freeze({
  ...Object.fromEntries(KINDS.map((kind) => [kind.operation, routeOf(kind)])),
  ...ROUTES,
});

/** Describes the kinds for clients that build forms from them. */
export function kindInfos(): KindInfo[] {
  return KINDS.map(({ id, title, summary, path, prefix, takesStyle, request }) => {
    const { $schema: _, ...schema } = z.toJSONSchema(request, { io: "input" });
    return { id, title, summary, path, asset_prefix: prefix, takes_style: takesStyle, request: schema };
  });
}
