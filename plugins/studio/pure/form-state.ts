import { fieldsOf } from "./form-fields.ts";
import { type Kind, kindOf } from "./kind.ts";

/** The colors that a request is held to: none, those of a named palette, or a list. */
export type PaletteChoice =
  | { kind: "free" }
  | { kind: "named"; name: string }
  | { kind: "own"; colors: string[] };

/** All that the form says, but for pictures: small enough for an address. */
export interface FormState {
  /** Id of the kind. */
  kind: string;
  /** Field name -> text; absent or "" = the service's default. Shared by the kinds that have the field. */
  values: Readonly<Record<string, string>>;
  /** Style of each kind, "" = the default. */
  style: string;
  palette: PaletteChoice;
  /** A locked seed is sent; an open one is chosen by the service and shown. */
  seed: string;
  seedLocked: boolean;
  /** 0 to 1; only sent with a picture. */
  strength: string;
}

export const FIRST_STATE: Omit<FormState, "kind"> = {
  values: {},
  style: "",
  palette: { kind: "free" },
  seed: "",
  seedLocked: false,
  strength: "",
};

/** Writes the form into the fragment of an address, without the leading #. What is default is left out. */
export function toHash(state: FormState): string {
  const hash = new URLSearchParams({ kind: state.kind });
  if (state.style !== "") hash.set("prompt_style", state.style);
  for (const [name, value] of Object.entries(state.values)) if (value !== "") hash.set(name, value);
  if (state.seedLocked && state.seed !== "") hash.set("seed", state.seed);
  if (state.strength !== "") hash.set("strength", state.strength);
  if (state.palette.kind === "named") hash.set("palette", state.palette.name);
  if (state.palette.kind === "own")
    hash.set("colors", state.palette.colors.map((color) => color.slice(1)).join("-"));
  return hash.toString();
}

/** Reads a fragment back. What no kind has or what cannot be read is passed over. */
export function fromHash(text: string, kinds: readonly Kind[]): FormState {
  const hash = new URLSearchParams(text.replace(/^#/, ""));
  const known = new Set(kinds.flatMap((kind) => fieldsOf(kind).map((field) => field.name)));
  const values: Record<string, string> = {};
  for (const [name, value] of hash) if (known.has(name)) values[name] = value;
  const seed = /^\d{1,10}$/.test(hash.get("seed") ?? "") ? (hash.get("seed") ?? "") : "";
  return {
    kind: kindOf(kinds, hash.get("kind") ?? "").id,
    values,
    style: hash.get("prompt_style") ?? "",
    palette: paletteOf(hash),
    seed,
    seedLocked: seed !== "",
    strength: hash.get("strength") ?? "",
  };
}

function paletteOf(hash: URLSearchParams): PaletteChoice {
  const own = (hash.get("colors") ?? "").split("-").filter((digits) => /^[0-9a-f]{6}$/i.test(digits));
  if (own.length > 0) return { kind: "own", colors: own.map((digits) => `#${digits.toLowerCase()}`) };
  const name = hash.get("palette");
  return name ? { kind: "named", name } : { kind: "free" };
}
