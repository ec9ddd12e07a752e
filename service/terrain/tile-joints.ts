import { NEIGHBOR, type TileForm } from "./tile-forms.ts";

/** Whether a tile may be to the right of another one (`x`) or below it (`y`), judging by their forms. */
export function mayJoin(first: TileForm, second: TileForm, axis: "x" | "y"): boolean {
  return axis === "x" ? joinsRight(first, second) : joinsBelow(first, second);
}

function joinsRight(left: TileForm, right: TileForm): boolean {
  if (isCell(left)) {
    const { N, NE, SE, S, SW, NW, E, W } = NEIGHBOR;
    return cellsMeet(left, right, { towards: E, back: W, sides: [N, S], ahead: [NE, SE], behind: [NW, SW] });
  }
  if (left.corners.NE === null) return left.edges.E === right.edges.W;
  return left.corners.NE === right.corners.NW && left.corners.SE === right.corners.SW;
}

function joinsBelow(above: TileForm, below: TileForm): boolean {
  if (isCell(above)) {
    const { N, NE, E, SE, S, SW, W, NW } = NEIGHBOR;
    return cellsMeet(above, below, { towards: S, back: N, sides: [W, E], ahead: [SW, SE], behind: [NW, NE] });
  }
  if (above.corners.SW === null) return above.edges.S === below.edges.N;
  return above.corners.SW === below.corners.NW && above.corners.SE === below.corners.NE;
}

/** Forms with eight neighbors have corners and edges that are both known and independent. */
function isCell(form: TileForm): boolean {
  return form.name.startsWith("blob_");
}

interface CellSides {
  /** The bit of the first cell that says what the second one is, and vice versa. */
  towards: number;
  back: number;
  /** Bits of the two neighbors next to each cell. */
  sides: [number, number];
  /** Bits of the first cell for the second one's neighbors, and of the second for the first one's. */
  ahead: [number, number];
  behind: [number, number];
}

/** What one cell says about the other and its neighbors must be true; a corner next to a missing edge says nothing. */
function cellsMeet(first: TileForm, second: TileForm, sides: CellSides): boolean {
  const has = ({ mask }: TileForm, bit: number): boolean => mask >= 0 && (mask & bit) !== 0;
  const isUpper = ({ terrain }: TileForm): boolean => terrain === "upper";
  // A cell of the lower terrain says nothing about its neighbors.
  if (isUpper(first) && has(first, sides.towards) !== isUpper(second)) return false;
  if (isUpper(second) && has(second, sides.back) !== isUpper(first)) return false;
  if (!isUpper(first) || !isUpper(second)) return true;
  return [0, 1].every((i) => {
    const [a, b] = [has(first, sides.sides[i]!), has(second, sides.sides[i]!)];
    if (a && has(first, sides.ahead[i]!) !== b) return false;
    return !b || has(second, sides.behind[i]!) === a;
  });
}
