import type { FlagReader, KindCommand } from "../command.ts";
import { isTileId } from "../tile-id.ts";
import type { TileAnswer } from "./answer.ts";

const EDGES = ["left", "right", "top", "bottom"] as const;

export const tileCommand: KindCommand<TileAnswer> = {
  usage: [
    'tile "PROMPT" [-o FILE.png] [flags]',
    'tile "PROMPT" --repair --input-image TILE.png [-o FILE.png]',
  ],
  about:
    "Makes a seamless tile or one that fits its painted neighbors, or repairs the seams of a tile. Both axes are seamless\nunless you ask for one with --tile-x or --tile-y. Files that you changed are never overwritten.",
  argument: { field: "prompt", required: true },
  example: 'pixelkiln tile "mossy stone floor"',
  output: "picture",
  notFlags: ["match_edges", "tile_x", "tile_y"],
  flags: {
    "tile-x": { type: "boolean" },
    "tile-y": { type: "boolean" },
    ...Object.fromEntries(EDGES.map((edge) => [`match-${edge}`, { type: "string" as const }])),
  },
  flagHelp: [
    ["--tile-x, --tile-y", "Seamless on this axis only"],
    ["--match-left FILE", "The painted tile to its left; also --match-right, -top, -bottom"],
  ],
  fieldsOf: async (fields, flags) => ({ ...fields, ...axesOf(flags), ...(await edgesOf(flags)) }),
  factsOf: ({ images, checks: { seam_ratio_x: x, seam_ratio_y: y } }) =>
    images.map(
      ({ width, height, colors }) =>
        `${width}x${height}, ${colors.length} colors, seam ratio ${x ?? "-"} / ${y ?? "-"}`,
    ),
};

/** With neither flag, both axes are seamless. With one, the other axis is left as it is. */
function axesOf({ values }: FlagReader): Record<string, boolean> {
  const [x, y] = [values["tile-x"], values["tile-y"]];
  if (x === undefined && y === undefined) return {};
  const isAsked = x === true || y === true;
  return {
    tile_x: x === true || (!isAsked && x === undefined),
    tile_y: y === true || (!isAsked && y === undefined),
  };
}

async function edgesOf({ values, readPicture }: FlagReader): Promise<Record<string, unknown>> {
  const edges: Record<string, string> = {};
  for (const edge of EDGES) {
    const given = values[`match-${edge}`];
    if (typeof given !== "string") continue;
    edges[edge] = isTileId(given) ? given : await readPicture(`match-${edge}`, given);
  }
  return Object.keys(edges).length > 0 ? { match_edges: edges } : {};
}
