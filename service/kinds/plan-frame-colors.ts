import { SpriteRequest } from "../../shared/requests.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { PassStep } from "../pixel/passes.ts";
import { type ColorPlan, planColors } from "../recipes/plan-colors.ts";
import { STYLES } from "../recipes/styles.ts";

/** Maximum of color_count, used to plan outlines if the request has none. */
const MOST_COLORS = 64;

type ColorFields = Partial<
  Pick<SpriteRequest, "input_palette" | "color_count" | "dither_mode" | "dither_strength" | "outline_color">
>;

/** Plans the colors of frames that were asked for; otherwise they keep those of their source. Throws as `planColors`. */
export function planFrameColors(fields: ColorFields, picture: PixelImage | null): ColorPlan {
  const { input_palette, color_count, dither_mode = "none", dither_strength, outline_color } = fields;
  const request = SpriteRequest.parse({
    prompt: "-",
    dither_mode,
    dither_strength,
    ...(input_palette === undefined ? {} : { input_palette }),
    ...(color_count === undefined ? {} : { color_count }),
    ...(outline_color === undefined ? {} : { outline_color }),
  });
  const plan = planColors(request, { ...STYLES[0], colorCount: MOST_COLORS }, picture);
  return color_count === undefined ? { ...plan, passes: plan.passes.filter(isNoLimit) } : plan;
}

function isNoLimit({ pass }: PassStep): boolean {
  return pass !== "limit-colors";
}
