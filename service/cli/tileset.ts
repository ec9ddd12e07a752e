import { createHash, randomInt } from "node:crypto";
import { extname } from "node:path";
import type { JobProgress } from "../../shared/job.ts";
import { type ParsedTilesetRequest, parseTilesetRequest } from "../../shared/parse-tiles.ts";
import { ENGINES } from "../../shared/requests.ts";
import { TilesetRequest } from "../../shared/requests-tiles.ts";
import { generateTileset } from "../jobs/generate-tileset.ts";
import { buildTilesetAnswer } from "../jobs/job-answer.ts";
import { assetIdOfJob } from "../jobs/job-id.ts";
import { createTileLoader } from "../jobs/load-tiles.ts";
import { tilesetName } from "../jobs/run-tileset.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { completeManifest, type DrawnSprites, openHost } from "./draw-local.ts";
import { packageInfo } from "./package-info.ts";
import { createProgressDisplay } from "./progress.ts";
import { createFieldFlags } from "./request-flags.ts";
import { writeSprites } from "./sprite.ts";
import { readTarget, type SpriteTarget, shownPath } from "./sprite-target.ts";
import { answerParts, printAnswer } from "./tile-answer.ts";
import { makeTilesetRemotely } from "./tileset-remote.ts";
import { columns, type FlagTable, type FlagValues, readArguments, textFlag, usageError } from "./usage.ts";

const NOT_FLAGS: ReadonlySet<string> = new Set(["output", "check_cost", "async", "upload_outputs"]);
const FIELDS = createFieldFlags(TilesetRequest, NOT_FLAGS);
/** Short names of the flags that every set needs. */
const SHORT = {
  upper: "upper_description",
  lower: "lower_description",
  transition: "transition_description",
} as const;
const OWN_FLAGS: FlagTable = {
  output: { type: "string", short: "o" },
  engine: { type: "string" },
  json: { type: "boolean" },
  service: { type: "string" },
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
  [`--engine ${ENGINES.join(",")}`, "Engine files; the default is what the game around is made with"],
  ["--json", "Print the answer as one JSON object"],
  ["--service URL", "Use a running service; also PIXELKILN_URL"],
])}

The request (a flag for each field; --no-FLAG for what is on by default):
${FIELDS.help}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values } = readArguments(context.args, { ...OWN_FLAGS, ...FIELDS.table }, { most: 0 });
  const { cwd } = context;
  const fields: Record<string, unknown> = await FIELDS.read(values, cwd);
  for (const [flag, field] of Object.entries(SHORT)) fields[field] ??= textFlag(values, flag);
  if (fields.upper_description === undefined)
    throw usageError("upper", "nothing", "a terrain, such as --upper grass --lower water");
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const parsed = parseTilesetRequest(Object.fromEntries(given));
  const output = textFlag(values, "output");
  const target = await readTarget({
    output: output === undefined || extname(output) === ".png" ? output : `${output}/`,
    engine: textFlag(values, "engine"),
    prompt: tilesetName(parsed.request),
    cwd,
  });
  const started = performance.now();
  const made = await make(context, { parsed, target, values });
  context.signal.throwIfAborted();
  const writing = performance.now();
  const written = await writeSprites(made, target);
  const answer = await buildTilesetAnswer(answerParts(made, written, { started, writing }));
  const { tileset, checks } = answer;
  const { width, height } = tileset.tile_size;
  const seams = `${checks.seam_ratio_x} / ${checks.seam_ratio_y}`;
  const facts = `${tileset.tiles.length} tiles of ${width}x${height}, ${checks.colors} colors, seam ratio ${seams}`;
  const lines = answer.images.map(({ file }) => `${shownPath(target.folder, file, cwd)}  ${facts}`);
  printAnswer(context, answer, { json: values.json === true, lines });
  return 0;
}

interface Work {
  parsed: ParsedTilesetRequest;
  target: SpriteTarget;
  values: FlagValues;
}

async function make(context: CliContext, { parsed, target, values }: Work): Promise<DrawnSprites> {
  const service = textFlag(values, "service") ?? context.env.PIXELKILN_URL;
  const display = createProgressDisplay(context.stderr, target.name);
  const options = { target, signal: context.signal, onProgress: display.show };
  try {
    if (service) return await makeTilesetRemotely(service, parsed, { ...options, env: context.env });
    const host = await openHost(context);
    try {
      return await makeLocally(host, parsed, options);
    } finally {
      await host.close();
    }
  } finally {
    display.end();
  }
}

async function makeLocally(
  host: Awaited<ReturnType<typeof openHost>>,
  { request, ignored }: ParsedTilesetRequest,
  options: { target: SpriteTarget; signal: AbortSignal; onProgress: (progress: JobProgress) => void },
): Promise<DrawnSprites> {
  const seed = request.seed ?? randomInt(2 ** 32);
  const seeded = { request: { ...request, seed }, ignored };
  const { version } = packageInfo();
  const deps = { host, version, chooseSeed: () => seed, loader: createTileLoader(null) };
  // No library gives the set an id here: what decides its bytes does.
  const hash = createHash("sha256").update(version).update(JSON.stringify(seeded.request)).digest("hex");
  const { name, engines, projectFolder: folder } = options.target;
  const sprites = await generateTileset(seeded, deps, {
    ...options,
    assetId: assetIdOfJob(`job_${hash.slice(0, 16)}`, "tileset"),
    createdAt: new Date().toISOString(),
    ...{ name, engines, folder },
  });
  return { sprites, manifest: completeManifest(sprites) };
}
