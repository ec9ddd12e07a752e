import { z } from "zod";
import { AssetAnswer } from "../../../shared/answers.ts";

/** 200 of `POST /v1/tiles`: one picture a variation. */
export const TileAnswer = AssetAnswer.extend({ kind: z.literal("tile"), prompt_style: z.string() });
export type TileAnswer = z.infer<typeof TileAnswer>;
