import type { Drawing } from "./draw-layer.ts";
import type { Group, PartRoles } from "./pixel-roles.ts";

/** Lays a coarse grid over a drawing: the corner `target` of its cells lies on the corner `source` of pixels. */
export interface Grid {
  source: { x: number; y: number };
  target: { x: number; y: number };
  /** Pixels of the drawing in the edge of a cell. */
  scale: number;
}

/** What a cell of a grid shows. */
export interface Elected {
  /** Pixel number, 0 where the group has none. */
  winner: number;
  /** The darkest pixel number of the group. */
  darkest: number;
  /** The share of the cell that the group draws. */
  own: number;
  /** The share of the cell that is drawn by anything. */
  all: number;
}

/** The least share of a cell that counts as being there. */
const LEAST = 0.12;

/** A range of cells, ends not included. */
export interface CellRange {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const NOBODY: Elected = { winner: 0, darkest: 0, own: 0, all: 0 };

/** Elects the pixels of one group of parts. Plain loops and lists that are reused: it counts millions of pixels. */
export class Vote {
  readonly #drawing: Drawing;
  readonly #roles: readonly PartRoles[];
  readonly #group: Group;
  readonly #bounds: CellRange;
  readonly #numbers: number[] = [];
  readonly #areas: number[] = [];

  constructor(drawing: Drawing, roles: readonly PartRoles[], group: Group) {
    this.#drawing = drawing;
    this.#roles = roles;
    this.#group = group;
    this.#bounds = boundsOf(drawing, (number) => this.#roleOf(number)?.group === group);
  }

  /** The cells of a grid, inside a picture, in which the group has a pixel. */
  cellsOf({ source, target, scale }: Grid, { width, height }: { width: number; height: number }): CellRange {
    const { left, top, right, bottom } = this.#bounds;
    return {
      left: Math.max(0, Math.floor((left - source.x) / scale + target.x)),
      top: Math.max(0, Math.floor((top - source.y) / scale + target.y)),
      right: Math.min(width, Math.ceil((right - source.x) / scale + target.x)),
      bottom: Math.min(height, Math.ceil((bottom - source.y) / scale + target.y)),
    };
  }

  /** Counts the cell x, y of a grid. */
  at({ source, target, scale }: Grid, x: number, y: number): Elected {
    const left = source.x + (x - target.x) * scale;
    const top = source.y + (y - target.y) * scale;
    const { all, mine } = this.#count(left, top, scale);
    if (mine === 0) return NOBODY;
    const area = scale * scale;
    return {
      winner: this.#elect(),
      darkest: this.#darkest(LEAST * area),
      own: mine / area,
      all: all / area,
    };
  }

  #count(left: number, top: number, scale: number): { all: number; mine: number } {
    const { width, height, pixels } = this.#drawing;
    this.#numbers.length = 0;
    this.#areas.length = 0;
    let all = 0;
    let mine = 0;
    const right = Math.min(width, left + scale);
    const bottom = Math.min(height, top + scale);
    for (let y = Math.max(0, Math.floor(top)); y < bottom; y++) {
      const rows = Math.min(bottom, y + 1) - Math.max(top, y);
      for (let x = Math.max(0, Math.floor(left)); x < right; x++) {
        const number = pixels[y * width + x] ?? 0;
        if (number === 0) continue;
        const area = rows * (Math.min(right, x + 1) - Math.max(left, x));
        if (area < 1e-6) continue;
        all += area;
        if (this.#roleOf(number)?.group !== this.#group) continue;
        mine += area;
        this.#add(number, area);
      }
    }
    return { all, mine };
  }

  #add(number: number, area: number): void {
    const known = this.#numbers.indexOf(number);
    if (known < 0) {
      this.#numbers.push(number);
      this.#areas.push(area);
    } else this.#areas[known] = (this.#areas[known] ?? 0) + area;
  }

  /** First the part, then the color within the part. */
  #elect(): number {
    const numbers = this.#numbers;
    if (numbers.length === 1) return numbers[0] ?? 0;
    let part = 0;
    let most = 0;
    for (const number of numbers) {
      let votes = 0;
      for (const [k, other] of numbers.entries()) if (other >> 8 === number >> 8) votes += this.#weigh(k);
      if (votes <= most + EQUAL) continue;
      part = number >> 8;
      most = votes;
    }
    let winner = 0;
    most = 0;
    for (const [k, number] of numbers.entries()) {
      const votes = number >> 8 === part ? this.#weigh(k) : 0;
      if (votes <= most + EQUAL) continue;
      winner = number;
      most = votes;
    }
    return winner;
  }

  #darkest(least: number): number {
    let found = 0;
    let lowest = 2;
    for (const [k, number] of this.#numbers.entries()) {
      const light = this.#roleOf(number)?.lights[number & 255] ?? 1;
      if ((this.#areas[k] ?? 0) < least || light >= lowest) continue;
      found = number;
      lowest = light;
    }
    return found;
  }

  #weigh(k: number): number {
    const number = this.#numbers[k] ?? 0;
    return (this.#areas[k] ?? 0) * (this.#roleOf(number)?.weights[number & 255] ?? 1);
  }

  #roleOf(number: number): PartRoles | undefined {
    return this.#roles[(number >> 8) - 1];
  }
}

/** Sums of the same areas in another order differ by less: the first then wins, on every machine. */
const EQUAL = 1e-9;

function boundsOf({ width, height, pixels }: Drawing, counts: (number: number) => boolean): CellRange {
  const found = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const number = pixels[y * width + x] ?? 0;
      if (number === 0 || !counts(number)) continue;
      found.left = Math.min(found.left, x);
      found.right = Math.max(found.right, x + 1);
      found.top = Math.min(found.top, y);
      found.bottom = y + 1;
    }
  }
  return found;
}
