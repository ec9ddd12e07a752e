import { createHash } from "node:crypto";
import { invalidParameter } from "../../shared/errors.ts";
import { buildTilesetAnswer } from "../jobs/job-answer.ts";
import { createTileLoader } from "../jobs/load-tiles.ts";
import { tilesetName } from "../kinds/asset-names.ts";
import type { GeneratedAsset, SpriteOptions } from "../kinds/sprite/make.ts";
import { type ParsedTilesetRequest, parseTilesetRequest } from "../kinds/tile/parse-tiles.ts";
import { TilesetRequest } from "../kinds/tile/requests-tiles.ts";
import { generateTileset } from "../kinds/tileset/make.ts";
import { assetIdOfJob } from "../queue/job-id.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { DRAW_FLAG_HELP, DRAW_FLAGS, drawAndWrite, readPlace } from "./draw-command.ts";
import type { Generate } from "./draw-local.ts";
import { printAnswer } from "./print-answer.ts";
import { readDefaults } from "./project-defaults.ts";
import { createFieldFlags } from "./request-flags.ts";
import { shownPath } from "./sprite-target.ts";
import { columns, type FlagTable, readArguments, textFlag } from "./usage.ts";

const NOT_FLAGS: ReadonlySet<string> = new Set(["output", "check_cost", "async", "upload_outputs"]);
const FIELDS = createFieldFlags(TilesetRequest, NOT_FLAGS);
/** Short names of the flags that every set needs. */
const SHORT = {
  upper: "upper_description",
  lower: "lower_description",
  transition: "transition_description",
} as const;
const OWN_FLAGS: FlagTable = {
  ...DRAW_FLAGS,
  upper: { type: "string" },
  lower: { type: "string" },
  transition: { type: "string" },
};

/** `pixelkiln tileset --upper grass --lower water -o DIR`. */
export const tilesetCommand: CliCommand = {
  help: () => `pixelkiln tileset --upper grass --lower water [--transition sand] [-o FOLDER] [flags]

Makes all tiles with which two terrains meet: the sheet, its JSON and the files of the engine that the project
around it is made with. A file that a person changed is never overwritten.

${columns([
  ["-o, --output FOLDER", "Where to; FOLDER/NAME.png names the files too"],
  ["--upper, --lower, --transition TEXT", "The terrains in words, as --upper-description and so on"],
  ...DRAW_FLAG_HELP,
])}

The request (a flag for each field; --no-FLAG for what is on by default):
${FIELDS.help}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values } = readArguments(context.args, { ...OWN_FLAGS, ...FIELDS.table }, { most: 0 });
  const { cwd } = context;
  const defaults = await readDefaults(cwd);
  const fields: Record<string, unknown> = {
    ...defaults.fieldsOf({ schema: TilesetRequest, takesStyle: false }),
    ...(await FIELDS.read(values, cwd)),
  };
  for (const [flag, field] of Object.entries(SHORT)) fields[field] ??= textFlag(values, flag);
  if (fields.upper_description === undefined)
    throw invalidParameter("upper", "nothing", "a terrain, such as --upper grass --lower water");
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const parsed = parseTilesetRequest(Object.fromEntries(given));
  const stem = tilesetName(parsed.request);
  const place = await readPlace(context, values, { defaults, stem, folder: true });
  const answer = await buildTilesetAnswer(
    await drawAndWrite(context, {
      title: place.target.name,
      path: "/v1/tilesets",
      parsed,
      ...place,
      generate: (deps, options) => generateHere(parsed, deps, options),
    }),
  );
  const { tileset, checks } = answer;
  const { width, height } = tileset.tile_size;
  const seams = `${checks.seam_ratio_x} / ${checks.seam_ratio_y}`;
  const facts = `${tileset.tiles.length} tiles of ${width}x${height}, ${checks.colors} colors, seam ratio ${seams}`;
  const lines = answer.images.map(({ file }) => `${shownPath(place.target.folder, file, cwd)}  ${facts}`);
  printAnswer(context, answer, { json: values.json === true, lines });
  return 0;
}

/** Makes the set in this process. No library gives it an id here: what decides its bytes does. */
function generateHere(
  { request, ignored }: ParsedTilesetRequest,
  deps: Parameters<Generate>[0],
  options: SpriteOptions,
): Promise<GeneratedAsset> {
  const seed = request.seed ?? deps.chooseSeed();
  const seeded = { request: { ...request, seed }, ignored };
  const hash = createHash("sha256").update(deps.version).update(JSON.stringify(seeded.request)).digest("hex");
  const assetId = assetIdOfJob(`job_${hash.slice(0, 16)}`, "tileset");
  return generateTileset(seeded, { ...deps, loader: createTileLoader(null) }, { ...options, assetId });
}
