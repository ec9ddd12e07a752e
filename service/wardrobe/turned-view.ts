/** How a direction is put together from the four that parts are drawn in. */
export interface TurnedView {
  /** What all but the head shows. */
  side: string;
  /** What the head shows, and the columns by which its middle moves; null where it shows the side as well. */
  head: { side: "south" | "north"; columns: number } | null;
}

/** Columns by which the middle of a head moves when it is turned by 45 degrees. */
const TURN = 3;

/**
 * A diagonal is the side view with a head seen from the front or from behind and turned. From behind, the middle of the
 * head moves away from where it looks.
 */
export function viewOf(direction: string): TurnedView {
  const [front = "", side] = direction.split("-");
  if (side === undefined) return { side: direction, head: null };
  const toward = side === "east" ? TURN : -TURN;
  return front === "south"
    ? { side, head: { side: "south", columns: toward } }
    : { side, head: { side: "north", columns: -toward } };
}
