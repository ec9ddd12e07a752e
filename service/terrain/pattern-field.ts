import type { Random } from "../pixel/random.ts";

export interface Size {
  width: number;
  height: number;
}

/** The shade of each pixel, row by row. */
export type Field = Uint8Array;

/** Ground of one shade on which motifs are drawn. */
const BASE = 2;

interface Scattering {
  /** Motifs, and about how many pixels lie between two of them. Later layers cover earlier ones. */
  layers: readonly { cell: number; arts: readonly string[][] }[];
  random: Random;
}

/** Scatters motifs evenly over a ground whose edges join. */
export function scatter(size: Size, { layers, random }: Scattering): Field {
  const { width, height } = size;
  const field = new Uint8Array(width * height).fill(BASE);
  for (const { cell, arts } of layers) {
    for (const { x, y } of placesOn(size, cell, random)) {
      const art = arts[Math.floor(random() * arts.length)]!;
      for (const [dy, row] of art.entries())
        for (const [dx, shade] of [...row].entries())
          if (shade !== ".") field[((y + dy) % height) * width + ((x + dx) % width)] = Number(shade);
    }
  }
  return field;
}

/** Gives places about `cell` pixels apart, in rows that are shifted against each other. */
function placesOn({ width, height }: Size, cell: number, random: Random): { x: number; y: number }[] {
  const columns = Math.max(1, Math.round(width / cell));
  // An even number of rows: the last one is shifted against the first, too.
  const rows = Math.max(2, 2 * Math.round(height / cell / 2));
  return Array.from({ length: columns * rows }, (_, i) => {
    const row = Math.floor(i / columns);
    const column = (i % columns) + (row % 2) / 2;
    return {
      x: Math.floor(((column + 0.8 * (random() - 0.5) + 1) * width) / columns) % width,
      y: Math.floor(((row + 0.8 * (random() - 0.5) + 1) * height) / rows) % height,
    };
  });
}

/** A pixel of a ground of stones. */
interface StonePixel {
  /** Distance to the next stone, in pixels. */
  gap: number;
  /** How far it lies towards the light, at the top left, from the middle of its stone; negative: away from it. */
  light: number;
  /** A number of the stone: 0 to 1. */
  tone: number;
}

/** Draws stones of about `cell` pixels, each pixel nearest to the middle of its own. */
export function cells(
  size: Size,
  { cell, random }: { cell: number; random: Random },
  shade: (pixel: StonePixel) => number,
): Field {
  const { width, height } = size;
  const stones = placesOn(size, cell, random).map((place) => ({ ...place, tone: random() }));
  const near = (way: number, around: number): number => way - around * Math.round(way / around);
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const ways = stones.map((stone) => {
      const [dx, dy] = [near(x - stone.x, width), near(y - stone.y, height)];
      return { dx, dy, tone: stone.tone, distance: Math.hypot(dx, dy) };
    });
    const [own, next] = ways.sort((one, other) => one.distance - other.distance);
    const gap = (next?.distance ?? cell) - own!.distance;
    return shade({ gap, light: -(own!.dx + 1.4 * own!.dy) / 1.7, tone: own!.tone });
  });
}

/** A pixel of a ground laid in courses. */
interface CoursePixel {
  /** Pixels to each edge of its piece: 0 at the edge. */
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** A number of the piece: 0 to 1. */
  tone: number;
  /** A number of the pixel, and one of the short run of pixels that it lies in: 0 to 1. */
  speck: number;
  streak: number;
  /** Pixels to the nearest vein. */
  vein: number;
  /** Whether its piece is a dark one of a checkerboard. */
  odd: boolean;
}

interface Laying {
  /** About how large a piece is, in pixels; more where the ground is larger than 24 pixels. */
  high: number;
  wide: number;
  /** By which share of a piece every second course is shifted. */
  shift: number | "random";
  random: Random;
}

/** Lays pieces in courses that join at the edges: bricks, slabs, planks, scales. */
export function courses(
  { width, height }: Size,
  { high, wide, shift, random }: Laying,
  shade: (pixel: CoursePixel) => number,
): Field {
  const scale = Math.min(width, height) < 24 ? 1 : 1.5;
  const rows = evenly(height, high * scale, shift !== "random");
  const columns = evenly(width, wide * scale, shift === 0);
  const field = new Uint8Array(width * height);
  const slope = random() < 0.5 ? 1 : -1;
  const start = random() * width;
  for (let row = 0; row < rows; row++) {
    const [top, below] = [Math.round((row * height) / rows), Math.round(((row + 1) * height) / rows)];
    const moved = shift === "random" ? random() : (row % 2) * shift;
    const pieces = Array.from({ length: columns }, (_, i) => ({
      from: Math.round(((i + moved) * width) / columns),
      to: Math.round(((i + 1 + moved) * width) / columns),
      tone: random(),
      odd: (i + row) % 2 === 1,
    }));
    for (let y = top; y < below; y++) {
      let [streak, run] = [1, 0];
      for (const { from, to, tone, odd } of pieces) {
        for (let x = from; x < to; x++) {
          if (run-- <= 0) [streak, run] = [random(), 2 + Math.floor(5 * random())];
          const along = x + slope * y + 1.5 * Math.sin((2 * Math.PI * 2 * y) / height) + start;
          const off = (((along % width) + width) % width) / width;
          field[y * width + (x % width)] = shade({
            left: x - from,
            right: to - 1 - x,
            top: y - top,
            bottom: below - 1 - y,
            tone,
            odd,
            speck: random(),
            streak,
            vein: width * Math.min(off, 1 - off),
          });
        }
      }
    }
  }
  return field;
}

/** How many pieces of about a length fit into an edge; an even number where courses must alternate. */
function evenly(edge: number, length: number, isEven: boolean): number {
  return isEven && edge >= 2 * length * 0.75
    ? Math.max(2, 2 * Math.round(edge / length / 2))
    : Math.max(1, Math.round(edge / length));
}
