import { afterAll, beforeAll } from "vitest";
import { describeGeneratorContract } from "../generator-contract.ts";
import { type FakeComfy, startFakeComfy } from "./fake-comfy.ts";
import type { FakeHttp } from "./fake-http.ts";
import { startFakeOpenAi } from "./fake-openai.ts";
import { type FakeSdapi, startFakeSdapi } from "./fake-sdapi.ts";
import { entryOf, generatorOf } from "./server-entry.ts";

const fakes: { sdapi?: FakeSdapi; comfy?: FakeComfy; openai?: FakeHttp } = {};
beforeAll(async () => {
  fakes.sdapi = await startFakeSdapi();
  fakes.comfy = await startFakeComfy();
  fakes.openai = await startFakeOpenAi("a key");
});
afterAll(async () => {
  for (const fake of Object.values(fakes)) await fake.close();
});

// What a model is does not depend on its address, which is known once the servers run.
const ANYWHERE = "http://127.0.0.1:1";
const sizes = [512, 256];

const sdapi = { id: "forge", backend: "sdapi", title: "Forge", url: ANYWHERE, sizes };
describeGeneratorContract("a server of the Stable Diffusion API", {
  info: entryOf(sdapi).info,
  load: () => generatorOf({ ...sdapi, url: fakes.sdapi!.url }),
  prompt: "a red potion",
});

const comfy = { id: "comfy", backend: "comfy", title: "ComfyUI", url: ANYWHERE, sizes };
describeGeneratorContract("ComfyUI", {
  info: entryOf(comfy).info,
  load: () => generatorOf({ ...comfy, url: fakes.comfy!.url }),
  prompt: "a red potion",
});

const openai = { id: "hosted", backend: "openai", title: "Hosted", url: ANYWHERE, key_env: "KEY", sizes };
describeGeneratorContract("a server of OpenAI's images endpoints", {
  info: entryOf(openai).info,
  load: () => generatorOf({ ...openai, url: fakes.openai!.url }, { KEY: "a key" }),
  prompt: "a red potion",
});
