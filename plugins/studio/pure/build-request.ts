import type { Field } from "./field.ts";
import { fieldsOf } from "./form-fields.ts";
import type { FormState } from "./form-state.ts";
import { has, type Kind } from "./kind.ts";

/** A request as it is sent. */
export interface StudioRequest {
  path: string;
  body: Record<string, unknown>;
}

/**
 * Turns the form into a request for a kind: only what was filled in, so that every default stays the service's.
 * `picture` and `mask` are base64; a mask counts beside a picture. Values that are no numbers are sent as they are:
 * the service says what is wrong, at the field.
 */
export function buildRequest(
  kind: Kind,
  state: FormState,
  { picture = null, mask = null }: { picture?: string | null; mask?: string | null } = {},
): StudioRequest {
  const { style, seed, seedLocked, strength, palette } = state;
  const own = {
    prompt_style: style,
    seed: seedLocked && seed !== "" ? numberOf(seed) : "",
    input_image: picture ?? "",
    mask_image: picture === null ? "" : (mask ?? ""),
    strength: picture === null || strength === "" ? "" : numberOf(strength),
    input_palette: palette.kind === "named" ? palette.name : palette.kind === "own" ? palette.colors : "",
  };
  const filled = [
    ...fieldsOf(kind).map((field) => [field.name, sentValue(field, state.values[field.name] ?? "")] as const),
    ...Object.entries(own).filter(([name, value]) => value !== "" && has(kind, name)),
  ];
  const sent = filled.filter(([, value]) => value !== undefined);
  return { path: kind.path, body: { ...Object.fromEntries(sent), async: true } };
}

function sentValue(field: Field, text: string): unknown {
  const value = text.trim();
  if (value === "") return undefined;
  switch (field.input) {
    case "flag":
      return value === String(field.initial) ? undefined : value === "true";
    case "many":
      return value.split(",");
    case "number":
      return value === field.word ? value : numberOf(value);
    case "choice":
      return field.choices.find((choice) => choice.value === value)?.sent ?? value;
    default:
      return value;
  }
}

function numberOf(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** The form that gives a stored request again: what the studio has no control for is left out. */
export function formOf(kind: Kind, request: Readonly<Record<string, unknown>>): FormState {
  const values: Record<string, string> = {};
  for (const field of fieldsOf(kind)) {
    const value = request[field.name];
    if (Array.isArray(value)) values[field.name] = value.join(",");
    else if (["string", "number", "boolean"].includes(typeof value)) values[field.name] = String(value);
  }
  const palette = request.input_palette;
  const seed = typeof request.seed === "number" ? String(request.seed) : "";
  return {
    kind: kind.id,
    values,
    style: typeof request.prompt_style === "string" ? request.prompt_style : "",
    palette: Array.isArray(palette)
      ? { kind: "own", colors: palette.map(String) }
      : typeof palette === "string" && palette.length < 64
        ? { kind: "named", name: palette }
        : { kind: "free" },
    seed,
    seedLocked: seed !== "",
    strength: typeof request.strength === "number" ? String(request.strength) : "",
  };
}
