import type { EditAnswer, EditRequest, PixelFixerAnswer } from "../../shared/edit-tools.ts";
import { ServiceError } from "../../shared/errors.ts";
import type { IgnoredParameter } from "../../shared/requests.ts";
import type { EditedPicture } from "../edit/edit-order.ts";
import { WorkerDied } from "../workers/worker-died.ts";
import type { Workers } from "../workers/workers.ts";

/** Maximum number of edits at a time, including waiting ones: each keeps a picture in memory. */
const MOST_EDITS = 16;

export interface EditDeps {
  workers: Pick<Workers, "edit">;
  /** Gives each run a new id. */
  newId: () => string;
}

/** A request to an edit tool, and those of its fields that have no effect. */
export interface ParsedEdit {
  request: EditRequest;
  ignored: IgnoredParameter[];
}

/** The edit tools. They answer right away and store nothing. */
export interface Editor {
  /** Runs a tool. Throws a ServiceError for a wrong request, `queue-full` or `cancelled`. */
  run(parsed: ParsedEdit, signal: AbortSignal): Promise<EditAnswer>;
  /** Decodes and plans without running. Throws like `run`. */
  check(parsed: ParsedEdit, signal: AbortSignal): Promise<void>;
  /** Finds the true pixels of one picture. */
  fixPixels(inputImage: string, signal: AbortSignal): Promise<PixelFixerAnswer>;
}

/** Makes edit tools that run in the given workers. */
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

/** If a worker dies during an edit, the edit fails: there is no job to retry. */
function asFailure(cause: unknown): never {
  if (!(cause instanceof WorkerDied)) throw cause;
  throw new ServiceError("generation-failed", "The edit crashed its worker process.", { cause });
}

function tooMany(): ServiceError {
  return new ServiceError("queue-full", `${MOST_EDITS} edits are running already: try again in a moment.`, {
    retryAfter: 1,
  });
}
