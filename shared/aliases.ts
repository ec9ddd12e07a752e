import { isRecord } from "./records.ts";

/**
 * Other services' names for our fields, so that a client written for Retro Diffusion or PixelLab works. Canonical names
 * are Retro Diffusion's.
 */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ["description", "prompt"],
  ["negative_description", "negative_prompt"],
  ["negative", "negative_prompt"],
  ["no_background", "remove_bg"],
  ["init_image", "input_image"],
  ["inpainting_image", "input_image"],
  ["color_image", "input_palette"],
  ["style_image", "style_reference"],
  ["n_frames", "frames_duration"],
  ["frame_count", "frames_duration"],
  ["image", "input_image"],
  // The field names of Retro Diffusion's edit tools before they took snake_case.
  ["inputImageBase64", "input_image"],
  ["paletteImageBase64", "input_palette"],
  ["colorCount", "color_count"],
  ["ditherMode", "dither_mode"],
  ["ditherStrength", "dither_strength"],
  ["rotationDegrees", "rotation_degrees"],
  ["seamTileHorizontal", "tile_x"],
  ["seamTileVertical", "tile_y"],
  ["seamWidth", "seam_width"],
  ["transparencyThreshold", "transparency_threshold"],
  ["forceSolidPixels", "force_solid_pixels"],
]);

/** The fields that PixelLab may send as `{ type: "base64", base64 }`. */
const PICTURES: ReadonlySet<string> = new Set([
  "input_image",
  "mask_image",
  "input_palette",
  "style_reference",
]);

/** Retro Diffusion's style ids name the model first: `rd_fast__game_asset`, `rd_plus__mc_item`. */
const MODEL_PREFIX = /^rd_[a-z]+(?:_[a-z]+)*?__(?=[a-z0-9])/;

export interface AliasedFields {
  /** Fields under canonical names. It has no prototype, so that a field called `constructor` is just a field. */
  fields: Record<string, unknown>;
  /** Canonical name (or path) -> the name (or path) that the client wrote, where they differ. */
  writtenAs: Map<string, string>;
  /** Aliases that lost to their canonical field: name -> canonical name. */
  shadowed: Map<string, string>;
}

type Put = (canonical: string, value: unknown, written: string) => void;

/**
 * Renames aliases to canonical fields: `description` -> `prompt`, `image_size` -> `width` and `height`,
 * `init_image_strength` 1-999 -> `strength` 1-0, `action` -> `actions`, style ids without their model prefix.
 * A canonical field wins over its aliases. Never changes `raw`.
 */
export function applyAliases(raw: Readonly<Record<string, unknown>>): AliasedFields {
  const fields: Record<string, unknown> = Object.create(null);
  const writtenAs = new Map<string, string>();
  const shadowed = new Map<string, string>();
  const put: Put = (canonical, value, written) => {
    if (Object.hasOwn(raw, canonical) || Object.hasOwn(fields, canonical)) {
      shadowed.set(written, canonical);
      return;
    }
    fields[canonical] = value;
    writtenAs.set(canonical, written);
    // One value that became a list: what is wrong with it is wrong with the field.
    if (Array.isArray(value) && raw[written] === value[0]) writtenAs.set(`${canonical}.0`, written);
  };
  for (const [name, value] of Object.entries(raw)) {
    if (!putAlias(name, value, put))
      fields[name] = name === "prompt_style" ? styleOf(value) : unwrap(name, value);
  }
  return { fields, writtenAs, shadowed };
}

function putAlias(name: string, value: unknown, put: Put): boolean {
  const canonical = RENAMED.get(name);
  if (canonical !== undefined) {
    put(canonical, unwrap(canonical, value), name);
    return true;
  }
  if (name === "image_size" && isRecord(value)) {
    put("width", value.width, "image_size.width");
    put("height", value.height, "image_size.height");
    return true;
  }
  if (name === "action") {
    put("actions", Array.isArray(value) ? value : [value], name);
    return true;
  }
  if (name === "dithering" && typeof value === "boolean") {
    put("dither_mode", value ? "bayer_4x4" : "none", name);
    return true;
  }
  if (name === "init_image_strength" && typeof value === "number") {
    // PixelLab's 999 keeps the picture; Retro Diffusion's 0 does.
    put("strength", 1 - value / 1000, name);
    return true;
  }
  return false;
}

/** Returns the style without the model prefix of Retro Diffusion's ids: `rd_fast__game_asset` -> `game_asset`. */
export function styleOf(value: unknown): unknown {
  return typeof value === "string" ? value.replace(MODEL_PREFIX, "") : value;
}

function unwrap(canonical: string, value: unknown): unknown {
  return PICTURES.has(canonical) && isRecord(value) && typeof value.base64 === "string"
    ? value.base64
    : value;
}
