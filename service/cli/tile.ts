import { randomInt } from "node:crypto";
import { TileAnswer } from "../../shared/answers.ts";
import { type ParsedTileRequest, parseTileRequest } from "../../shared/parse-tiles.ts";
import { ENGINES } from "../../shared/requests.ts";
import { TileRequest } from "../../shared/requests-tiles.ts";
import { assembleSprites } from "../asset/assemble-sprites.ts";
import type { AssetPackage } from "../asset/asset-package.ts";
import { decodeBase64Image } from "../codecs/decode-image.ts";
import { describeImages } from "../jobs/describe-sprites.ts";
import { encodeFile } from "../jobs/generate-sprites.ts";
import { generateTiles } from "../jobs/generate-tiles.ts";
import { buildTileAnswer } from "../jobs/job-answer.ts";
import { createTileLoader } from "../jobs/load-tiles.ts";
import { writersFor } from "../writers/index.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { completeManifest, type DrawnSprites, openHost } from "./draw-local.ts";
import { type RemoteOptions, runRemotely } from "./draw-remote.ts";
import { packageInfo } from "./package-info.ts";
import { createProgressDisplay } from "./progress.ts";
import { createFieldFlags, readPicture } from "./request-flags.ts";
import { writeSprites } from "./sprite.ts";
import { readTarget, type SpriteTarget, shownPath } from "./sprite-target.ts";
import { answerParts, printAnswer } from "./tile-answer.ts";
import { columns, type FlagTable, type FlagValues, readArguments, textFlag, usageError } from "./usage.ts";

const NOT_FLAGS: ReadonlySet<string> = new Set([
  ...["prompt", "output", "check_cost", "async", "upload_outputs", "match_edges", "tile_x", "tile_y"],
]);
const FIELDS = createFieldFlags(TileRequest, NOT_FLAGS);
const EDGES = ["left", "right", "top", "bottom"] as const;
const OWN_FLAGS: FlagTable = {
  output: { type: "string", short: "o" },
  engine: { type: "string" },
  json: { type: "boolean" },
  service: { type: "string" },
  "tile-x": { type: "boolean" },
  "tile-y": { type: "boolean" },
  ...Object.fromEntries(EDGES.map((edge) => [`match-${edge}`, { type: "string" as const }])),
};

/** `pixelkiln tile "mossy stone floor" -o floor.png`. */
export const tileCommand: CliCommand = {
  help: () => `pixelkiln tile "PROMPT" [-o FILE.png] [flags]
pixelkiln tile "PROMPT" --repair --input-image TILE.png [-o FILE.png]

Makes seamless tiles, one that fits painted neighbors, or mends the seams of one. With neither --tile-x nor
--tile-y both axes are seamless. A file that a person changed is never overwritten.

${columns([
  ["-o, --output FILE.png", "Where to; a folder takes a name from the prompt"],
  ["--tile-x, --tile-y", "Seamless on this axis alone"],
  ["--match-left FILE", "The tile on the left is painted; also -right, -top, -bottom"],
  [`--engine ${ENGINES.join(",")}`, "Engine files; the default is what the game around is made with"],
  ["--json", "Print the answer as one JSON object"],
  ["--service URL", "Use a running service; also PIXELKILN_URL"],
])}

The request (a flag for each field; --no-FLAG for what is on by default):
${FIELDS.help}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, { ...OWN_FLAGS, ...FIELDS.table }, { most: 1 });
  const [prompt] = positionals;
  if (prompt === undefined)
    throw usageError("prompt", "nothing", 'a text, such as pixelkiln tile "mossy stone floor"');
  const { cwd } = context;
  const output = textFlag(values, "output");
  const target = await readTarget({ output, engine: textFlag(values, "engine"), prompt, cwd });
  const fields = {
    ...(await FIELDS.read(values, cwd)),
    ...(await readEdges(values, cwd)),
    ...readAxes(values),
  };
  const parsed = parseTileRequest({ ...fields, prompt });
  const started = performance.now();
  const made = await make(context, { parsed, target, values });
  context.signal.throwIfAborted();
  const writing = performance.now();
  const written = await writeSprites(made, target);
  const answer = await buildTileAnswer(answerParts(made, written, { started, writing }));
  const { seam_ratio_x: x, seam_ratio_y: y } = answer.checks;
  const lines = answer.images.map(({ file, width, height, colors }) => {
    const facts = `${width}x${height}, ${colors.length} colors, seam ratio ${x ?? "-"} / ${y ?? "-"}`;
    return `${shownPath(target.folder, file, cwd)}  ${facts}`;
  });
  printAnswer(context, answer, { json: values.json === true, lines });
  return 0;
}

/** With neither flag both axes are seamless; one alone leaves the other as it comes. */
function readAxes(values: FlagValues): Record<string, boolean> {
  const [x, y] = [values["tile-x"], values["tile-y"]];
  if (x === undefined && y === undefined) return {};
  const asked = x === true || y === true;
  return {
    tile_x: x === true || (!asked && x === undefined),
    tile_y: y === true || (!asked && y === undefined),
  };
}

async function readEdges(values: FlagValues, cwd: string): Promise<Record<string, unknown>> {
  const edges: Record<string, string> = {};
  for (const edge of EDGES) {
    const given = textFlag(values, `match-${edge}`);
    if (given === undefined) continue;
    const isId = /^[a-z]{3}_[0-9a-z]{16}(?:\.|$)/.test(given);
    edges[edge] = isId ? given : await readPicture(`match-${edge}`, given, cwd);
  }
  return Object.keys(edges).length > 0 ? { match_edges: edges } : {};
}

interface Work {
  parsed: ParsedTileRequest;
  target: SpriteTarget;
  values: FlagValues;
}

async function make(context: CliContext, { parsed, target, values }: Work): Promise<DrawnSprites> {
  const service = textFlag(values, "service") ?? context.env.PIXELKILN_URL;
  const display = createProgressDisplay(context.stderr, parsed.request.prompt);
  const options = { target, signal: context.signal, onProgress: display.show };
  try {
    if (service) return await makeRemotely(service, parsed, { ...options, env: context.env });
    const host = await openHost(context);
    try {
      const chooseSeed = (): number => randomInt(2 ** 32);
      const deps = { host, version: packageInfo().version, chooseSeed, loader: createTileLoader(null) };
      const { name, engines, projectFolder: folder } = target;
      const createdAt = new Date().toISOString();
      const sprites = await generateTiles(parsed, deps, { ...options, createdAt, name, engines, folder });
      return { sprites, manifest: completeManifest(sprites) };
    } finally {
      await host.close();
    }
  } finally {
    display.end();
  }
}

/** Lets a running service draw, and makes the files here, so that they are the same as without a service. */
async function makeRemotely(
  service: string,
  { request, ignored }: ParsedTileRequest,
  options: RemoteOptions,
): Promise<DrawnSprites> {
  const answer = TileAnswer.parse(await runRemotely(service, { path: "/v1/tiles", request }, options));
  const { target } = options;
  const pictures = await Promise.all(
    answer.images.map(async ({ seed, exemplars }, i) => {
      const image = await decodeBase64Image(answer.base64_images[i] ?? "", "base64_images");
      return { image, seed, exemplars };
    }),
  );
  const text = { pixelkiln: JSON.stringify(answer.provenance) };
  const { palette, provenance, checks, warnings, created_at } = answer;
  const sprite = assembleSprites({ name: target.name, pictures, palette, text });
  const asset: AssetPackage = { ...sprite, kind: "tile" };
  const written = writersFor(target.engines, asset.kind).flatMap((writer) =>
    writer.write(asset, { folder: target.projectFolder }),
  );
  const files = await Promise.all(written.map(encodeFile));
  const sprites = {
    files,
    manifest: {
      schema_version: 1 as const,
      kind: "tile" as const,
      name: asset.name,
      created_at,
      images: describeImages(asset, files),
      palette,
      request: { ...answer.request, async: false },
      ignored_parameters: [...ignored, ...answer.ignored_parameters],
      ...{ warnings, checks, provenance },
    },
    timings: { load: 0, model: answer.timings_ms.model, step: 0, post: answer.timings_ms.post, encode: 0 },
  };
  return { sprites, manifest: completeManifest(sprites) };
}
