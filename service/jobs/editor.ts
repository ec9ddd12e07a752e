import type { EditAnswer, EditRequest, PixelFixerAnswer } from "../../shared/edit-tools.ts";
import { ServiceError } from "../../shared/errors.ts";
import type { IgnoredParameter } from "../../shared/requests.ts";
import type { EditedPicture } from "../edit/edit-order.ts";
import { WorkerDied } from "../workers/worker-died.ts";
import type { Workers } from "../workers/workers.ts";

/** Edits at one time, those that wait included: each holds a picture in memory. */
const MOST_EDITS = 16;

export interface EditDeps {
  workers: Pick<Workers, "edit">;
  /** Gives a name to a run, different each time. */
  newId: () => string;
}

/** A request to an edit tool and the fields of it that have no effect. */
export interface ParsedEdit {
  request: EditRequest;
  ignored: IgnoredParameter[];
}

/** The edit tools: they answer at once and keep nothing. */
export interface Editor {
  /** Runs a tool. Throws a ServiceError: of the request, `queue-full`, `cancelled`. */
  run(parsed: ParsedEdit, signal: AbortSignal): Promise<EditAnswer>;
  /** Decodes and plans without running. Throws as `run` does. */
  check(parsed: ParsedEdit, signal: AbortSignal): Promise<void>;
  /** Finds the true pixels of one picture. */
  fixPixels(inputImage: string, signal: AbortSignal): Promise<PixelFixerAnswer>;
}

/** Makes the edit tools of some workers. */
export function createEditor({ workers, newId }: EditDeps): Editor {
  let running = 0;
  const edit = async (request: EditRequest, check: boolean, signal: AbortSignal): Promise<EditedPicture> => {
    if (running >= MOST_EDITS) throw tooMany();
    running += 1;
    try {
      return await workers.edit({ request, check }, { signal, onProgress: () => {} }).catch(asFailure);
    } finally {
      running -= 1;
    }
  };
  return {
    async run({ request, ignored }, signal) {
      const { bytes, width, height, frames, grid, colors, checks, warnings } = await edit(
        request,
        false,
        signal,
      );
      if (!checks) throw new Error("The edit was not measured.");
      const base64 = Buffer.from(bytes).toString("base64");
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
        frames,
        ...(grid ? { grid } : {}),
        palette: colors,
        checks,
        ignored_parameters: ignored,
        warnings,
        outputImageBase64: base64,
      };
    },
    async check({ request }, signal) {
      await edit(request, true, signal);
    },
    async fixPixels(inputImage, signal) {
      const request: EditRequest = { tool: "pixel_correction", input_image: inputImage };
      const { bytes, grid, checks, warnings } = await edit(request, false, signal);
      if (!grid || !checks) throw new Error("The picture came back without its grid.");
      return {
        base64_images: [Buffer.from(bytes).toString("base64")],
        grid,
        checks,
        warnings,
      };
    },
  };
}

/** A worker that died under an edit is the edit's failure: there is no job that could be tried again. */
function asFailure(cause: unknown): never {
  if (!(cause instanceof WorkerDied)) throw cause;
  throw new ServiceError("generation-failed", "The edit took its worker process down.", { cause });
}

function tooMany(): ServiceError {
  return new ServiceError("queue-full", `${MOST_EDITS} edits are under way: try again in a moment.`, {
    retryAfter: 1,
  });
}
