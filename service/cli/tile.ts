import { invalidParameter } from "../../shared/errors.ts";
import { buildTileAnswer } from "../jobs/job-answer.ts";
import { createTileLoader } from "../jobs/load-tiles.ts";
import { generateTiles } from "../kinds/tile/make.ts";
import { parseTileRequest } from "../kinds/tile/parse-tiles.ts";
import { TileRequest } from "../kinds/tile/requests-tiles.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { DRAW_FLAG_HELP, DRAW_FLAGS, drawAndWrite, readPlace } from "./draw-command.ts";
import { printAnswer } from "./print-answer.ts";
import { readDefaults } from "./project-defaults.ts";
import { createFieldFlags, readPicture } from "./request-flags.ts";
import { shownPath } from "./sprite-target.ts";
import { columns, type FlagTable, type FlagValues, readArguments, textFlag } from "./usage.ts";

const NOT_FLAGS: ReadonlySet<string> = new Set([
  ...["prompt", "output", "check_cost", "async", "upload_outputs", "match_edges", "tile_x", "tile_y"],
]);
const FIELDS = createFieldFlags(TileRequest, NOT_FLAGS);
const EDGES = ["left", "right", "top", "bottom"] as const;
const OWN_FLAGS: FlagTable = {
  ...DRAW_FLAGS,
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
  ...DRAW_FLAG_HELP,
])}

The request (a flag for each field; --no-FLAG for what is on by default):
${FIELDS.help}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, { ...OWN_FLAGS, ...FIELDS.table }, { most: 1 });
  const [prompt] = positionals;
  if (prompt === undefined)
    throw invalidParameter("prompt", "nothing", 'a text, such as pixelkiln tile "mossy stone floor"');
  const { cwd } = context;
  const defaults = await readDefaults(cwd);
  const fields = {
    ...defaults.fieldsOf({ schema: TileRequest, takesStyle: false }),
    ...(await FIELDS.read(values, cwd)),
    ...(await readEdges(values, cwd)),
    ...readAxes(values),
  };
  const parsed = parseTileRequest({ ...fields, prompt });
  const place = await readPlace(context, values, { defaults, stem: prompt });
  const answer = await buildTileAnswer(
    await drawAndWrite(context, {
      title: parsed.request.prompt,
      path: "/v1/tiles",
      parsed,
      ...place,
      generate: (deps, options) =>
        generateTiles(parsed, { ...deps, loader: createTileLoader(null) }, options),
    }),
  );
  const { seam_ratio_x: x, seam_ratio_y: y } = answer.checks;
  const lines = answer.images.map(({ file, width, height, colors }) => {
    const facts = `${width}x${height}, ${colors.length} colors, seam ratio ${x ?? "-"} / ${y ?? "-"}`;
    return `${shownPath(place.target.folder, file, cwd)}  ${facts}`;
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
