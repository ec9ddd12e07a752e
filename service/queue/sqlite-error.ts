import { ServiceError } from "../../shared/errors.ts";

/** The usual ways in which a disk refuses a database: the start of SQLite's code, and what to do about it. */
const REFUSALS = [
  ["SQLITE_FULL", "free some space on its disk and try again"],
  ["SQLITE_IOERR", "free some space on its disk and try again"],
  ["SQLITE_READONLY", "check the permissions of its folder"],
  ["SQLITE_CANTOPEN", "check the permissions of its folder"],
] as const;

/** Turns an error of SQLite into storage-full or storage-busy if the disk or another program is its cause. */
export function asDatabaseError(error: Error & { code?: string }): Error {
  const code = error.code ?? "";
  const advice = REFUSALS.find(([start]) => code.startsWith(start))?.[1];
  if (advice !== undefined) {
    const message = `The job database cannot be written (${code}): ${advice}.`;
    return new ServiceError("storage-full", message, { cause: error });
  }
  if (!code.startsWith("SQLITE_BUSY") && !code.startsWith("SQLITE_LOCKED")) return error;
  const message = "Another program locks the job database: close it, or try again in a moment.";
  return new ServiceError("storage-busy", message, { cause: error, retryAfter: 5 });
}
