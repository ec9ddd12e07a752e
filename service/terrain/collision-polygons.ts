/** A corner of a polygon, in pixels from the top left of the tile. */
export interface Point {
  x: number;
  y: number;
}

/** Pixels without collision that a polygon may cover, per row of it. */
const SPARE_A_ROW = 0.5;
/** A corner closer than this to the line between its neighbors is dropped, in pixels. */
const FLAT = 0.6;

interface Run {
  y: number;
  left: number;
  right: number;
}

/**
 * Covers the colliding pixels of a tile with a few convex polygons, clockwise from the top: rows are joined as long as
 * their hull covers hardly more than their pixels. A tile that collides everywhere has one polygon with four corners.
 */
export function collisionPolygons(
  { width, height }: { width: number; height: number },
  collides: (x: number, y: number) => boolean,
): Point[][] {
  const groups: Run[][] = [];
  let open: Run[][] = [];
  for (let y = 0; y < height; y++) {
    const runs = runsOf(width, y, collides);
    const next: Run[][] = [];
    for (const run of runs) {
      const touching = open.filter((group) => touches(group.at(-1)!, run));
      const [group] = touching;
      const isAlone =
        touching.length === 1 && runs.filter((one) => touches(group!.at(-1)!, one)).length === 1;
      if (group && isAlone && isNearlyConvex([...group, run])) {
        group.push(run);
        next.push(group);
      } else {
        const started = [run];
        groups.push(started);
        next.push(started);
      }
    }
    open = next;
  }
  return groups.map((group) => simplify(hull(group)));
}

function runsOf(width: number, y: number, collides: (x: number, y: number) => boolean): Run[] {
  const runs: Run[] = [];
  let left = -1;
  for (let x = 0; x <= width; x++) {
    const is = x < width && collides(x, y);
    if (is && left < 0) left = x;
    if (!is && left >= 0) {
      runs.push({ y, left, right: x });
      left = -1;
    }
  }
  return runs;
}

function touches(one: Run, other: Run): boolean {
  return one.left < other.right && other.left < one.right;
}

function isNearlyConvex(group: readonly Run[]): boolean {
  const pixels = group.reduce((sum, { left, right }) => sum + right - left, 0);
  return area(hull(group)) - pixels <= SPARE_A_ROW * group.length;
}

/** Convex hull of all corners of the pixels (A. M. Andrew's monotone chain, 1979). */
function hull(group: readonly Run[]): Point[] {
  const points = group
    .flatMap(({ y, left, right }) =>
      [left, right].flatMap((x) => [
        { x, y },
        { x, y: y + 1 },
      ]),
    )
    .sort((a, b) => a.x - b.x || a.y - b.y);
  const chain = (ordered: readonly Point[]): Point[] => {
    const result: Point[] = [];
    for (const point of ordered) {
      while (result.length >= 2 && turn(result.at(-2)!, result.at(-1)!, point) <= 0) result.pop();
      result.push(point);
    }
    return result.slice(0, -1);
  };
  return [...chain(points), ...chain([...points].reverse())];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

function area(points: readonly Point[]): number {
  const twice = points.reduce((sum, point, i) => {
    const next = points[(i + 1) % points.length]!;
    return sum + point.x * next.y - next.x * point.y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** Drops corners that hardly bend the outline, the flattest first. */
function simplify(points: Point[]): Point[] {
  const left = [...points];
  while (left.length > 4) {
    const bends = left.map((point, i) => distance(left.at(i - 1)!, left[(i + 1) % left.length]!, point));
    const least = Math.min(...bends);
    if (least > FLAT) break;
    left.splice(bends.indexOf(least), 1);
  }
  return left;
}

/** Distance of a point from the line through two others. */
function distance(a: Point, b: Point, point: Point): number {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  return length === 0 ? Math.hypot(point.x - a.x, point.y - a.y) : Math.abs(turn(a, b, point)) / length;
}
