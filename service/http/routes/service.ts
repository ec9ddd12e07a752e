import type { Readiness } from "../../../shared/api.ts";
import { ServiceError } from "../../../shared/errors.ts";
import type { HttpDeps } from "../deps.ts";
import { openApiDocument } from "../openapi.ts";
import type { RouteHandler } from "../route.ts";
import { STUDIO_CSP, STUDIO_HTML, STUDIO_MISSING } from "../studio/page.ts";

/** The generator's process must answer within this many ms to count as ready. */
const PING_MS = 2_000;

/** The service about itself: health, the OpenAPI document, the studio page. */
export function serviceRoutes(
  deps: HttpDeps,
): Record<"livez" | "readyz" | "openApi" | "studio" | "studioScript" | "studioStyle", RouteHandler> {
  const document = openApiDocument(deps.version);
  return {
    livez: ({ context }) => context.json({ status: "ok" }),
    readyz: async ({ context }) => {
      if (deps.stopping.aborted) throw new ServiceError("shutting-down", "The service is stopping.");
      await deps.checkStorage();
      const model = await deps.pingModel(PING_MS);
      if (model !== null)
        return context.json({ status: "ok", ...model, instance: deps.instance } satisfies Readiness);
      throw new ServiceError(
        "model-unavailable",
        `The generator's process did not answer within ${PING_MS} ms: try again in a moment.`,
      );
    },
    openApi: ({ context }) => context.json(document),
    studio: ({ context }) => {
      context.header("Content-Security-Policy", STUDIO_CSP);
      return context.html(STUDIO_HTML);
    },
    studioScript: async ({ context }) =>
      context.body(textOf(await deps.studioFile("studio.js")) ?? STUDIO_MISSING, 200, {
        "Content-Type": "text/javascript; charset=utf-8",
      }),
    studioStyle: async ({ context }) =>
      context.body(textOf(await deps.studioFile("studio.css")) ?? "", 200, {
        "Content-Type": "text/css; charset=utf-8",
      }),
  };
}

function textOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
