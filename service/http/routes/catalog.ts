import type { HttpDeps } from "../deps.ts";
import { kindInfos } from "../kind-routes.ts";
import type { RouteHandler } from "../route.ts";

/** What clients can choose from: kinds, styles, palettes and models. */
export function catalogRoutes(
  deps: HttpDeps,
): Record<"listKinds" | "listStyles" | "listPalettes" | "listModels", RouteHandler> {
  const kinds = kindInfos();
  return {
    listKinds: ({ context }) => context.json({ kinds }),
    listStyles: ({ context }) => context.json({ styles: deps.styles() }),
    listPalettes: ({ context }) => context.json({ palettes: deps.palettes() }),
    listModels: async ({ context }) => context.json({ models: await deps.models() }),
  };
}
