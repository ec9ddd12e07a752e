import { invalidParameter } from "../../../shared/errors.ts";
import { withoutUndefined } from "../../../shared/records.ts";
import type { KindCommand } from "../command.ts";
import type { TilesetAnswer } from "./answer.ts";

/** Short names for flags that every tileset needs. */
const SHORT = {
  upper: "upper_description",
  lower: "lower_description",
  transition: "transition_description",
} as const;

export const tilesetCommand: KindCommand<TilesetAnswer> = {
  usage: ["tileset --upper grass --lower water [--transition sand] [-o FOLDER] [flags]"],
  about:
    "Makes every tile that two terrains need to meet: the sheet, its JSON, and the files of the engines that the project\nuses. Files that you changed are never overwritten.",
  argument: null,
  example: "--upper grass --lower water",
  output: "folder",
  notFlags: [],
  flags: { upper: { type: "string" }, lower: { type: "string" }, transition: { type: "string" } },
  flagHelp: [
    ["--upper, --lower, --transition TEXT", "The terrains in words; short for --upper-description and so on"],
  ],
  fieldsOf: async (fields, { values }) => {
    const all: Record<string, unknown> = { ...fields };
    for (const [flag, field] of Object.entries(SHORT)) all[field] ??= values[flag];
    if (all.upper_description === undefined)
      throw invalidParameter("upper", "nothing", "a terrain, such as --upper grass --lower water");
    return withoutUndefined(all);
  },
  factsOf: ({ tileset, checks, images }) => {
    const { width, height } = tileset.tile_size;
    const seams = `${checks.seam_ratio_x} / ${checks.seam_ratio_y}`;
    const facts = `${tileset.tiles.length} tiles of ${width}x${height}, ${checks.colors} colors, seam ratio ${seams}`;
    return images.map(() => facts);
  },
};
