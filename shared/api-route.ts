import { z } from "zod";
import type { ErrorCode } from "./errors.ts";

/** Maximum bytes of a JSON body: on routes that take pictures, and on the rest. */
export const BODY_LIMITS = { pictures: 32 * 1024 * 1024, plain: 64 * 1024 } as const;

/** One answer of a route. Without a schema, the body is not our JSON. */
export interface ApiAnswer {
  description: string;
  contentType: string;
  schema?: z.ZodType;
}

/** One route as data: the service registers it, and the OpenAPI document shows it. */
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
  /** Maximum bytes of the body; default: `BODY_LIMITS.plain`. */
  bodyLimit?: number;
  answers: Readonly<Record<number, ApiAnswer>>;
  /** The route's own error codes; DOOR_ERRORS apply to every route. */
  errors: readonly ErrorCode[];
  /** Errors come in Retro Diffusion's form, except DOOR_ERRORS, because the door does not look at paths. */
  retroErrors?: true;
  /** Needs no token, because it shows nothing of the user's. */
  open?: true;
}

/** Errors that any route may give before its handler runs. */
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

/** A JSON answer with a schema. */
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
    .describe("The same key and body return the same job"),
});
/** Errors of the routes that accept a job. */
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
