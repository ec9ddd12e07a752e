import type { RawRow } from "./job-row.ts";

/** Named values of a statement. */
export type Parameters = Record<string, string | number | Uint8Array | null>;

/** What the thread of the job database does. */
export type Order = { type: "all" | "run"; sql: string; parameters: Parameters } | { type: "close" };

/** Messages to the thread, which answers each once and in order. */
export type ToThread = Order & { id: number };

/** An error of SQLite or, with `refusal`, one that says why a database is not opened. */
export interface ThreadError {
  code: string;
  message: string;
  refusal: boolean;
}

/** Answers of the thread. Id 0 tells whether the database is open. */
export type FromThread = { id: number; value: RawRow[] | number | null } | { id: number; error: ThreadError };
