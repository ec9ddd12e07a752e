import { readFile } from "node:fs/promises";
import { describeValue, ServiceError } from "../../shared/errors.ts";
import { sha256 } from "../library/hashes.ts";

/** Letters that Node shows before the one that is wrong. */
const SHOWN_BEFORE = 10;
/** A kiln file holds a few fields; one with pictures inside is still below this. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Reads a file that a person writes as a JSON object. Throws malformed-json with line and column, which is what half a
 * file gives too, not-found when it is gone.
 */
export async function readJsonFile(
  path: string,
): Promise<{ value: Record<string, unknown>; sha256: string }> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" && error.code !== "ENOTDIR")
      throw malformed("a file that can be read", error.code ?? "an error");
    throw new ServiceError("not-found", "Expected the file to be there but it is gone.");
  });
  if (bytes.length > MOST_BYTES) throw malformed(`at most ${MOST_BYTES} bytes`, `${bytes.length} bytes`);
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed("JSON", placeOf(error, text));
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return { value: value as Record<string, unknown>, sha256: sha256(bytes) };
  throw malformed("a JSON object", describeValue(value));
}

function malformed(expected: string, got: string): ServiceError {
  return new ServiceError("malformed-json", `Expected ${expected} but received ${got}.`);
}

/** Says where a text stops to be JSON. Node names a position or shows the text around it, up to 10 letters each way. */
function placeOf(error: unknown, text: string): string {
  if (text.trim() === "") return "an empty file";
  const message = error instanceof Error ? error.message : "";
  const position = /at position (\d+)/.exec(message)?.[1];
  const around = /^Unexpected token .*?, (?:\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message)?.[1];
  const start = around === undefined ? -1 : text.indexOf(around);
  const at = position !== undefined ? Number(position) : start === -1 ? text.length : start + SHOWN_BEFORE;
  if (at >= text.trimEnd().length) return "a file that ends too early";
  return `something else at line ${text.slice(0, at).split("\n").length}`;
}
