// A row of text is a row of tiles: water, grass, and what stands on grass. Between two shores lie two tiles of water or
// more: the grass spreads over the corners of its tiles.
const LEVEL = [
  "~~~~~~~~~~~~~~~~~~~~",
  "~~~~~~~~~~~~~~~~~~~~",
  "~~~~.....~~~~~~~~~~~",
  "~~~..T..m.~~~~....~~",
  "~~..............T.~~",
  "~~...b....~~~~....~~",
  "~~........~~~~~...~~",
  "~~~.......~~~~~.b.~~",
  "~~~.T.....~~~~...~~~",
  "~~~~~..@......m.~~~~",
  "~~~~~~~~....~~~~~~~~",
  "~~~~~~~~~~~~~~~~~~~~",
];

export const TILE = 16;
export const COLUMNS = LEVEL[0].length;
export const ROWS = LEVEL.length;
export const WIDTH = COLUMNS * TILE;
export const HEIGHT = ROWS * TILE;

/** What the level says of a tile; water beyond its border. */
export function sign(column, row) {
  return LEVEL[row]?.[column] ?? "~";
}

/** Whether a corner of the tiles is grass: one of the four tiles around it is. */
function isGrassCorner(x, y) {
  return [0, 1].some((dx) => [0, 1].some((dy) => sign(x - dx, y - dy) !== "~"));
}

/** The mask of the tile that belongs into a place: NW 8, NE 4, SW 2, SE 1 where that corner is grass. */
export function maskAt(column, row) {
  const corner = (dx, dy, bit) => (isGrassCorner(column + dx, row + dy) ? bit : 0);
  return corner(0, 0, 8) + corner(1, 0, 4) + corner(0, 1, 2) + corner(1, 1, 1);
}

/** Whether a point in pixels is on land: the corner next to it is grass. */
export function isLand(x, y) {
  return isGrassCorner(Math.round(x / TILE), Math.round(y / TILE));
}
