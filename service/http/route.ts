import type { Context } from "hono";
import type { AppEnv } from "./deps.ts";

/** What a route's handler gets: parameters, query and headers, parsed by the schemas in the table. */
export interface RouteInput {
  context: Context<AppEnv>;
  params: Record<string, string>;
  query: Record<string, unknown>;
  headers: Record<string, string | undefined>;
}

export type RouteHandler = (input: RouteInput) => Response | Promise<Response>;
