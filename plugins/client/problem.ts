/** One wrong field of a request: where, what came, what it takes. */
export interface WrongField {
  field: string;
  got: string;
  expected: string;
}

/** The service said no, or could not be reached. The message is the service's own sentence where it sent one. */
export class ServiceProblem extends Error {
  /** HTTP status; 0 = nobody answered. */
  readonly status: number;
  /** "invalid-request", "queue-full", ...; null where the answer has none. */
  readonly code: string | null;
  readonly errors: readonly WrongField[];

  constructor(message: string, parts: Partial<Pick<ServiceProblem, "status" | "code" | "errors" | "cause">>) {
    super(message, { cause: parts.cause });
    this.name = "ServiceProblem";
    this.status = parts.status ?? 0;
    this.code = parts.code ?? null;
    this.errors = parts.errors ?? [];
  }
}

/** Reads the body of a refusal: an RFC 9457 problem, Retro Diffusion's form of it, or anything else. */
export function readProblem(status: number, body: unknown): ServiceProblem {
  const { title, detail, code, errors } = (body ?? {}) as Record<string, unknown>;
  const retro = (typeof detail === "object" && detail !== null ? detail : {}) as Record<string, unknown>;
  const message = [detail, retro.message, title].find((text) => typeof text === "string");
  const word = typeof code === "string" ? code : retro.code;
  return new ServiceProblem((message as string) || `The service answered ${status}.`, {
    status,
    code: typeof word === "string" ? word.replaceAll("_", "-") : null,
    errors: Array.isArray(errors) ? (errors as WrongField[]) : [],
  });
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
