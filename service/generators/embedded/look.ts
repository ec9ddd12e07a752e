import type { PictureRequest } from "../generator.ts";

/** The look of one-color symbols: the name of the source that the model learned them from. */
export const SYMBOLS = "game-icons";

const LOOK_OF_STYLE: Readonly<Record<string, string>> = { "1_bit": SYMBOLS };

/** The source that a style is drawn after; undefined leaves it to the model. */
export function lookOf({ style }: Pick<PictureRequest, "style">): string | undefined {
  return LOOK_OF_STYLE[style];
}
