import { z } from "zod";
import type { ErrorCode } from "./errors.ts";

/** Bytes of a JSON body: routes that take pictures, and the rest. */
export const BODY_LIMITS = { pictures: 32 * 1024 * 1024, plain: 64 * 1024 } as const;

/** One answer of a route. Without a schema the body is not JSON of ours. */
export interface ApiAnswer {
  description: string;
  contentType: string;
  schema?: z.ZodType;
}

/** One route as data: the service registers it, the OpenAPI document shows it. */
export interface ApiRoute {
  method: "GET" | "POST" | "DELETE";
  /** With parameters in braces: `/v1/jobs/{id}`. */
  path: `/${string}`;
  summary: string;
  tag: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** Most bytes of the body; `BODY_LIMITS.plain` when absent. */
  bodyLimit?: number;
  answers: Readonly<Record<number, ApiAnswer>>;
  /** Codes of this route's own; those of the door are on every route. */
  errors: readonly ErrorCode[];
  /** Errors come in Retro Diffusion's form, but for those of the door, which does not look at paths. */
  retroErrors?: true;
  /** Answered without the token: holds nothing of the user's. */
  open?: true;
}

/** What the door answers on any route, before a handler is entered. */
export const DOOR_ERRORS = [
  "bad-target",
  "malformed-request",
  "unauthorized",
  "forbidden-origin",
  "method-not-allowed",
  "request-timeout",
  "misdirected-request",
  "headers-too-large",
  "internal",
] as const satisfies readonly ErrorCode[];

/** An answer of ours. */
export const json = (schema: z.ZodType, description: string): ApiAnswer => ({
  description,
  contentType: "application/json",
  schema,
});
/** An answer whose body has no schema. */
export const other = (contentType: string, description: string): ApiAnswer => ({ description, contentType });

/** Headers of the routes that accept jobs. */
export const IdempotencyHeaders = z.object({
  "Idempotency-Key": z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, "1 to 255 visible ASCII characters")
    .optional()
    .describe("The same key and body give the same job"),
});
/** What a route that accepts a job may answer besides. */
export const JOB_ERRORS = [
  "malformed-json",
  "idempotency-conflict",
  "file-changed",
  "payload-too-large",
  "unsupported-media-type",
  "invalid-request",
  "invalid-image",
  "ignored-parameter",
  "queue-full",
  "cancelled",
  "generation-failed",
  "shutting-down",
  "storage-full",
] as const satisfies readonly ErrorCode[];
