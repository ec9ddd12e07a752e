import type { Backends } from "./backend.ts";
import { EmbeddedConfig } from "./embedded/embedded-config.ts";
import { SERVERS } from "./servers/backends.ts";

/** Every way to run a generator, by the `backend` of its model.json. */
export const BACKENDS: Backends = Object.freeze({
  embedded: {
    schema: EmbeddedConfig,
    code: async () => (await import("./embedded/embedded.ts")).embeddedCode,
  },
  ...SERVERS,
});
