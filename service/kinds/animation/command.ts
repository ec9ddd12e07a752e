import { ACTIONS } from "../../../shared/asset.ts";
import { ACTION_FLAG, ACTION_HELP, readActionFlags } from "../action-flags.ts";
import type { KindCommand } from "../command.ts";
import type { AnimationAnswer } from "./answer.ts";

export const animationCommand: KindCommand<AnimationAnswer> = {
  usage: [
    'animate "knight in blue" --action walk --directions 4 [-o FOLDER]',
    'animate "green slime" --action idle --action walk --action attack [-o FOLDER]',
    "animate --input-image slime.png --action idle [-o FOLDER]",
  ],
  about: `Actions: ${ACTIONS.join(", ")}.\nWrites the sprite sheet, a GIF, an animated PNG and the files of the engines that the project uses. Files that\nyou changed are never overwritten.`,
  argument: { field: "prompt", required: false },
  example: 'pixelkiln animate "knight in blue"',
  output: "folder",
  notFlags: [],
  flags: ACTION_FLAG,
  flagHelp: [ACTION_HELP],
  fieldsOf: async (fields, { values }) => readLists(readActionFlags(fields, values)),
  pictureOf: (name) => `${name}-sheet.png`,
  factsOf: ({ animation, palette, unmet_words: unmet }) => {
    const { actions, directions, frames, frame_size: size } = animation;
    const views = `${directions.length} direction${directions.length === 1 ? "" : "s"}`;
    const motions = [...new Set(actions.map(({ motion }) => motion))].join(" and ");
    const facts = `${frames.length} frames of ${size.width}x${size.height}, ${actions.map(({ name }) => name).join(", ")} in ${views}, ${palette.colors.length} colors, motion: ${motions}`;
    return [unmet.length > 0 ? `${facts}, not shown: ${unmet.join(", ")}` : facts];
  },
};

/** Flags are text: turns lists of directions and durations into what the schema takes. */
function readLists(fields: Record<string, unknown>): Record<string, unknown> {
  const { directions, frame_durations_ms: durations } = fields;
  const list = typeof directions === "string" ? directions.split(",").map((part) => part.trim()) : directions;
  const numbers = Array.isArray(durations) ? durations.map((part) => Number(part) || part) : durations;
  return {
    ...fields,
    ...(list === undefined ? {} : { directions: list }),
    ...(numbers === undefined ? {} : { frame_durations_ms: numbers }),
  };
}
