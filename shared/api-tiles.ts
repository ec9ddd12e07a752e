import { z } from "zod";
import { TileRequest, TilesetRequest } from "../service/kinds/tile/requests-tiles.ts";
import { AcceptedAnswer, CostAnswer, TileAnswer, TilesetAnswer } from "./answers.ts";
import { type ApiRoute, BODY_LIMITS, IdempotencyHeaders, JOB_ERRORS, json } from "./api-route.ts";

/** The routes of tiles and terrain sets: one table with those of shared/api.ts. */
export const TILE_API = {
  createTile: {
    method: "POST",
    path: "/v1/tiles",
    summary: "Makes seamless tiles, a tile between painted neighbours, or mends the seams of one",
    tag: "tiles",
    headers: IdempotencyHeaders,
    body: TileRequest,
    bodyLimit: BODY_LIMITS.pictures,
    answers: {
      200: json(z.union([TileAnswer, CostAnswer]), "The tiles, or the estimate that `check_cost` asked for"),
      202: json(AcceptedAnswer, "Accepted: the job is stored and will run (`async`)"),
    },
    errors: [...JOB_ERRORS, "model-unavailable"],
  },
  createTileset: {
    method: "POST",
    path: "/v1/tilesets",
    summary: "Makes all tiles with which two terrains meet, as files of game engines",
    tag: "tiles",
    headers: IdempotencyHeaders,
    body: TilesetRequest,
    bodyLimit: BODY_LIMITS.pictures,
    answers: {
      200: json(
        z.union([TilesetAnswer, CostAnswer]),
        "The terrain set, or the estimate that `check_cost` asked for",
      ),
      202: json(AcceptedAnswer, "Accepted: the job is stored and will run (`async`)"),
    },
    errors: [...JOB_ERRORS, "model-unavailable"],
  },
} as const satisfies Record<string, ApiRoute>;
