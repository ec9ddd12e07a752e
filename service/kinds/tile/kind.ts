import { safeName } from "../../words/safe-name.ts";
import type { Kind } from "../kind.ts";
import { isTileId } from "../tile-id.ts";
import { TileAnswer } from "./answer.ts";
import { parseTileRequest } from "./parse.ts";
import { TileRequest } from "./request.ts";

/** Tiles: seamless, fitted to their painted neighbors, or with their seams repaired. */
export const tile: Kind<TileRequest> = {
  id: "tile",
  prefix: "til",
  path: "/v1/tiles",
  operation: "createTile",
  tag: "tiles",
  verb: "tile",
  summary: "Makes a seamless tile or one that fits its painted neighbors, or repairs the seams of a tile",
  title: "Tile",
  needs: "generator",
  request: TileRequest,
  answer: TileAnswer,
  takesStyle: false,
  parse: parseTileRequest,
  nameOf: ({ prompt }) => safeName(prompt),
  publishedTiles: ({ match_edges = {} }) =>
    Object.entries(match_edges).flatMap(([side, id]) =>
      id !== undefined && isTileId(id) ? [{ field: `match_edges.${side}`, id }] : [],
    ),
  answerOf: async ({ manifest: { images, provenance, request } }) => ({
    shown: images.map(({ file }) => file),
    fields: { model: provenance.model?.id ?? null, prompt_style: String(request.prompt_style) },
  }),
  command: async () => (await import("./command.ts")).tileCommand,
  maker: async () => (await import("./make.ts")).tileMaker,
};
