import { ServiceError } from "../../shared/errors.ts";

/**
 * Reads a JSON body of at most `limit` bytes. Stops at the first byte too many, whatever Content-Length says.
 * Throws payload-too-large or malformed-json.
 */
export async function readJson(
  request: Request,
  limit: number,
): Promise<{ value: unknown; bytes: Uint8Array }> {
  const bytes = await readBytes(request, limit);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { value: JSON.parse(text), bytes };
  } catch (cause) {
    throw new ServiceError("malformed-json", `The body (${bytes.length} bytes) is not valid JSON in UTF-8.`, {
      cause,
    });
  }
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const chunk = await reader?.read().catch((cause: unknown) => {
      throw new ServiceError("malformed-request", "The connection closed before the whole body arrived.", {
        cause,
      });
    });
    if (chunk === undefined || chunk.done) return Buffer.concat(chunks);
    length += chunk.value.byteLength;
    if (length > limit) {
      // Not awaited: the listener drains or closes the connection, and the answer need not wait for that.
      reader?.cancel().catch(() => {});
      throw tooLarge(limit);
    }
    chunks.push(chunk.value);
  }
}

function tooLarge(limit: number): ServiceError {
  return new ServiceError("payload-too-large", `The body is too large: at most ${limit} bytes are allowed.`, {
    errors: [{ field: "body", got: "more", expected: `at most ${limit} bytes` }],
  });
}
