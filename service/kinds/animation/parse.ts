import { styleOf } from "../../../shared/aliases.ts";
import { type ParsedRequest, parseFields, refused } from "../../../shared/parse-request.ts";
import { isRecord } from "../../../shared/records.ts";
import type { IgnoredParameter } from "../../../shared/requests.ts";
import { AnimationRequest } from "./request.ts";

export type ParsedAnimationRequest = ParsedRequest<AnimationRequest>;

const REASONS: ReadonlyMap<string, string> = new Map([
  ["num_images", "a request makes one animation: send another with a different seed"],
  ["strength", "input_image is kept exactly as the first frame"],
  ["remove_bg", "animations have no background"],
  ["tile_x", "animations do not tile"],
  ["tile_y", "animations do not tile"],
  ["bypass_prompt_expansion", "prompts are never expanded here"],
  ["include_downloadable_data", "the data files are always included"],
  ["reference_images", "no installed model takes reference pictures: use input_image"],
]);

/** A Retro Diffusion style as fields. Fields that the request has itself take precedence. */
type StyleFields = Partial<Pick<AnimationRequest, "actions" | "directions" | "frames_duration" | "width">> & {
  /** The part of the style that is not made. */
  missing?: string;
};

/** Retro Diffusion's animation styles, without their model prefix (`rd_animation__`, `rd_advanced_animation__`). */
const ANIMATION_STYLES = new Map<unknown, StyleFields>(
  Object.entries({
    four_angle_walking: { actions: ["walk"], directions: 4, frames_duration: 4, width: 48 },
    walking_and_idle: { actions: ["walk", "idle"], directions: 4, frames_duration: 4, width: 48 },
    four_angle_walking_idle: { actions: ["walk", "idle"], directions: 4, frames_duration: 4, width: 48 },
    small_sprites: {
      actions: ["walk"],
      directions: 4,
      frames_duration: 4,
      width: 32,
      missing: "other poses",
    },
    battle_sprites: { actions: ["idle", "walk", "attack", "jump"], directions: ["east"], width: 64 },
    vfx: { actions: ["vfx"], directions: 1 },
    any_animation: { actions: ["custom"], directions: 1, width: 64 },
    big_animation: { actions: ["custom"], directions: 1, width: 128 },
    "8_dir_rotation": { actions: ["idle"], directions: 8, frames_duration: 1, width: 80 },
    walking: { actions: ["walk"] },
    idle: { actions: ["idle"] },
    jump: { actions: ["jump"] },
    crouch: { actions: ["crouch"] },
    attack: { actions: ["attack"] },
    destroy: { actions: ["destroy"] },
    custom_action: { actions: ["custom"] },
    subtle_motion: { actions: ["idle"] },
  }),
);

/**
 * Reads the JSON of `POST /v1/animations`. Aliases become canonical fields; Retro Diffusion's animation styles become
 * actions, directions, frames and size unless the request has them; unknown fields are reported. Throws
 * `invalid-request` naming each wrong field, or, with `strict: true`, `ignored-parameter` naming each unknown one.
 */
export function parseAnimationRequest(raw: unknown): ParsedAnimationRequest {
  const expanded = expandStyle(raw);
  const parsed = parseFields(AnimationRequest, expanded.raw, REASONS);
  const ignored = [...parsed.ignored, ...expanded.ignored];
  if (parsed.request.strict && ignored.length > 0) throw refused(ignored);
  return { request: parsed.request, ignored };
}

function expandStyle(raw: unknown): { raw: unknown; ignored: IgnoredParameter[] } {
  if (!isRecord(raw)) return { raw, ignored: [] };
  const style = styleOf(raw.prompt_style);
  const known = ANIMATION_STYLES.get(style);
  if (!known) return { raw, ignored: [] };
  const { missing, width, ...fields } = known;
  const { prompt_style: _style, ...rest } = raw;
  const { actions, ...others } = fields;
  const hasSize = ["width", "height", "image_size", "input_image", "init_image", "image"].some(
    (name) => name in raw,
  );
  const isRetro = style !== raw.prompt_style;
  const description = fields.actions?.includes("custom") ? customWords(raw) : {};
  return {
    raw: {
      ...others,
      ...(actions && !("action" in raw) ? { actions } : {}),
      ...description,
      ...(width === undefined || hasSize ? {} : { width, height: width }),
      // Retro Diffusion returns a GIF for its animation styles unless a sheet is asked for.
      ...(isRetro ? { return_spritesheet: false } : {}),
      ...rest,
    },
    ignored: missing
      ? [
          {
            name: "prompt_style",
            reason: `${style} also makes ${missing}: send separate requests for those`,
          },
        ]
      : [],
  };
}

/** Those styles describe the subject and its motion in one prompt. */
function customWords(given: Readonly<Record<string, unknown>>): { action_description?: string } {
  const text = given.prompt ?? given.description;
  return typeof text === "string" ? { action_description: text } : {};
}
