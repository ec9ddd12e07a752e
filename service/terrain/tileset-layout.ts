import type { TilesetLayout, TilesetType } from "../../shared/asset.ts";
import { describeValue, invalidParameter, type ServiceError } from "../../shared/errors.ts";
import { joinOf, pureMask, type Terrain, type TileForm, tileForms } from "./tile-forms.ts";

/** The order of PixelLab's 4 x 4 sheet. */
const WANG_4X4 = [13, 10, 4, 12, 6, 8, 0, 1, 11, 3, 2, 5, 15, 14, 9, 7];
/** The order of Retro Diffusion's 4 x 5 sheet: the pure tiles occur three times, the later ones being variants. */
const RETRO_4X5 = [0, 1, 3, 2, 0, 5, 15, 10, 0, 4, 12, 8, 15, 14, 13, 6, 15, 11, 7, 9];
/** Variants of each pure tile for which the 4 x 5 sheet has room, and which it always has. */
const RETRO_VARIANTS = 2;

/** A place on the sheet with a tile: its form, and 0 for the tile itself or the number of its variant. */
export interface PlacedTile {
  form: TileForm;
  variant: number;
  name: string;
}

/** The tiles of a sheet, row by row; null is an empty place. */
export interface TilesetGrid {
  columns: number;
  rows: number;
  places: (PlacedTile | null)[];
}

/** The layout of a type if the request names none. */
export function defaultLayout(type: TilesetType): TilesetLayout {
  return type === "blob47" ? "blob_8x6" : "wang_4x4";
}

/**
 * Lays out all tiles of a type: first in the layout's own order, then, in extra rows of the same length, whatever does not
 * fit in it (the pure lower tile of an edge16 set, variants). Throws `invalid-request` for a layout of another type.
 */
export function layOutTileset(type: TilesetType, layout: TilesetLayout, variants: number): TilesetGrid {
  const forms = tileForms(type);
  const formOf = (mask: number): TileForm => forms.find((form) => form.mask === mask)!;
  const isBlob = joinOf(type) === "blob";
  if (isBlob !== (layout === "blob_8x6") && layout !== "index") throw wrongLayout(type, layout);
  const columns = isBlob ? 8 : 4;
  const wanted = allTiles(
    type,
    layout === "retro_4x5" ? Math.max(RETRO_VARIANTS, variants) : variants,
    forms,
  );
  const order = orderOf(layout, forms);
  const places: (PlacedTile | null)[] = order.map((mask) => {
    const next = wanted.findIndex(({ form }) => form === formOf(mask));
    return next < 0 ? null : (wanted.splice(next, 1)[0] ?? null);
  });
  places.push(...wanted);
  const rows = Math.ceil(places.length / columns);
  while (places.length < rows * columns) places.push(null);
  return { columns, rows, places };
}

function orderOf(layout: TilesetLayout, forms: readonly TileForm[]): number[] {
  if (layout === "wang_4x4") return WANG_4X4;
  if (layout === "retro_4x5") return RETRO_4X5;
  return forms.map(({ mask }) => mask);
}

/** All tiles in the order in which a layout takes them; the air in a sidescroller has no variants. */
function allTiles(type: TilesetType, variants: number, forms: readonly TileForm[]): PlacedTile[] {
  const plain = forms.map((form) => ({ form, variant: 0, name: form.name }));
  const varied: Terrain[] = type === "sidescroller" ? ["upper"] : ["lower", "upper"];
  const more = varied.flatMap((terrain) => {
    const form = forms.find(({ mask }) => mask === pureMask(type, terrain))!;
    return Array.from({ length: variants }, (_, i) => {
      return { form, variant: i + 1, name: `${form.name}_v${i + 1}` };
    });
  });
  return [...plain, ...more];
}

function wrongLayout(type: TilesetType, layout: TilesetLayout): ServiceError {
  const expected = `${type === "blob47" ? "blob_8x6" : "wang_4x4, retro_4x5"} or index for tileset_type ${type}`;
  return invalidParameter("layout", describeValue(layout), expected);
}
