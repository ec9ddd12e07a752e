import type { Action } from "../../../shared/asset.ts";
import { CHARACTER_ACTIONS, type CharacterAction } from "../../../shared/character.ts";
import { invalidParameter } from "../../../shared/errors.ts";
import type { Motion } from "../../asset/assemble-motions.ts";
import { findMotion } from "../../motion/find-motion.ts";
import { ACTIONS as DRAWN_ACTIONS } from "../character/actions.ts";
import { settingOf } from "../per-action.ts";
import { type PlannedAction, usualCount } from "./animation-plan.ts";
import type { AnimationRequest } from "./request.ts";

const FPS = 8;
const CYCLES: readonly Action[] = ["idle", "walk", "run"];

/**
 * Plans the actions of a request, each once: names, motions, frames and times. A composed person shows what is drawn for
 * people, and a model that draws motion everything. Throws `invalid-request` for durations that do not fit.
 */
export function planActions(request: AnimationRequest, by: "model" | "person" | "other"): PlannedAction[] {
  const names = new Set<string>();
  return [...new Set(request.actions)].map((action) => {
    const found = findMotion(action, request.action_description);
    const shows = by === "person" ? (CHARACTER_ACTIONS.find((one) => one === found.name) ?? null) : null;
    // "walk" and a custom action that walks are two.
    const isTaken =
      names.has(found.name) || request.actions.some((one) => one !== action && one === found.name);
    const name = isTaken ? action : found.name;
    names.add(name);
    const { count, timing } = planTimes(request, action, shows);
    return {
      action,
      name,
      actionWords: action === "custom" ? request.action_description : "",
      motion: by === "model" ? "model" : shows ? "exemplar" : "procedural",
      shows,
      count,
      timing,
      loop:
        settingOf(request.loop, action) ?? (CYCLES.includes(action) || (action === "custom" && found.cycle)),
    };
  });
}

/** Decides the number of frames and how long each is shown. */
function planTimes(
  request: AnimationRequest,
  action: Action,
  shows: CharacterAction | null,
): { count: number | null; timing: Motion["timing"] } {
  const { frame_durations_ms: durations } = request;
  const asked = settingOf(request.frames_duration, action);
  const listed = durations && durations.length > 1 ? durations.length : undefined;
  const count = asked ?? listed ?? (shows ? null : usualCount(action));
  if (!durations) {
    const usual = shows && asked === undefined ? DRAWN_ACTIONS[shows].fps : FPS;
    return { count, timing: { fps: settingOf(request.fps, action) ?? usual } };
  }
  if (listed === undefined || listed === count) return { count, timing: { durationsMs: [...durations] } };
  throw invalidParameter(
    "frame_durations_ms",
    `${durations.length} durations`,
    `1 duration, or ${count}: one per frame`,
  );
}
