import { readFile } from "node:fs/promises";
import { describeValue, ServiceError } from "../../shared/errors.ts";
import { isRecord } from "../../shared/records.ts";
import { sha256 } from "../library/hashes.ts";

/** How many characters Node shows before the wrong one. */
const SHOWN_BEFORE = 10;
/** A kiln file has a few fields; even with pictures inside, it is smaller than this. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Reads a JSON object from a file that a person edits. Throws malformed-json, with the line, for anything else (such as
 * a half-saved file), and not-found if it is gone.
 */
export async function readJsonFile(
  path: string,
): Promise<{ value: Record<string, unknown>; sha256: string }> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" && error.code !== "ENOTDIR")
      throw malformed(`The file cannot be read (${error.code ?? error.message}): check its permissions.`);
    throw new ServiceError("not-found", "The file is gone.");
  });
  if (bytes.length > MOST_BYTES)
    throw malformed(`The file is too large: ${bytes.length} bytes, at most ${MOST_BYTES} are allowed.`);
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(`This is not valid JSON: ${placeOf(error, text)}.`);
  }
  if (isRecord(value)) return { value, sha256: sha256(bytes) };
  throw malformed(`The file must have a JSON object, not ${describeValue(value)}.`);
}

function malformed(message: string): ServiceError {
  return new ServiceError("malformed-json", message);
}

/** Says where a text stops being JSON. Node gives a position, or shows up to 10 characters on either side of it. */
function placeOf(error: unknown, text: string): string {
  if (text.trim() === "") return "the file is empty";
  const message = error instanceof Error ? error.message : "";
  const position = /at position (\d+)/.exec(message)?.[1];
  const around = /^Unexpected token .*?, (?:\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message)?.[1];
  const start = around === undefined ? -1 : text.indexOf(around);
  const at = position !== undefined ? Number(position) : start === -1 ? text.length : start + SHOWN_BEFORE;
  if (at >= text.trimEnd().length) return "the file ends too early";
  return `check line ${text.slice(0, at).split("\n").length}`;
}
