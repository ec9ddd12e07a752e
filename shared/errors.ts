import { z } from "zod";

/** Every error a client can get: code -> HTTP status and title. Codes are API; titles are for people. */
export const ERROR_CODES = {
  "invalid-request": { status: 422, title: "The request is not valid" },
  "malformed-json": { status: 400, title: "The body is not JSON" },
  "malformed-request": { status: 400, title: "The request is not valid HTTP" },
  unauthorized: { status: 401, title: "The token is missing or wrong" },
  "request-timeout": { status: 408, title: "The request took too long to arrive" },
  "headers-too-large": { status: 431, title: "The headers are too large" },
  "invalid-image": { status: 422, title: "The picture cannot be read" },
  "ignored-parameter": { status: 422, title: "A parameter would be ignored" },
  "not-found": { status: 404, title: "Not found" },
  "method-not-allowed": { status: 405, title: "This method is not allowed here" },
  "misdirected-request": { status: 421, title: "This host name is not served here" },
  "forbidden-origin": { status: 403, title: "This origin may not use the service" },
  "unsupported-media-type": { status: 415, title: "The content type is not accepted" },
  "payload-too-large": { status: 413, title: "The body is too large" },
  "bad-target": { status: 400, title: "The request target is not accepted" },
  "queue-full": { status: 429, title: "The queue is full" },
  "too-many-streams": { status: 429, title: "Too many event streams are open" },
  "idempotency-conflict": { status: 409, title: "The idempotency key was used for another request" },
  "file-changed": { status: 409, title: "A file was changed by hand" },
  "job-not-finished": { status: 423, title: "The job is not finished" },
  cancelled: { status: 499, title: "The job was cancelled" },
  "generation-failed": { status: 500, title: "The generation failed" },
  "storage-full": { status: 507, title: "The disk is full or cannot be written" },
  "storage-busy": { status: 503, title: "The job database is locked" },
  "model-unavailable": { status: 503, title: "The model is not available" },
  "already-running": { status: 503, title: "Another service already uses this project" },
  "shutting-down": { status: 503, title: "The service is stopping" },
  internal: { status: 500, title: "Internal error" },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One wrong field: its name, what it got and what it takes. */
export const FieldError = z.object({ field: z.string(), got: z.string(), expected: z.string() });
export type FieldError = z.infer<typeof FieldError>;

/** RFC 9457 problem details, plus the field errors and the ids that help find the cause. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
  errors: z.array(FieldError).optional(),
  request_id: z.string().optional(),
  job_id: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

/**
 * The same in the form that Retro Diffusion's clients read: an object with the code in snake_case and the message, next
 * to the field errors. Used only on Retro Diffusion's own routes.
 */
export const RetroProblem = z.object({
  detail: z.object({ code: z.string(), message: z.string(), request_id: z.string().optional() }),
  errors: z.array(FieldError).optional(),
});
export type RetroProblem = z.infer<typeof RetroProblem>;

/** Turns a problem into Retro Diffusion's form. */
export function toRetroProblem({ code, detail, errors, request_id }: Problem): RetroProblem {
  return {
    detail: {
      code: code.replaceAll("-", "_"),
      message: detail,
      ...(request_id === undefined ? {} : { request_id }),
    },
    ...(errors ? { errors } : {}),
  };
}

/** The one error class: a code from a closed list, a message for people, and the wrong fields. */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly errors: FieldError[];
  /** Seconds after which a retry makes sense (429, 503). */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { errors?: FieldError[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "ServiceError";
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfter = options.retryAfter;
  }
}

/**
 * Makes the error for one wrong field, which is always shown as `field: got X, expected Y`. `got` and `expected` are in
 * words (see describeValue). `code` is "invalid-request" unless the mistake has a code of its own.
 */
export function invalidParameter(
  field: string,
  got: string,
  expected: string,
  { code = "invalid-request", cause }: { code?: ErrorCode; cause?: unknown } = {},
): ServiceError {
  return new ServiceError(code, `Invalid ${field}: got ${got}, expected ${expected}.`, {
    errors: [{ field, got, expected }],
    cause,
  });
}

/** Describes a value briefly for an error message, and never shows all of a large one. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  // A long string is cut before it is quoted, so that 16 MiB of base64 cost nothing.
  const text = typeof value === "string" ? JSON.stringify(value.slice(0, 61)) : inWords(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** JSON.stringify recurses, so a body nested a million deep overflows its stack. */
function inWords(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "a value that JSON cannot show";
  }
}

/** Turns any thrown value into the wire form. Unknown errors become `internal`, without their message. */
export function toProblem(error: unknown, ids: { requestId?: string; jobId?: string } = {}): Problem {
  const known = error instanceof ServiceError ? error : new ServiceError("internal", "Unexpected error.");
  const { status, title } = ERROR_CODES[known.code];
  return {
    type: `urn:pixelkiln:error:${known.code}`,
    title,
    status,
    detail: known.message,
    code: known.code,
    ...(known.errors.length > 0 ? { errors: known.errors } : {}),
    ...(ids.requestId ? { request_id: ids.requestId } : {}),
    ...(ids.jobId ? { job_id: ids.jobId } : {}),
  };
}

/** Makes the error for a folder that cannot be created, such as one below a file, or cannot be written to. */
export function notAFolder(dir: string, cause: Error & { code?: string | undefined }): ServiceError {
  const message = `The folder ${dir} cannot be created or written to (${cause.code}): choose another one, or check its permissions.`;
  return new ServiceError("storage-full", message, { cause });
}
