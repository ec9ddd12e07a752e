import type { HttpDeps } from "../deps.ts";
import type { RouteHandler } from "../route.ts";

/** What there is to choose from: styles, palettes, models. */
export function catalogRoutes(
  deps: HttpDeps,
): Record<"listStyles" | "listPalettes" | "listModels", RouteHandler> {
  return {
    listStyles: ({ context }) => context.json({ styles: deps.styles() }),
    listPalettes: ({ context }) => context.json({ palettes: deps.palettes() }),
    listModels: async ({ context }) => context.json({ models: await deps.models() }),
  };
}
