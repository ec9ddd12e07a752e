import { kilnJsonSchema } from "../../project/kiln-schema.ts";
import type { HttpDeps } from "../deps.ts";
import type { RouteHandler } from "../route.ts";

/** The game that the service works for: the service itself, the assets in the game, the schema of kiln files. */
export function projectRoutes(
  deps: HttpDeps,
): Record<"project" | "projectAssets" | "kilnSchema", RouteHandler> {
  const schema = kilnJsonSchema();
  return {
    project: ({ context }) => context.json(deps.project.info()),
    projectAssets: async ({ context }) => {
      // Read before the list, so that an event in between is repeated rather than lost.
      const cursor = String(deps.events.lastId());
      return context.json({ cursor, assets: await deps.project.assets() });
    },
    kilnSchema: ({ context }) => context.json(schema),
  };
}
