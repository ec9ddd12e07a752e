import { CHARACTER_ACTIONS } from "../../../shared/character.ts";
import { describeValue, invalidParameter } from "../../../shared/errors.ts";
import { isRecord } from "../../../shared/records.ts";
import { ACTION_FLAG, ACTION_HELP, readActionFlags } from "../action-flags.ts";
import type { FlagReader, KindCommand } from "../command.ts";
import type { CharacterAnswer } from "./answer.ts";

export const characterCommand: KindCommand<CharacterAnswer> = {
  usage: [
    'character "knight with a red cape" --actions idle,walk,attack --directions 4 [-o FILE.png]',
    "character --outfit hero.json --actions idle,walk [-o FILE.png]",
  ],
  about: `Actions: ${CHARACTER_ACTIONS.join(", ")}.\nWrites one sprite sheet with all actions and directions, a GIF, an animated PNG and the files of the engines that\nthe project uses. Files that you changed are never overwritten.`,
  argument: { field: "prompt", required: false },
  example: 'pixelkiln character "knight with a red cape"',
  output: "folder",
  notFlags: ["outfit"],
  flags: { outfit: { type: "string" }, ...ACTION_FLAG },
  flagHelp: [
    ACTION_HELP,
    [
      "--outfit FILE.json",
      "The outfit to wear: that of an answer (--json), or the whole answer, with changes",
    ],
  ],
  fieldsOf: readFields,
  pictureOf: (name) => `${name}-sheet.png`,
  factsOf: ({ character, palette, unmet_words: unmet }) => {
    const { actions, frames, frame_size: size, directions } = character;
    const views = `${directions.length} direction${directions.length === 1 ? "" : "s"}`;
    const facts = `${frames.length} frames of ${size.width}x${size.height}, ${actions.map(({ name }) => name).join(", ")} in ${views}, ${palette.colors.length} colors`;
    return [unmet.length > 0 ? `${facts}, not shown: ${unmet.join(", ")}` : facts];
  },
};

/** Reads the settings for each action, and the file of --outfit. */
async function readFields(
  fields: Record<string, unknown>,
  { values, readPicture }: FlagReader,
): Promise<Record<string, unknown>> {
  const read = readActionFlags(fields, values);
  if (typeof values.outfit !== "string") return read;
  const bytes = await readPicture("outfit", values.outfit);
  return { ...read, outfit: outfitIn(Buffer.from(bytes, "base64").toString("utf8"), values.outfit) };
}

/** The outfit in a file: alone, or in the answer or the manifest that has it. */
function outfitIn(text: string, path: string): unknown {
  try {
    const found: unknown = JSON.parse(text);
    return isRecord(found) && isRecord(found.character) ? found.character.outfit : found;
  } catch (cause) {
    throw invalidParameter("outfit", describeValue(path), "a JSON file", { cause });
  }
}
