import { ACTIONS } from "../../../shared/asset.ts";
import type { KindCommand } from "../command.ts";
import type { AnimationAnswer } from "./answer.ts";

export const animationCommand: KindCommand<AnimationAnswer> = {
  usage: [
    'animate "knight in blue" --action walk --directions 4 [-o FOLDER]',
    "animate --input-image slime.png --action idle [-o FOLDER]",
  ],
  about: `Actions: ${ACTIONS.join(", ")}.\nWrites the sprite sheet, a GIF, an animated PNG and the files of the engines that the project uses. Files that\nyou changed are never overwritten.`,
  argument: { field: "prompt", required: false },
  example: 'pixelkiln animate "knight in blue"',
  output: "folder",
  notFlags: [],
  fieldsOf: async (fields) => readLists(fields),
  pictureOf: (name) => `${name}-sheet.png`,
  factsOf: ({ animation, palette }) => {
    const { width, height } = animation.frame_size;
    const { length: directions } = animation.directions;
    const views = `${directions} direction${directions === 1 ? "" : "s"}`;
    return [
      `${animation.frames.length} frames of ${width}x${height}, ${views}, ${palette.colors.length} colors, motion: ${animation.motion}`,
    ];
  },
};

/** Flags are text: turns lists of directions and durations, and the word of --loop, into what the schema takes. */
function readLists(fields: Record<string, unknown>): Record<string, unknown> {
  const { directions, frame_durations_ms: durations, loop } = fields;
  const list = typeof directions === "string" ? directions.split(",").map((part) => part.trim()) : directions;
  const numbers = Array.isArray(durations) ? durations.map((part) => Number(part) || part) : durations;
  const repeat = loop === "true" ? true : loop === "false" ? false : loop;
  return {
    ...fields,
    ...(list === undefined ? {} : { directions: list }),
    ...(numbers === undefined ? {} : { frame_durations_ms: numbers }),
    ...(repeat === undefined ? {} : { loop: repeat }),
  };
}
