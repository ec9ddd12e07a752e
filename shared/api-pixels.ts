import { z } from "zod";
import { type ApiRoute, BODY_LIMITS, json } from "./api-route.ts";
import {
  EDIT_TOOL_IDS,
  EditAnswer,
  EditBody,
  EditEstimate,
  EditToolInfo,
  PixelFixerAnswer,
  PixelFixerRequest,
} from "./edit-tools.ts";
import type { ErrorCode } from "./errors.ts";

/** What a route that works on a picture at once may answer besides. */
const EDIT_ERRORS = [
  "malformed-json",
  "payload-too-large",
  "unsupported-media-type",
  "invalid-request",
  "invalid-image",
  "queue-full",
  "cancelled",
  "generation-failed",
  "shutting-down",
] as const satisfies readonly ErrorCode[];

export const ToolList = z.array(EditToolInfo);

const ToolParams = z.object({ tool: z.enum(EDIT_TOOL_IDS) });
/** The routes that work on pictures without a model: one table with those of shared/api.ts. */
export const PIXEL_API = {
  listEditTools: {
    method: "GET",
    path: "/v1/edit/tools",
    summary: "Lists the edit tools with their fields",
    tag: "pixels",
    answers: { 200: json(ToolList, "All tools; all are free") },
    errors: [],
  },
  runEditTool: {
    method: "POST",
    path: "/v1/edit/tools/{tool}",
    summary: "Runs an edit tool on a picture and answers with the result",
    tag: "pixels",
    params: ToolParams,
    body: EditBody,
    bodyLimit: BODY_LIMITS.pictures,
    answers: { 200: json(EditAnswer, "The picture") },
    errors: ["not-found", ...EDIT_ERRORS],
    retroErrors: true,
  },
  estimateEditTool: {
    method: "POST",
    path: "/v1/edit/tools/{tool}/estimate",
    summary: "Validates a request to an edit tool without running it",
    tag: "pixels",
    params: ToolParams,
    body: EditBody,
    bodyLimit: BODY_LIMITS.pictures,
    answers: { 200: json(EditEstimate, "The request is valid, and free") },
    errors: ["not-found", ...EDIT_ERRORS],
    retroErrors: true,
  },
  fixPixels: {
    method: "POST",
    path: "/v1/pixel-fixer/standard",
    summary: "Finds the grid of fake pixel art and gives its true pixels",
    tag: "pixels",
    body: PixelFixerRequest,
    bodyLimit: BODY_LIMITS.pictures,
    answers: { 200: json(PixelFixerAnswer, "The picture and its grid") },
    errors: EDIT_ERRORS,
    retroErrors: true,
  },
} as const satisfies Record<string, ApiRoute>;
