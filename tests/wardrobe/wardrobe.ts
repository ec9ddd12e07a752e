import { fileURLToPath } from "node:url";
import { type ComposedFrames, composeFrames } from "../../service/wardrobe/compose-frames.ts";
import { openWardrobe } from "../../service/wardrobe/open-wardrobe.ts";
import type { Outfit } from "../../service/wardrobe/outfit.ts";
import { wardrobeFolder } from "../../service/wardrobe/wardrobe-folder.ts";

export const WARDROBE_FOLDER = fileURLToPath(new URL("../../models/wardrobe-v1/", import.meta.url));

export const wardrobe = await openWardrobe(wardrobeFolder(WARDROBE_FOLDER));

type Worn = string | [part: string, colors: Record<string, string>];

/** Dresses somebody: a part is its id, or its id and colors. */
export function wearing(body: Outfit["body"], ...parts: Worn[]): Outfit {
  const listed = parts.map((part) =>
    typeof part === "string" ? { part, colors: {} } : { part: part[0], colors: part[1] },
  );
  return { body, skin: "light", parts: listed };
}

export const KNIGHT = wearing(
  "masculine",
  "head/human-male",
  ["legs/pants", { cloth: "charcoal" }],
  ["feet/boots-basic", { cloth: "metal/steel" }],
  ["armour/plate", { metal: "steel" }],
  ["cape/wide", { cloth: "cloth/red" }],
  ["helmet/armet", { metal: "steel" }],
  "weapon/longsword",
);

/** Frames of an outfit in one action and direction. */
export function compose(outfit: Outfit, action: string, direction = "south"): Promise<ComposedFrames> {
  return composeFrames(wardrobe, outfit, { action, direction });
}

/** The colors of all frames, as "#rrggbb". */
export function colorsOf({ frames }: ComposedFrames): Set<string> {
  const found = new Set<string>();
  for (const { data } of frames) {
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 255) found.add(`#${Buffer.from(data.subarray(i, i + 3)).toString("hex")}`);
    }
  }
  return found;
}

/** How many pixels a part drew in a frame. */
export function pixelsOf({ drawings, worn }: ComposedFrames, part: string, frame = 0): number {
  const number = worn.findIndex((one) => one.part.id === part) + 1;
  return number === 0 ? 0 : drawings[frame]!.pixels.filter((pixel) => pixel >> 8 === number).length;
}
