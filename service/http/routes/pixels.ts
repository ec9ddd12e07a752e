import { z } from "zod";
import { ROUTES } from "../../../shared/api.ts";
import { type ApiRoute, BODY_LIMITS } from "../../../shared/api-route.ts";
import {
  EDIT_TOOL_IDS,
  EDIT_TOOLS,
  type EditEstimate,
  type EditTool,
  type EditToolInfo,
} from "../../../shared/edit-tools.ts";
import { ServiceError } from "../../../shared/errors.ts";
import { parseEditRequest, parsePixelFixerRequest } from "../../../shared/parse-edit.ts";
import { LIMITS } from "../../../shared/requests.ts";
import type { HttpDeps } from "../deps.ts";
import { readJson } from "../read-json.ts";
import type { RouteHandler, RouteInput } from "../route.ts";

type PixelOperation = "listEditTools" | "runEditTool" | "estimateEditTool" | "fixPixels";

/** The estimate: on pictures of typical size, the tools take well under a second. */
const USUAL_SECONDS = 1;

/** The edit tools, which answer at once. */
export function pixelRoutes(deps: HttpDeps): Record<PixelOperation, RouteHandler> {
  const tools = EDIT_TOOL_IDS.map(describeTool);
  const read = async ({ context }: RouteInput, route: ApiRoute): Promise<unknown> => {
    const { value } = await readJson(context.req.raw, route.bodyLimit ?? BODY_LIMITS.plain);
    if (deps.stopping.aborted) throw new ServiceError("shutting-down", "The service is stopping.");
    return value;
  };
  /** Stops the work when the client goes away, because nobody else is waiting for it. */
  const signalOf = ({ context }: RouteInput): AbortSignal =>
    AbortSignal.any([context.req.raw.signal, deps.stopped]);
  return {
    listEditTools: ({ context }) => context.json(tools),
    runEditTool: async (input) => {
      const parsed = parseEditRequest(input.params.tool as EditTool, await read(input, ROUTES.runEditTool));
      return input.context.json(await deps.editor.run(parsed, signalOf(input)));
    },
    estimateEditTool: async (input) => {
      const tool = input.params.tool as EditTool;
      const parsed = parseEditRequest(tool, await read(input, ROUTES.estimateEditTool));
      await deps.editor.check(parsed, signalOf(input));
      return input.context.json({
        tool_id: tool,
        balance_cost: 0,
        credit_cost: 0,
        estimate_seconds: USUAL_SECONDS,
        ignored_parameters: parsed.ignored,
      } satisfies EditEstimate);
    },
    fixPixels: async (input) => {
      const { request } = parsePixelFixerRequest(await read(input, ROUTES.fixPixels));
      return input.context.json(await deps.editor.fixPixels(request.input_image, signalOf(input)));
    },
  };
}

function describeTool(id: EditTool): EditToolInfo {
  const { name, description, animated, fields } = EDIT_TOOLS[id];
  const entries = Object.entries(fields.shape) as [string, z.ZodType][];
  return {
    id,
    name,
    description,
    balance_cost: 0,
    credit_cost: 0,
    is_free: true,
    requires_minimum_balance: false,
    accepts_animation: animated,
    max_input_pixels: LIMITS.imagePixels,
    api_fields: entries.map(([field, schema]) => {
      const { $schema: _, ...described } = z.toJSONSchema(schema, { io: "input" });
      return { name: field, required: !schema.safeParse(undefined).success, schema: described };
    }),
  };
}
