import { z } from "zod";

/** Protocols of picture servers, by the `backend` of a configured model. */
const SERVER_BACKENDS = ["sdapi", "comfy", "openai", "sd-server"] as const;

/** Families of image models: each has its own sizes, steps and words. */
export const FAMILIES = ["sd15", "sdxl", "turbo", "flux", "z-image", "qwen-image", "other"] as const;
export type Family = (typeof FAMILIES)[number];

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, "text without control characters");

const ServerUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => URL.canParse(url) && new URL(url).username === "", "an address without a name or password")
  .describe("Address of the server, such as http://127.0.0.1:7860");

const Lora = z.strictObject({ name: text(200), weight: z.number().min(-4).max(4).default(1) });

const COMMON = {
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_:.-]{0,63}$/, "a name of a-z, 0-9 and - _ : . (64 at most)")
    .describe("What requests call it"),
  title: text(100).optional(),
  family: z
    .enum(FAMILIES)
    .optional()
    .describe("What kind of model it is; default: what the checkpoint's name says"),
  sizes: z
    .array(z.int().min(256).max(2048).multipleOf(8))
    .min(1)
    .max(8)
    .optional()
    .describe("Canvas edges in pixels that it draws; default: those of its family"),
  steps: z.int().min(1).max(150).optional(),
  guidance_scale: z.number().min(0).max(30).optional(),
  prompt: text(500)
    .refine((template) => template.includes("{prompt}"), "words with {prompt} among them")
    .optional()
    .describe("Words around the prompt, in place of the family's; put the trigger words of a LoRA here"),
  negative_prompt: text(500).optional().describe("Added to the negative prompt of each request"),
  timeout_seconds: z.int().min(1).max(3600).default(300).describe("How long one drawing may take"),
  weights_license: text(100).optional().describe("License of the checkpoint and LoRAs, for provenance"),
};

const SAMPLING = {
  checkpoint: text(300).optional().describe("Checkpoint to draw with; default: the one that is loaded there"),
  loras: z.array(Lora).max(16).default([]),
  sampler: text(100).optional(),
  scheduler: text(100).optional(),
};

const REMOTE = {
  url: ServerUrl,
  allow_remote: z
    .boolean()
    .default(false)
    .describe("Whether prompts and pictures may be sent to a server that is not on this machine"),
};

export const SdapiModel = z.strictObject({
  ...COMMON,
  ...SAMPLING,
  ...REMOTE,
  backend: z.literal("sdapi"),
  batch: z.int().min(1).max(8).default(1).describe("Pictures that it may draw at once; each takes memory"),
});
export type SdapiModel = z.infer<typeof SdapiModel>;

export const ComfyModel = z.strictObject({
  ...COMMON,
  ...SAMPLING,
  ...REMOTE,
  backend: z.literal("comfy"),
  graph: z
    .union([text(300), z.record(z.string(), z.record(z.string(), z.unknown()))])
    .optional()
    .describe(
      "Your own graph, saved with Export (API): its file, relative to this one. {{prompt}} {{negative}} {{seed}} {{width}} {{height}} {{image}} {{mask}} are filled in",
    ),
});
export type ComfyModel = z.infer<typeof ComfyModel>;

export const OpenAiModel = z.strictObject({
  ...COMMON,
  ...REMOTE,
  backend: z.literal("openai"),
  model: text(200).optional().describe("Name of the model there"),
  key_env: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,63}$/, "the name of an environment variable")
    .optional()
    .describe("Environment variable that holds the key"),
  edits: z.boolean().default(true).describe("Whether it has /v1/images/edits"),
  body: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe('Other fields to send, such as {"quality": "low"}; {seed} as a value is the seed'),
});
export type OpenAiModel = z.infer<typeof OpenAiModel>;

export const SdServerModel = z.strictObject({
  ...COMMON,
  ...SAMPLING,
  backend: z.literal("sd-server"),
  server: text(1000).describe("Path of stable-diffusion.cpp's sd-server"),
  checkpoint: text(1000).describe("Path of the model that it loads"),
  checkpoint_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  lora_dir: text(1000).optional(),
  args: z
    .array(text(1000))
    .max(64)
    .default([])
    .describe('More arguments, such as ["--vae", "/models/vae.safetensors"]'),
  batch: SdapiModel.shape.batch,
  idle_minutes: z.int().min(1).max(1440).default(10).describe("It ends after so long without work"),
  start_seconds: z
    .int()
    .min(1)
    .max(3600)
    .default(300)
    .describe("How long it may take until its model is loaded"),
});
export type SdServerModel = z.infer<typeof SdServerModel>;

/** A model of a picture server, as a configuration describes it. */
export const ServerModel = z
  .discriminatedUnion("backend", [SdapiModel, ComfyModel, OpenAiModel, SdServerModel])
  .refine((model) => !("url" in model) || model.allow_remote || isLoopbackUrl(model.url), {
    path: ["url"],
    error: 'an address on this machine, or "allow_remote": true beside it',
  });
export type ServerModel = z.infer<typeof ServerModel>;

export const ServerModels = z.array(ServerModel).max(32);

/** Whether an address is on this machine. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
}

/** How a server drew pictures, in the provenance of the asset. */
export const ServerDrawing = z.object({
  protocol: z.enum(SERVER_BACKENDS),
  program: z.string(),
  version: z.string().nullable(),
  url: z.string().nullable().describe("null: a server that the service runs itself"),
  checkpoint: z.object({ name: z.string(), sha256: z.string().nullable() }).nullable(),
  loras: z.array(z.object({ name: z.string(), weight: z.number() })),
  sampler: z.string().nullable(),
  scheduler: z.string().nullable(),
  sent: z
    .array(
      z.object({
        prompt: z.string(),
        negative_prompt: z.string(),
        seed: z.int(),
        width: z.int(),
        height: z.int(),
        steps: z.int(),
        guidance_scale: z.number(),
        strength: z.number().nullable().describe("null: drawn from the prompt alone"),
      }),
    )
    .describe("What each picture was asked for with"),
});
export type ServerDrawing = z.infer<typeof ServerDrawing>;
