import {
  EDIT_TOOLS,
  type EditAnswer,
  type EditRequest,
  type PixelFixerAnswer,
} from "../../shared/edit-tools.ts";
import { ServiceError } from "../../shared/errors.ts";
import { type IgnoredParameter, LIMITS } from "../../shared/requests.ts";
import { decodeBase64Frames } from "../codecs/decode-frames.ts";
import { encodeGif } from "../codecs/encode-gif.ts";
import { encodePng } from "../codecs/encode-png.ts";
import { decodePalette, describeGrid } from "../kinds/pixelate/make.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { PixelWorkResult } from "../pixel/pixel-work.ts";
import { isRetryable } from "../queue/run-job.ts";
import type { ModelHost } from "../workers/workers.ts";
import { type EditPlan, planEdit } from "./plan.ts";

/** Edits at one time, those that wait included: each holds a picture in memory. */
const MOST_EDITS = 16;
/** Colours that an answer lists. */
const MOST_LISTED = 256;

export interface EditDeps {
  host: Pick<ModelHost, "runPixels">;
  /** Gives a name to a run, different each time. */
  newId: () => string;
}

/** A request to an edit tool and the fields of it that have no effect. */
export interface ParsedEdit {
  request: EditRequest;
  ignored: IgnoredParameter[];
}

/** The edit tools: they answer at once and keep nothing, but their pixel loops run in the pixel process. */
export interface Editor {
  /** Runs a tool. Throws a ServiceError: of the request, `queue-full`, `cancelled`. */
  run(parsed: ParsedEdit, signal: AbortSignal): Promise<EditAnswer>;
  /** Decodes and plans without running. Throws as `run` does. */
  check(parsed: ParsedEdit): Promise<void>;
  /** Finds the true pixels of one picture. */
  fixPixels(inputImage: string, signal: AbortSignal): Promise<PixelFixerAnswer>;
}

interface Edited {
  plan: EditPlan;
  result: PixelWorkResult;
  bytes: Uint8Array;
}

/** Makes the edit tools of a host. */
export function createEditor({ host, newId }: EditDeps): Editor {
  let running = 0;
  const edit = async (request: EditRequest, signal: AbortSignal): Promise<Edited> => {
    if (running >= MOST_EDITS) throw tooMany();
    running += 1;
    try {
      const plan = await planOf(request);
      const result = await host.runPixels(plan.work, { signal, onProgress: () => {} }).catch(asFailure);
      return { plan, result, bytes: await encode(plan, result.frames) };
    } finally {
      running -= 1;
    }
  };
  return {
    async run({ request, ignored }, signal) {
      const edited = await edit(request, signal);
      const [{ width, height } = { width: 0, height: 0 }] = edited.result.frames;
      const base64 = Buffer.from(edited.bytes).toString("base64");
      return {
        tool_id: request.tool,
        inference_id: newId(),
        ...(request.custom_id === undefined ? {} : { custom_id: request.custom_id }),
        balance_cost: 0,
        credit_cost: 0,
        charged: false,
        remaining_balance: 0,
        remaining_credits: null,
        base64_images: [base64],
        output_urls: [],
        width,
        height,
        frames: edited.result.frames.length,
        ...(edited.result.grid ? { grid: describeGrid(edited.result.grid) } : {}),
        palette: [...new Set(edited.result.colors.flat())].slice(0, MOST_LISTED),
        checks: edited.result.checks,
        ignored_parameters: ignored,
        warnings: [...edited.plan.warnings, ...edited.result.warnings],
        outputImageBase64: base64,
      };
    },
    async check({ request }) {
      await planOf(request);
    },
    async fixPixels(inputImage, signal) {
      const request: EditRequest = { tool: "pixel_correction", input_image: inputImage };
      const { plan, result, bytes } = await edit(request, signal);
      if (!result.grid) throw new ServiceError("internal", "Expected a grid but received none.");
      return {
        base64_images: [Buffer.from(bytes).toString("base64")],
        grid: describeGrid(result.grid),
        checks: result.checks,
        warnings: [...plan.warnings, ...result.warnings],
      };
    },
  };
}

async function planOf(request: EditRequest): Promise<EditPlan> {
  const input = await decodeBase64Frames(request.input_image, "input_image", LIMITS.imagePixels);
  const palette = request.tool === "palette_converter" ? request.input_palette : undefined;
  const { animated } = EDIT_TOOLS[request.tool];
  return planEdit(request, { input, palettePicture: await decodePalette(palette), animated });
}

async function encode({ animation }: EditPlan, frames: readonly PixelImage[]): Promise<Uint8Array> {
  if (animation) return encodeGif({ ...animation, frames }).bytes;
  const [image] = frames;
  if (!image) throw new ServiceError("internal", "Expected a frame but received none.");
  return encodePng(image);
}

/** A process that ended under an edit is the edit's failure: there is no job that could be tried again. */
function asFailure(cause: unknown): never {
  if (!isRetryable(cause)) throw cause;
  throw new ServiceError("generation-failed", "Expected the pixel process to answer but it ended.", {
    cause,
  });
}

function tooMany(): ServiceError {
  return new ServiceError("queue-full", `Expected fewer than ${MOST_EDITS} edits at one time: try again.`, {
    retryAfter: 1,
  });
}
