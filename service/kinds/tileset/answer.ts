import { z } from "zod";
import { AssetAnswer } from "../../../shared/answers.ts";
import { TilesetInfo } from "../../../shared/asset.ts";

/** 200 of `POST /v1/tilesets`: the sheet, and where each tile is on it. */
export const TilesetAnswer = AssetAnswer.extend({
  kind: z.literal("tileset"),
  prompt_style: z.string(),
  base64_images: z.array(z.string()).describe("One file: the PNG of the sheet"),
  tileset: TilesetInfo,
});
export type TilesetAnswer = z.infer<typeof TilesetAnswer>;
