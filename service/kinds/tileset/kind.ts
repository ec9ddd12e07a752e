import { safeName } from "../../words/safe-name.ts";
import type { Kind } from "../kind.ts";
import { TilesetAnswer } from "./answer.ts";
import { parseTilesetRequest } from "./parse.ts";
import { TilesetRequest } from "./request.ts";

const TILE_FIELDS = ["lower_base_tile_id", "upper_base_tile_id", "base_tileset_id"] as const;

/** Tilesets: every tile that two terrains need to meet. */
export const tileset: Kind<TilesetRequest> = {
  id: "tileset",
  prefix: "set",
  path: "/v1/tilesets",
  operation: "createTileset",
  tag: "tiles",
  verb: "tileset",
  summary: "Makes the complete tileset of two terrains, with files for game engines",
  title: "Tileset",
  needs: "generator",
  request: TilesetRequest,
  answer: TilesetAnswer,
  takesStyle: false,
  parse: parseTilesetRequest,
  nameOf: ({ upper_description: upper, lower_description: lower }) => safeName(`${upper} ${lower ?? ""}`),
  publishedTiles: (request) =>
    TILE_FIELDS.flatMap((field) => {
      const id = request[field];
      return id === undefined ? [] : [{ field, id }];
    }),
  answerOf: async ({ manifest: { id, images, provenance, request, tileset: info } }) => {
    if (!info) throw new Error(`The tileset ${id} has no tiles in its manifest.`);
    return {
      shown: images.map(({ file }) => file),
      fields: {
        model: provenance.model?.id ?? null,
        prompt_style: String(request.prompt_style),
        tileset: info,
      },
    };
  },
  command: async () => (await import("./command.ts")).tilesetCommand,
  maker: async () => (await import("./make.ts")).tilesetMaker,
};
