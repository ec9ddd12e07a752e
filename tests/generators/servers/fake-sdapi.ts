import { blackPng, drawFake, type FakeOrder } from "./fake-drawing.ts";
import { type FakeAnswer, type FakeCall, type FakeHttp, startFake } from "./fake-http.ts";

/** What goes wrong. Answers are those that the programs gave, word for word. */
export type SdapiFault =
  | "out-of-memory"
  | "nan"
  | "black"
  | "web-page"
  | "no-api"
  | "garbage"
  | "lost-card"
  | "busy-twice"
  | "dies-once"
  | "no-memory-for-two"
  | "hangs";

export interface FakeSdapi extends FakeHttp {
  fault: SdapiFault | null;
  /** ms of each step; 0: at once. */
  stepMs: number;
  /** Bodies of what it was asked to draw. */
  drawings(): Record<string, unknown>[];
}

const CHECKPOINTS = [
  {
    title: "pixel-xl.safetensors [31e35c80fc]",
    model_name: "pixel-xl",
    hash: "31e35c80fc",
    sha256: "a".repeat(64),
  },
  { title: "v1-5.safetensors [6ce0161689]", model_name: "v1-5", hash: "6ce0161689", sha256: "b".repeat(64) },
];
const WEB_PAGE = "<!DOCTYPE html><html><body>Sign in</body></html>";

/** Starts a stand-in for A1111 or Forge (their answers, /sdapi/v1). */
export async function startFakeSdapi({ version = "v1.10.1", port = 0 } = {}): Promise<FakeSdapi> {
  let step = 0;
  let task: string | null = null;
  let interrupted = false;
  let busy = 0;
  const state: Pick<FakeSdapi, "fault" | "stepMs"> = { fault: null, stepMs: 0 };

  async function draw({ path, json }: FakeCall): Promise<FakeAnswer> {
    const body = json ?? {};
    const early = await faultOf(state, body, ++busy);
    if (early !== undefined) return early;
    const orders = ordersOf(body, path);
    [step, interrupted, task] = [0, false, String(body.force_task_id ?? "")];
    for (step = 1; step < Number(body.steps) && !interrupted; step++) await pause(state.stepMs);
    task = null;
    const pictures = await Promise.all(
      orders.map((order) =>
        state.fault === "black" ? blackPng(order.width, order.height) : drawFake(order),
      ),
    );
    const sampler = body.sampler_name ?? "Euler a";
    const infotext = `${String(body.prompt)}\nSteps: ${String(body.steps)}, Sampler: ${String(sampler)}, Version: ${version}`;
    const info = { all_seeds: orders.map(({ seed }) => seed), infotexts: [infotext], sampler_name: sampler };
    return { json: { images: pictures.map(base64), parameters: body, info: JSON.stringify(info) } };
  }

  const http = await startFake((call): FakeAnswer | Promise<FakeAnswer> => {
    if (state.fault === "web-page") return { type: "text/html", body: WEB_PAGE };
    if (state.fault === "no-api") return { status: 404, json: { detail: "Not Found" } };
    switch (call.path) {
      case "/sdapi/v1/options":
        return { json: { sd_model_checkpoint: CHECKPOINTS[0]!.title, samples_format: "png" } };
      case "/sdapi/v1/sd-models":
        return { json: CHECKPOINTS };
      case "/sdapi/v1/loras":
        return {
          json: [{ name: "pixel-art-xl", alias: "pixelart", path: "/loras/pixel-art-xl.safetensors" }],
        };
      case "/sdapi/v1/samplers":
        return {
          json: [
            { name: "Euler a", aliases: [] },
            { name: "DPM++ 2M", aliases: [] },
          ],
        };
      case "/sdapi/v1/schedulers":
        return { json: [{ name: "karras", label: "Karras" }] };
      case "/sdapi/v1/progress":
        return {
          json: {
            ...{ progress: task ? 0.5 : 0, eta_relative: 0, current_image: null, textinfo: null },
            ...{ current_task: task, state: { sampling_step: task ? step : 0, sampling_steps: 25 } },
          },
        };
      case "/sdapi/v1/interrupt":
        interrupted = true;
        return { json: {} };
      case "/sdapi/v1/txt2img":
      case "/sdapi/v1/img2img":
        return draw(call);
      default:
        return { status: 404, json: { detail: "Not Found" } };
    }
  }, port);
  return {
    ...http,
    get fault() {
      return state.fault;
    },
    set fault(fault) {
      busy = 0;
      state.fault = fault;
    },
    get stepMs() {
      return state.stepMs;
    },
    set stepMs(ms) {
      state.stepMs = ms;
    },
    drawings: () => http.calls.filter(({ path }) => /2img$/.test(path)).map(({ json }) => json ?? {}),
  };
}

/** The answer of a server in trouble; undefined: it draws. */
async function faultOf(
  { fault }: { fault: SdapiFault | null },
  body: Record<string, unknown>,
  tries: number,
): Promise<FakeAnswer | undefined> {
  const failed = (error: string, errors: string): FakeAnswer => ({
    status: 500,
    json: { error, detail: "", body: "", errors },
  });
  const noMemory = failed(
    "OutOfMemoryError",
    "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has 512 MiB free.",
  );
  if (fault === "out-of-memory" || (fault === "no-memory-for-two" && Number(body.batch_size) > 1))
    return noMemory;
  if (fault === "nan") return failed("NansException", "A tensor with all NaNs was produced in VAE.");
  if (fault === "lost-card") return failed("AcceleratorError", "CUDA error: unspecified launch failure");
  if (fault === "garbage") return { json: { images: [base64(Buffer.from("no picture at all"))], info: "" } };
  if (fault === "busy-twice" && tries <= 2) return { status: 503, json: { detail: "Server is busy" } };
  if (fault === "dies-once" && tries === 1) return "drop";
  return fault === "hangs" ? null : undefined;
}

function ordersOf(body: Record<string, unknown>, path: string): FakeOrder[] {
  const [start] = (body.init_images as string[] | undefined) ?? [];
  const mask = body.mask as string | undefined;
  return Array.from({ length: Number(body.batch_size) }, (_, i) => ({
    prompt: String(body.prompt),
    negative: String(body.negative_prompt),
    width: Number(body.width),
    height: Number(body.height),
    seed: Number(body.seed) + i,
    steps: Number(body.steps),
    cfg: Number(body.cfg_scale),
    tiling: body.tiling === true,
    start: path.endsWith("img2img") && start ? Buffer.from(start, "base64") : null,
    strength: Number(body.denoising_strength ?? 1),
    mask: mask === undefined ? null : Buffer.from(mask, "base64"),
  }));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function pause(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
