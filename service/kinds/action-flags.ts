import { invalidParameter } from "../../shared/errors.ts";
import type { ExtraFlags, FlagReader } from "./command.ts";

/** `--action`, which may be repeated. */
export const ACTION_FLAG: ExtraFlags = { action: { type: "string", multiple: true } };
export const ACTION_HELP = [
  "--action WORD",
  "One action, or several separated by commas; repeat it for more",
] as const;

/** Settings that may be given for each action: walk=10,attack=12. */
const SETTINGS = ["fps", "loop", "frames_duration"];

/** Turns repeated --action into a list, and settings for each action into objects, as the schema takes them. */
export function readActionFlags(
  fields: Record<string, unknown>,
  { action }: FlagReader["values"],
): Record<string, unknown> {
  const read = { ...fields };
  for (const field of SETTINGS) if (field in fields) read[field] = readSetting(fields[field]);
  if (!Array.isArray(action)) return read;
  if (fields.actions !== undefined)
    throw invalidParameter("--action", "--actions as well", "one of the two: both list what it does");
  return {
    ...read,
    actions: action.flatMap((words) =>
      String(words)
        .split(",")
        .map((word) => word.trim()),
    ),
  };
}

function readSetting(text: unknown): unknown {
  if (typeof text !== "string" || !text.includes("=")) return readValue(text);
  return Object.fromEntries(
    text.split(",").map((entry) => {
      const [action = "", value = ""] = entry.split("=").map((part) => part.trim());
      return [action, readValue(value)];
    }),
  );
}

function readValue(value: unknown): unknown {
  if (value === "true" || value === "false") return value === "true";
  if (typeof value !== "string" || value.trim() === "") return value;
  return Number.isFinite(Number(value)) ? Number(value) : value;
}
