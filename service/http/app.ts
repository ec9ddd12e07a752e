import { type Context, type Handler, Hono } from "hono";
import type { z } from "zod";
import type { OperationId } from "../../shared/api.ts";
import type { ApiRoute } from "../../shared/api-route.ts";
import { ServiceError } from "../../shared/errors.ts";
import { invalidRequest } from "../../shared/parse-request.ts";
import { KINDS } from "../kinds/table.ts";
import type { AppEnv, HttpDeps } from "./deps.ts";
import { ALL_ROUTES } from "./kind-routes.ts";
import { answerError, answerRetroError } from "./problem.ts";
import type { RouteHandler } from "./route.ts";
import { acceptRoutes } from "./routes/accept.ts";
import { assetRoutes } from "./routes/assets.ts";
import { catalogRoutes } from "./routes/catalog.ts";
import { eventRoutes } from "./routes/events.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { pixelRoutes } from "./routes/pixels.ts";
import { projectRoutes } from "./routes/project.ts";
import { serviceRoutes } from "./routes/service.ts";
import { submitJob } from "./submit-job.ts";

/**
 * Builds the HTTP application from the route table and the handlers: exactly one handler per row. It expects the door
 * (listen.ts) in front of it.
 */
export function createApp(deps: HttpDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const others: Record<OperationId, RouteHandler> = {
    ...pixelRoutes(deps),
    ...jobRoutes(deps),
    ...eventRoutes(deps),
    ...assetRoutes(deps),
    ...acceptRoutes(deps, (request, { context }) => app.fetch(request, context.env)),
    ...catalogRoutes(deps),
    ...projectRoutes(deps),
    ...serviceRoutes(deps),
  };
  const handlers: Readonly<Record<string, RouteHandler>> = {
    ...Object.fromEntries(KINDS.map((kind) => [kind.operation, submitJob(deps, kind)])),
    ...others,
  };
  const methods = new Map<string, string[]>();
  for (const [id, route] of Object.entries(ALL_ROUTES)) {
    const path = honoPath(route.path);
    const own = handlers[id];
    if (!own) throw new Error(`The operation ${id} has no handler.`);
    const handler = routeHandler(route, own);
    app.on(route.method, path, route.retroErrors ? inRetroForm(deps, handler) : handler);
    methods.set(path, [
      ...(methods.get(path) ?? []),
      ...(route.method === "GET" ? ["GET", "HEAD"] : [route.method]),
    ]);
  }
  for (const [path, allowed] of methods) app.all(path, (context) => refuseMethod(context, allowed));
  app.notFound((context) => {
    throw new ServiceError(
      "not-found",
      `There is nothing at ${context.req.path.slice(0, 80)}: /openapi.json lists every path.`,
    );
  });
  app.onError(answerError(deps));
  return app;
}

/** `/v1/jobs/{id}` in Hono's spelling: `/v1/jobs/:id`. */
export function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

function routeHandler(route: ApiRoute, handler: RouteHandler): Handler<AppEnv> {
  return (context) => {
    const params = route.params?.safeParse(context.req.param());
    // An id that cannot exist is reported like one that does not exist.
    if (params && !params.success)
      throw new ServiceError("not-found", `There is no such id or name at ${route.path}.`);
    return handler({
      context,
      params: (params?.data ?? {}) as Record<string, string>,
      query: read(route.query, context.req.query()),
      headers: read(route.headers, namedHeaders(route, context)) as Record<string, string | undefined>,
    });
  };
}

/** Wraps a handler so that its errors come in Retro Diffusion's form. */
function inRetroForm(deps: HttpDeps, handler: Handler<AppEnv>): Handler<AppEnv> {
  const answer = answerRetroError(deps);
  return async (context, next) => {
    try {
      return await handler(context, next);
    } catch (error) {
      return answer(error, context);
    }
  };
}

function namedHeaders(route: ApiRoute, context: Context<AppEnv>): Record<string, string> {
  const names = Object.keys(route.headers?.shape ?? {});
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = context.req.header(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function read(schema: z.ZodObject | undefined, input: Record<string, string>): Record<string, unknown> {
  if (!schema) return {};
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw invalidRequest(parsed.error, input);
  return parsed.data;
}

function refuseMethod(context: Context<AppEnv>, allowed: string[]): never {
  context.header("Allow", allowed.join(", "));
  const { method } = context.req;
  throw new ServiceError(
    "method-not-allowed",
    `This path takes ${allowed.join(" or ")}, not ${method.slice(0, 20)}.`,
  );
}
