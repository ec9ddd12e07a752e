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

/** Errors of the routes that edit a picture and answer right away. */
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
/** The routes that edit pictures without a model; part of the table in shared/api.ts. */
export const PIXEL_API = {
  listEditTools: {
    method: "GET",
    path: "/v1/edit/tools",
    summary: "Lists the edit tools with their fields",
    tag: "pixels",
    answers: { 200: json(ToolList, "All tools, all of them free") },
    errors: [],
  },
  runEditTool: {
    method: "POST",
    path: "/v1/edit/tools/{tool}",
    summary: "Runs an edit tool on a picture and returns the result",
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
    summary: "Validates an edit request without running it",
    tag: "pixels",
    params: ToolParams,
    body: EditBody,
    bodyLimit: BODY_LIMITS.pictures,
    answers: { 200: json(EditEstimate, "The request is valid and free") },
    errors: ["not-found", ...EDIT_ERRORS],
    retroErrors: true,
  },
  fixPixels: {
    method: "POST",
    path: "/v1/pixel-fixer/standard",
    summary: "Finds the grid of fake pixel art and returns its true pixels",
    tag: "pixels",
    body: PixelFixerRequest,
    bodyLimit: BODY_LIMITS.pictures,
    answers: { 200: json(PixelFixerAnswer, "The picture and its grid") },
    errors: EDIT_ERRORS,
    retroErrors: true,
  },
} as const satisfies Record<string, ApiRoute>;
