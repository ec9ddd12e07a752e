import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decodeBase64Image } from "../../service/codecs/decode-image.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { createImage, type PixelImage } from "../../service/pixel/image.ts";
import { type FakeComfy, startFakeComfy } from "../generators/servers/fake-comfy.ts";
import { ART, artOf } from "../generators/servers/fake-drawing.ts";
import type { FakeHttp } from "../generators/servers/fake-http.ts";
import { startFakeOpenAi } from "../generators/servers/fake-openai.ts";
import { type FakeSdapi, startFakeSdapi } from "../generators/servers/fake-sdapi.ts";
import { agreement } from "../pixel/pixelate/fake-pixel-art.ts";
import {
  getJson,
  post,
  type RunningService,
  startServiceProcess,
  temporaryProject,
  until,
} from "./service-process.ts";

const KEY = "sk-not-to-be-seen";
/** A graph as ComfyUI exports it, with our placeholders. */
const GRAPH = {
  "3": {
    class_type: "KSampler",
    inputs: { seed: "{{seed}}", steps: 4, cfg: 1, denoise: 1, positive: ["6", 0], negative: ["7", 0] },
  },
  "5": {
    class_type: "EmptyLatentImage",
    inputs: { width: "{{width}}", height: "{{height}}", batch_size: 1 },
  },
  "6": { class_type: "CLIPTextEncode", inputs: { text: "pixelart style, {{prompt}}, masterpiece" } },
  "7": { class_type: "CLIPTextEncode", inputs: { text: "blurry" } },
  "9": { class_type: "SaveImage", inputs: { images: ["8", 0], filename_prefix: "ComfyUI" } },
};

let project: Awaited<ReturnType<typeof temporaryProject>>;
let service: RunningService;
let forge: FakeSdapi;
let comfy: FakeComfy;
let openai: FakeHttp;
beforeAll(async () => {
  [forge, comfy, openai] = await Promise.all([
    startFakeSdapi({ version: "f2.0.1v1.10.1" }),
    startFakeComfy(),
    startFakeOpenAi(KEY),
  ]);
  project = await temporaryProject();
  const sizes = [512];
  const lora = { name: "pixel-art-xl", weight: 0.8 };
  const models = [
    {
      ...{
        id: "forge",
        backend: "sdapi",
        url: forge.url,
        sizes,
        steps: 6,
        weights_license: "CreativeML-OpenRAIL-M",
      },
      ...{ checkpoint: "pixel-xl", loras: [lora], sampler: "DPM++ 2M", scheduler: "karras", batch: 4 },
    },
    { id: "wrong", backend: "sdapi", url: forge.url, sizes, checkpoint: "no-such-model" },
    { id: "impatient", backend: "sdapi", url: forge.url, sizes, timeout_seconds: 1 },
    { id: "gone", backend: "sdapi", url: "http://127.0.0.1:9", sizes },
    { id: "comfy:pixel-xl", backend: "comfy", url: comfy.url, sizes, steps: 5, loras: [lora] },
    { id: "comfy:own", backend: "comfy", url: comfy.url, sizes, graph: "graph.json" },
    { id: "hosted", backend: "openai", url: openai.url, sizes, model: "image-1", key_env: "TEST_IMAGE_KEY" },
  ];
  await writeFile(join(project.dir, "graph.json"), JSON.stringify(GRAPH));
  await writeFile(join(project.dir, "pixelkiln.config.json"), JSON.stringify({ models }));
  service = await startServiceProcess(project.dir, {
    PIXELKILN_MODELS_FILE: join(project.dir, "no-such-file.json"),
    TEST_IMAGE_KEY: KEY,
  });
});
afterAll(async () => {
  await service.stop();
  await Promise.all([forge.close(), comfy.close(), openai.close(), project.remove()]);
});
beforeEach(() => {
  for (const fake of [forge, comfy, openai]) fake.calls.length = 0;
  comfy.graphs.length = 0;
  Object.assign(forge, { fault: null, stepMs: 0 });
  Object.assign(comfy, { fault: null, stepMs: 0 });
});

interface Answer {
  base64_images: string[];
  warnings: string[];
  checks: { seam_ratio_x: number | null; seam_ratio_y: number | null };
  provenance: { model: object; server: Record<string, unknown> & { sent: Record<string, unknown>[] } };
}

async function draw(kind: string, body: object): Promise<Answer> {
  const { status, body: answer } = await post(`${service.url}/v1/${kind}`, body);
  expect(answer).not.toHaveProperty("code");
  expect(status).toBe(200);
  return answer as unknown as Answer;
}
const pictureOf = (answer: Answer, i = 0): Promise<PixelImage> =>
  decodeBase64Image(answer.base64_images[i]!, "base64_images");
const problemOf = async (model: string) =>
  (await post(`${service.url}/v1/sprites`, { prompt: "a gem", model })).body as {
    code: string;
    detail: string;
  };
const base64 = async (image: PixelImage): Promise<string> =>
  Buffer.from(await encodePng(image)).toString("base64");

describe("models of picture servers", () => {
  test("stand among the models by their ids, behind the one that ships", async () => {
    const { models } = (await getJson(`${service.url}/v1/models`)).body as {
      models: { id: string; default: boolean; output: string; weights_license: string | null }[];
    };
    expect(models[0]).toMatchObject({ id: "embedded-v1", default: true });
    expect(models.slice(1).map(({ id }) => id)).toEqual([
      ...["forge", "wrong", "impatient", "gone", "comfy:pixel-xl", "comfy:own", "hosted"],
    ]);
    expect(models[1]).toMatchObject({ output: "large", weights_license: "CreativeML-OpenRAIL-M" });
    expect(models[2]).toMatchObject({ weights_license: null });
  });

  test("are chosen by id: the address of a server is no model", async () => {
    const { status, body } = await post(`${service.url}/v1/sprites`, { prompt: "gem", model: forge.url });
    expect([status, body.code]).toEqual([422, "invalid-request"]);
    expect(forge.calls).toEqual([]);
  });

  test("are ready or not, each for itself", async () => {
    const ready = await until(async () => {
      const { status, body } = await getJson(`${service.url}/readyz`);
      return status === 200 ? body : undefined;
    });
    const servers = ready.servers as { model: string; state: string; reason: string | null }[];
    expect(Object.fromEntries(servers.map(({ model, state }) => [model, state]))).toEqual({
      ...{ forge: "up", wrong: "down", impatient: "up", gone: "down" },
      ...{ "comfy:pixel-xl": "up", "comfy:own": "up", hosted: "on_demand" },
    });
    const reasonOf = (name: string) => servers.find(({ model }) => model === name)?.reason;
    expect(reasonOf("gone")).toMatch(
      /^It does not answer at http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\)\. Start it/,
    );
    expect(reasonOf("wrong")).toMatch(/^It has no checkpoint "no-such-model"\. It has: pixel-xl/);
  });
});

describe("a sprite of a server of the Stable Diffusion API", () => {
  const body = { prompt: "a golden key", model: "forge", seed: 11, width: ART, height: ART };

  test("is the art that it drew, cut from its ground, and says how it was drawn", async () => {
    const answer = await draw("sprites", body);
    const [sent] = forge.drawings();
    expect(sent).toMatchObject({
      ...{ seed: 11, steps: 6, width: 512, height: 512, sampler_name: "DPM++ 2M", scheduler: "karras" },
      override_settings: { sd_model_checkpoint: "pixel-xl.safetensors [31e35c80fc]" },
    });
    expect(sent?.prompt).toMatch(/^pixel art, a golden key, .*#ff00ff.* <lora:pixel-art-xl:0.8>$/);
    expect(sent?.negative_prompt).toMatch(/blurry/);
    const order = { prompt: String(sent?.prompt), negative: String(sent?.negative_prompt), seed: 11 };
    const art = artOf({ ...order, steps: 6, cfg: Number(sent?.cfg_scale), tiling: false });
    expect(agreement(await pictureOf(answer), art, 24)).toBeGreaterThan(0.9);
    expect(answer.provenance.model).toMatchObject({ id: "forge", license: "CreativeML-OpenRAIL-M" });
    expect(answer.provenance.server).toEqual({
      ...{ protocol: "sdapi", program: "Forge", version: "f2.0.1v1.10.1", url: forge.url },
      checkpoint: { name: "pixel-xl.safetensors [31e35c80fc]", sha256: "a".repeat(64) },
      ...{ loras: [{ name: "pixel-art-xl", weight: 0.8 }], sampler: "DPM++ 2M", scheduler: "karras" },
      sent: [
        {
          prompt: String(sent?.prompt).replace(/ <lora.*/, ""),
          negative_prompt: sent?.negative_prompt,
          ...{ seed: 11, width: 512, height: 512, steps: 6, guidance_scale: sent?.cfg_scale, strength: null },
        },
      ],
    });
    expect(answer.warnings).toEqual(["The model forge may draw another picture for the same seed."]);
  });

  test("several of them are drawn at once, each with its own seed", async () => {
    const answer = await draw("sprites", { ...body, num_images: 3 });
    expect(forge.drawings().map(({ batch_size, seed }) => [batch_size, seed])).toEqual([[3, 11]]);
    expect(answer.provenance.server.sent.map(({ seed }) => seed)).toEqual([11, 12, 13]);
    expect(new Set(answer.base64_images).size).toBe(3);
  });

  test("they are drawn one by one where the card cannot hold them together", async () => {
    forge.fault = "no-memory-for-two";
    const answer = await draw("sprites", { ...body, seed: 21, num_images: 2 });
    expect(answer.base64_images).toHaveLength(2);
    expect(forge.drawings().map(({ batch_size }) => batch_size)).toEqual([2, 1, 1]);
  });

  test("tells its steps, and a cancel stops the server", async () => {
    forge.stepMs = 400;
    const { body: job } = await post(`${service.url}/v1/sprites`, { ...body, steps: 40, async: true });
    const path = `${service.url}/v1/jobs/${String(job.job_id)}`;
    await until(async () => {
      const { progress } = (await getJson(path)).body as { progress: { step: number; stage: string } };
      return progress.stage === "denoising" && progress.step > 1 ? true : undefined;
    });
    await fetch(path, { method: "DELETE" });
    await until(async () => ((await getJson(path)).body.status === "cancelled" ? true : undefined));
    await until(async () =>
      forge.calls.some((call) => call.path === "/sdapi/v1/interrupt") ? true : undefined,
    );
  });

  test("does not hold up what the embedded model draws", async () => {
    forge.stepMs = 400;
    const { body: job } = await post(`${service.url}/v1/sprites`, { ...body, steps: 40, async: true });
    const path = `${service.url}/v1/jobs/${String(job.job_id)}`;
    await until(async () => ((await getJson(path)).body.status === "running" ? true : undefined));
    await draw("sprites", { prompt: "red potion", seed: 1 });
    expect((await getJson(path)).body.status).toBe("running");
    await fetch(path, { method: "DELETE" });
  });
});

describe("what comes after a server's picture", () => {
  const model = "forge";

  test("a picture that is given is sent, and what is drawn starts from it", async () => {
    const given = createImage(ART, ART);
    for (let i = 0; i < given.data.length / 2; i += 4) given.data.set([200, 30, 30, 255], i);
    const fields = { prompt: "a flag", model, width: ART, height: ART, strength: 0.2, seed: 1 };
    await draw("sprites", { ...fields, input_image: await base64(given) });
    const [sent] = forge.drawings();
    expect(sent).toMatchObject({ denoising_strength: 0.2 });
    const start = await decodeBase64Image(String([sent?.init_images].flat()[0]), "start");
    expect([...start.data.subarray(0, 4)]).toEqual([200, 30, 30, 255]);
    expect([...start.data.subarray(-4)]).toEqual([255, 0, 255, 255]);
  });

  test("a marked part is drawn anew, and every other pixel is kept", async () => {
    const given = createImage(24, 24);
    for (let p = 0; p < 576; p++) if (p % 24 > 3) given.data.set([40 + (p % 3) * 60, 90, 160, 255], 4 * p);
    const mask = createImage(24, 24);
    const isMarked = (p: number): boolean => p % 24 > 10 && p % 24 < 20 && p > 120 && p < 400;
    for (let p = 0; p < 576; p++) if (isMarked(p)) mask.data.set([255, 255, 255, 255], 4 * p);
    const pictures = { input_image: await base64(given), mask_image: await base64(mask) };
    const answer = await draw("sprites", { prompt: "a ruby", model, color_count: 6, ...pictures });
    const image = await pictureOf(answer);
    let changed = 0;
    for (let p = 0; p < 576; p++) {
      const same = [0, 1, 2, 3].every((c) => image.data[4 * p + c] === given.data[4 * p + c]);
      if (!isMarked(p)) expect(same, `pixel ${p}`).toBe(true);
      else if (!same) changed++;
    }
    expect(changed).toBeGreaterThan(40);
    const [sent] = forge.drawings();
    const marks = await decodeBase64Image(String(sent?.mask), "mask");
    expect([marks.width, marks.height]).toEqual([512, 512]);
  });

  test("a texture joins although the server took the wish and ignored it", async () => {
    const answer = await draw("tiles", { prompt: "strange moss", model, seed: 5 });
    expect(forge.drawings()[0]).toMatchObject({ tiling: true });
    expect(answer.checks.seam_ratio_x).toBeLessThanOrEqual(1.25);
    expect(answer.checks.seam_ratio_y).toBeLessThanOrEqual(1.25);
  });

  test("the grounds of a tileset are textures of the server", async () => {
    const fields = { lower_description: "purple crystal", upper_description: "orange slime", tile_size: 16 };
    const answer = await draw("tilesets", { ...fields, model, seed: 2 });
    expect(answer.provenance.server.sent.length).toBeGreaterThanOrEqual(2);
    expect(forge.drawings().map(({ prompt }) => String(prompt))).toEqual(
      expect.arrayContaining([
        expect.stringContaining("purple crystal"),
        expect.stringContaining("orange slime"),
      ]),
    );
  });

  test("true black and white, and a palette, hold every pixel", async () => {
    const fields = { prompt: "a skull", model, width: ART, height: ART, seed: 3 };
    const bits = await draw("sprites", { ...fields, prompt_style: "1_bit" });
    const boy = await draw("sprites", { ...fields, input_palette: "game-boy" });
    const colorsIn = async (answer: Answer) => {
      const { data } = await pictureOf(answer);
      const all = Array.from({ length: data.length / 4 }, (_, p) => data.subarray(4 * p, 4 * p + 4));
      return new Set(all.filter((pixel) => pixel[3] === 255).map((pixel) => pixel.join()));
    };
    expect((await colorsIn(bits)).size).toBeLessThanOrEqual(2);
    expect((await colorsIn(boy)).size).toBeLessThanOrEqual(4);
    expect(String(forge.drawings()[0]?.prompt)).toContain("1-bit");
  });

  test("the cells of an item sheet are pictures of their own", async () => {
    const fields = { prompt: "sword, shield", model, prompt_style: "item_sheet", width: 96, height: 32 };
    const answer = await draw("sprites", { ...fields, seed: 4 });
    expect(await pictureOf(answer)).toMatchObject({ width: 96, height: 32 });
    const prompts = forge.drawings().map(({ prompt }) => String(prompt));
    expect([prompts.length, prompts[0]?.includes("sword"), prompts[1]?.includes("shield")]).toEqual([
      3,
      true,
      true,
    ]);
  });

  test.each(["a knight with a red cape", "an explosion", "grass"])(
    "%s is drawn by the server, although rules could draw it",
    async (prompt) => {
      const answer = await draw("sprites", { prompt, model, seed: 2 });
      expect(answer.provenance.server.program).toBe("Forge");
    },
  );

  test("a still of the server is set in motion", async () => {
    const fields = { prompt: "a crystal golem", model, action: "idle", width: ART, height: ART, seed: 6 };
    const answer = await draw("animations", fields);
    expect(answer.provenance.server.program).toBe("Forge");
    expect(forge.drawings()).toHaveLength(1);
  });

  test.each([16, 64, 128, 256])("a sprite may have an edge of %i pixels", async (edge) => {
    const answer = await draw("sprites", { prompt: "a tower", model, width: edge, height: edge, seed: 8 });
    expect(await pictureOf(answer)).toMatchObject({ width: edge, height: edge });
  });
});

describe("a sprite of ComfyUI", () => {
  test("comes from a graph of its own nodes, with its LoRAs in a chain", async () => {
    const fields = { prompt: "a silver bell", model: "comfy:pixel-xl", width: ART, height: ART, seed: 9 };
    const answer = await draw("sprites", fields);
    const [graph] = comfy.graphs;
    expect(graph).toMatchObject({
      loader: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "pixel-xl.safetensors" } },
      lora_1: {
        class_type: "LoraLoader",
        inputs: { lora_name: "pixel-art-xl.safetensors", strength_model: 0.8, model: ["loader", 0] },
      },
      sampler: { inputs: { seed: 9, steps: 5, model: ["lora_1", 0], denoise: 1 } },
    });
    expect(answer.provenance.server).toMatchObject({
      ...{ protocol: "comfy", program: "ComfyUI", version: "0.3.64", sampler: "euler", scheduler: "normal" },
      checkpoint: { name: "pixel-xl.safetensors", sha256: null },
    });
    expect(answer.warnings).toContainEqual(
      expect.stringMatching(/^The license of the weights of the model comfy:pixel-xl is unknown/),
    );
  });

  test("comes from the user's own graph, and what that cannot do is said", async () => {
    const fields = { prompt: "a silver bell", model: "comfy:own", seed: 10, steps: 30 };
    const { body } = await post(`${service.url}/v1/sprites`, fields);
    expect(comfy.graphs[0]).toMatchObject({
      "3": { inputs: { seed: 10, steps: 4 } },
      "5": { inputs: { width: 512, height: 512 } },
    });
    expect(comfy.graphs[0]?.["6"]?.inputs.text).toMatch(
      /^pixelart style, pixel art, a silver bell, .*, masterpiece$/,
    );
    expect(body.ignored_parameters).toEqual([
      { name: "steps", reason: "model comfy:own has no control for it" },
    ]);
  });

  test("a marked part goes up as two pictures", async () => {
    const given = createImage(16, 16);
    for (let p = 0; p < 256; p++) given.data.set([90, 40 + (p % 5) * 20, 60, 255], 4 * p);
    const mask = createImage(16, 16);
    for (let p = 100; p < 110; p++) mask.data.set([255, 255, 255, 255], 4 * p);
    const pictures = { input_image: await base64(given), mask_image: await base64(mask) };
    await draw("sprites", { prompt: "a rune", model: "comfy:pixel-xl", ...pictures });
    const [graph] = comfy.graphs;
    expect(graph?.marked?.class_type).toBe("SetLatentNoiseMask");
    expect(comfy.calls.filter(({ path }) => path === "/upload/image")).toHaveLength(2);
  });

  test("tells its steps, and a cancel stops that run alone", async () => {
    comfy.stepMs = 300;
    const fields = { prompt: "a bell", model: "comfy:pixel-xl", steps: 40, async: true };
    const { body: job } = await post(`${service.url}/v1/sprites`, fields);
    const path = `${service.url}/v1/jobs/${String(job.job_id)}`;
    await until(async () => {
      const { progress } = (await getJson(path)).body as { progress: { step: number } };
      return progress.step > 1 ? true : undefined;
    });
    await fetch(path, { method: "DELETE" });
    const stop = await until(async () => comfy.calls.find((call) => call.path === "/interrupt"));
    expect(stop.json).toEqual({ prompt_id: expect.stringMatching(/^run-/) });
  });

  test.each([
    ["node-error", /refused node 4 \(CheckpointLoaderSimple\) of the graph: Value not in list ckpt_name/],
    ["out-of-memory", /failed in node sampler \(KSampler\) and has too little graphics memory/],
    ["no-picture", /drew no picture\. The graph needs a SaveImage or PreviewImage node/],
  ] as const)("%s is told in words", async (fault, words) => {
    comfy.fault = fault;
    const { code, detail } = await problemOf("comfy:pixel-xl");
    expect(code).toBe("generation-failed");
    expect(detail).toMatch(words);
    expect(comfy.graphs).toHaveLength(1);
  });
});

describe("a sprite of OpenAI's images endpoints", () => {
  test("is drawn with the key of the environment, which is shown nowhere", async () => {
    const answer = await draw("sprites", { prompt: "a lamp", model: "hosted", width: ART, height: ART });
    const [call] = openai.calls;
    expect(call?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(call?.json).toMatchObject({
      model: "image-1",
      n: 1,
      size: "512x512",
      response_format: "b64_json",
    });
    expect(answer.provenance.server).toMatchObject({ checkpoint: { name: "image-1" } });
    expect(JSON.stringify(answer)).not.toContain(KEY);
  });

  test("starts from a picture by an edit", async () => {
    const given = createImage(ART, ART);
    for (let i = 0; i < given.data.length; i += 4) given.data.set([20, 120, 200, 255], i);
    await draw("sprites", { prompt: "a lamp", model: "hosted", input_image: await base64(given) });
    expect(openai.calls.map(({ path }) => path)).toEqual(["/v1/images/edits"]);
  });
});

describe("on a bad day", () => {
  test.each([
    ["out-of-memory", "generation-failed", /too little graphics memory \(.*CUDA out of memory/, 1],
    ["nan", "generation-failed", /drew an empty picture.*--no-half-vae/, 1],
    ["black", "generation-failed", /drew an empty picture \(every pixel is the same\)/, 1],
    ["garbage", "generation-failed", /answered with no picture/, 1],
    ["web-page", "generation-failed", /answered with a web page instead.*--api/, 0],
    ["no-api", "generation-failed", /answered with 404 for \/sdapi.*--api/, 0],
  ] as const)("%s is one clear problem", async (fault, code, words, drawings) => {
    forge.fault = fault;
    const problem = await problemOf("impatient");
    expect(problem.code).toBe(code);
    expect(problem.detail).toMatch(words);
    expect(forge.drawings()).toHaveLength(drawings);
  });

  test("a server that takes too long is given up after its time", async () => {
    forge.fault = "hangs";
    expect((await problemOf("impatient")).detail).toMatch(/did not answer within 1 s.*timeout_seconds/);
  });

  test("a server that is off, and a name that it does not have, are said before anything is drawn", async () => {
    expect(await problemOf("gone")).toMatchObject({
      code: "model-unavailable",
      detail: expect.stringMatching(/does not answer at http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\)\. Start it/),
    });
    expect(await problemOf("wrong")).toMatchObject({
      code: "model-unavailable",
      detail: expect.stringMatching(/has no checkpoint "no-such-model"\. It has: pixel-xl\.safetensors/),
    });
    expect(forge.drawings()).toEqual([]);
  });

  test.each(["busy-twice", "dies-once"] as const)(
    "a server that %s draws when it is tried again",
    async (fault) => {
      forge.fault = fault;
      await draw("sprites", { prompt: "a gem", model: "forge", width: ART, height: ART });
      expect(forge.drawings().length).toBeGreaterThan(1);
    },
  );

  test("a server that goes away for good is said to be gone", async () => {
    comfy.fault = "closes";
    expect((await problemOf("comfy:pixel-xl")).detail).toMatch(/broke the connection/);
    expect(comfy.graphs.length).toBeGreaterThan(1);
  });
});
