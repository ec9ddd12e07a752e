import type { Backends } from "./backend.ts";
import { DiffusersConfig } from "./diffusers/diffusers-config.ts";
import { EmbeddedConfig } from "./embedded/embedded-config.ts";
import { SERVERS } from "./servers/backends.ts";

/** Every way to run a generator, by the `backend` of its model.json. */
export const BACKENDS: Backends = Object.freeze({
  embedded: {
    schema: EmbeddedConfig,
    onDevices: true,
    code: async () => (await import("./embedded/embedded.ts")).embeddedCode,
  },
  diffusers: {
    schema: DiffusersConfig,
    onDevices: true,
    code: async () => (await import("./diffusers/diffusers.ts")).diffusersCode,
    foreign: {
      marker: "model_index.json",
      describe: async (folder) => (await import("./diffusers/describe-folder.ts")).describeFolder(folder),
    },
  },
  ...SERVERS,
});
