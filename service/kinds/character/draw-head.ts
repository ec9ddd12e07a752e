import { createImage, crop, drawnBounds, type PixelImage, place } from "../../pixel/image.ts";
import { type ComposedFrames, composeFrames } from "../../wardrobe/compose-frames.ts";
import type { Wardrobe } from "../../wardrobe/open-wardrobe.ts";
import type { Outfit } from "../../wardrobe/outfit.ts";
import { rolesOf } from "../../wardrobe/pixel-roles.ts";
import { reduceFrames } from "../../wardrobe/reduce-frames.ts";
import { HELD_SLOTS } from "../../wardrobe/shown-action.ts";
import { toImage } from "../../wardrobe/to-image.ts";

/** Edge of a portrait in pixels, and rows of it above the head: room for most hats. */
const PORTRAIT = 40;
const ABOVE_HEAD = 10;

/** Edge of an icon in pixels, and of the cell from which its head is taken. */
const ICON = { small: { edge: 16, cell: 32 }, usual: { edge: 32, cell: 64 } } as const;

/** Pictures of a character besides its frames, and the parts with a pixel in them. */
export interface HeadPictures {
  /** Head and shoulders, as drawn in a cell of 64 pixels whatever the size of the frames. */
  portrait: PixelImage | null;
  /** Head alone: 16x16 for characters of at most 24 pixels, else 32x32. */
  icon: PixelImage | null;
  drawn: string[];
}

/** Draws who is asked for from the front, with empty hands. */
export async function drawHead(
  wardrobe: Wardrobe,
  { outfit, size, portrait, icon }: { outfit: Outfit; size: number; portrait: boolean; icon: boolean },
): Promise<HeadPictures> {
  if (!portrait && !icon) return { portrait: null, icon: null, drawn: [] };
  const parts = outfit.parts.filter(({ part }) => !HELD_SLOTS.has(wardrobe.parts.get(part)?.slot ?? ""));
  const figure = await composeFrames(wardrobe, { ...outfit, parts }, { action: "idle", direction: "south" });
  return {
    portrait: portrait ? headAndShoulders(figure) : null,
    icon: icon ? headAlone(figure, size <= 24 ? ICON.small : ICON.usual) : null,
    drawn: figure.drawn,
  };
}

function headAndShoulders({ frames, drawings }: ComposedFrames): PixelImage {
  const [frame = createImage(PORTRAIT, PORTRAIT)] = frames;
  const box = drawnBounds(frame);
  const head = drawings[0]?.head ?? { x: frame.width / 2, y: box?.y ?? 0 };
  return crop(frame, Math.floor(head.x) - PORTRAIT / 2, head.y - ABOVE_HEAD, PORTRAIT, PORTRAIT);
}

/** Keeps what is on the head, without shoulders, in the middle of a square. */
function headAlone(figure: ComposedFrames, { edge, cell }: (typeof ICON)[keyof typeof ICON]): PixelImage {
  const roles = figure.worn.map(rolesOf);
  const drawings = figure.drawings.slice(0, 1).map((drawing) => ({
    ...drawing,
    pixels: drawing.pixels.map((pixel) => (roles[(pixel >> 8) - 1]?.group === "head" ? pixel : 0)),
  }));
  const { worn, canvas } = figure;
  const heads =
    cell === 64
      ? drawings.map((drawing) => toImage(drawing, worn))
      : reduceFrames({ drawings, worn, canvas }, cell).frames;
  const [head = createImage(edge, edge)] = heads;
  const box = drawnBounds(head);
  if (!box) return createImage(edge, edge);
  const cut = crop(head, box.x, box.y, box.width, box.height);
  const x = Math.floor((edge - box.width) / 2);
  const y = Math.max(0, Math.floor((edge - box.height) / 2));
  return place(cut, createImage(edge, edge), x, y);
}
