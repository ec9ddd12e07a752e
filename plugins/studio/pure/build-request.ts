import type { Field } from "./field.ts";
import { fieldsOf, type Kind } from "./form-fields.ts";
import type { FormState } from "./form-state.ts";

/** A request as it is sent. */
export interface StudioRequest {
  path: string;
  body: Record<string, unknown>;
}

export const PATHS: Readonly<Record<Kind, string>> = {
  sprite: "/v1/sprites",
  tile: "/v1/tiles",
  tileset: "/v1/tilesets",
  animation: "/v1/animations",
  pixelate: "/v1/pixelate",
};

/** Whether a kind takes a picture to start from; pixelate needs one. */
export function takesPicture(kind: Kind): boolean {
  return kind !== "tileset";
}

/** Whether a kind may draw a part of its picture anew. */
export function takesMask(kind: Kind): boolean {
  return kind === "sprite";
}

/**
 * Turns the form into a request: only what was filled in, so that every default stays the service's. `picture` and
 * `mask` are base64; a mask counts for sprites that have a picture. Values that are no numbers are sent as they are:
 * the service says what is wrong, at the field.
 */
export function buildRequest(
  state: FormState,
  picture: string | null,
  mask: string | null = null,
): StudioRequest {
  const { kind } = state;
  const body: Record<string, unknown> = {};
  for (const field of fieldsOf(kind)) {
    const value = sentValue(field, state.values[field.name] ?? "");
    if (value !== undefined) body[field.name] = value;
  }
  if (kind !== "pixelate") {
    if (state.style !== "") body.prompt_style = state.style;
    if (state.seedLocked && state.seed !== "") body.seed = numberOf(state.seed);
  }
  if (picture !== null && takesPicture(kind)) {
    body.input_image = picture;
    if (mask !== null && takesMask(kind)) body.mask_image = mask;
    if ((kind === "sprite" || kind === "tile") && state.strength !== "")
      body.strength = numberOf(state.strength);
  }
  if (state.palette.kind === "named") body.input_palette = state.palette.name;
  if (state.palette.kind === "own") body.input_palette = state.palette.colors;
  return { path: PATHS[kind], body: { ...body, async: true } };
}

function sentValue(field: Field, text: string): unknown {
  const value = text.trim();
  switch (field.input) {
    case "flag":
      return value === "" || value === String(field.initial) ? undefined : value === "true";
    case "many":
      return value === "" ? undefined : value.split(",");
    case "number":
      return value === "" ? undefined : value === field.word ? value : numberOf(value);
    case "choice":
      if (value === "") return undefined;
      if (value === "true" || value === "false") return value === "true";
      return field.numbers ? numberOf(value) : value;
    default:
      return value === "" ? undefined : value;
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
    kind,
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
