import { inspect } from "node:util";

const LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LEVELS)[number];

export interface LogFields {
  /** Default "info". */
  level?: LogLevel;
  /** What was thrown: it is written with its stack and its causes. */
  error?: unknown;
  [name: string]: unknown;
}

export type Log = (message: string, fields?: LogFields) => void;

export interface LogOptions {
  stderr: { write: (text: string) => unknown };
  env: NodeJS.ProcessEnv;
  /** The lowest level that is written; null: none. PIXELKILN_LOG=debug writes all. */
  least?: LogLevel | null;
  now?: () => Date;
}

/** Makes a log that writes one JSON object a line: time, level, message, then the fields. */
export function createLog({ stderr, env, least = "info", now = () => new Date() }: LogOptions): Log {
  const lowest = env.PIXELKILN_LOG === "debug" ? "debug" : least;
  return (message, { level = "info", error, ...fields } = {}) => {
    if (lowest === null || LEVELS.indexOf(level) < LEVELS.indexOf(lowest)) return;
    const cause = error === undefined ? {} : { error: typeof error === "string" ? error : inspect(error) };
    const line = { time: now().toISOString(), level, message, ...fields, ...cause };
    stderr.write(`${JSON.stringify(line)}\n`);
  };
}
