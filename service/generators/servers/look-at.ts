import type { ServerModel } from "../../../shared/server-models.ts";
import type { ServerState } from "../backend.ts";
import type { PictureServer } from "./picture-server.ts";
import { ServerFault } from "./server-fault.ts";

/** Says whether the server of a model answers, and what is there. A server of our own is not started for that. */
export async function lookAt(
  model: ServerModel,
  { signal, connect }: { signal: AbortSignal; connect: () => Promise<PictureServer> },
): Promise<ServerState> {
  if (model.backend === "sd-server")
    return { state: "on_demand", reason: "It starts with its first drawing.", found: null };
  try {
    const server = await connect();
    const found = await server.look(signal);
    if (model.backend !== "openai") return { state: "up", reason: null, found };
    return { state: "on_demand", reason: "It is not asked before it draws.", found };
  } catch (error) {
    const fault =
      error instanceof ServerFault
        ? error
        : new ServerFault("timeout", "did not answer in time", "Is it busy?");
    return { state: "down", reason: `It ${fault.message}. ${fault.advice}`, found: null };
  }
}
