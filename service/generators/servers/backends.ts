import {
  ComfyModel,
  OpenAiModel,
  SdapiModel,
  SdServerModel,
  type ServerModel,
} from "../../../shared/server-models.ts";
import type { Backend, BackendCode, StoredModel } from "../backend.ts";
import { describeServer } from "./describe.ts";
import type { PictureServer } from "./picture-server.ts";

/** Every picture server that is spoken to, by the `backend` of a configured model. Their code is loaded when one draws. */
export const SERVERS = Object.freeze({
  sdapi: serverBackend(SdapiModel, async (model) => {
    const { SdapiServer } = await import("./sdapi.ts");
    return new SdapiServer(model);
  }),
  comfy: serverBackend(ComfyModel, async (model) => {
    const { ComfyServer } = await import("./comfy.ts");
    return new ComfyServer(model);
  }),
  openai: serverBackend(OpenAiModel, async (model, env) => {
    const { OpenAiServer } = await import("./openai.ts");
    return new OpenAiServer(model, env);
  }),
  "sd-server": serverBackend(SdServerModel, async (model) => {
    const { OwnedServer } = await import("./owned-server.ts");
    return new OwnedServer(model);
  }),
});

function serverBackend<Model extends ServerModel>(
  schema: Backend<Model>["schema"],
  connect: (model: Model, env: NodeJS.ProcessEnv) => Promise<PictureServer>,
): Backend<Model> {
  const code: BackendCode<Model> = {
    async load({ info, config }: StoredModel<Model>, { env }) {
      const { ServerGenerator } = await import("./server-generator.ts");
      return new ServerGenerator(info, config, await connect(config, env));
    },
  };
  return {
    schema,
    lane: "servers",
    describe: describeServer,
    code: async () => code,
    async check(model, env, signal) {
      const { lookAt } = await import("./look-at.ts");
      return lookAt(model, { signal, connect: () => connect(model, env) });
    },
  };
}
