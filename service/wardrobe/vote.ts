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
  /** The share of the cell that is drawn: for things in a hand by them, else by anything, so that no seam opens. */
  share: number;
}

/** The least share of a cell that counts as being there. */
const LEAST = 0.12;

/** Elects the pixels of one group of parts. */
export class Vote {
  readonly #drawing: Drawing;
  readonly #roles: readonly PartRoles[];
  readonly #group: Group;
  readonly #numbers: number[] = [];
  readonly #areas: number[] = [];

  constructor(drawing: Drawing, roles: readonly PartRoles[], group: Group) {
    this.#drawing = drawing;
    this.#roles = roles;
    this.#group = group;
  }

  /** Counts the cell x, y of a grid. */
  at({ source, target, scale }: Grid, x: number, y: number): Elected {
    const left = source.x + (x - target.x) * scale;
    const top = source.y + (y - target.y) * scale;
    const { all, mine } = this.#count(left, top, scale);
    if (mine === 0) return { winner: 0, darkest: 0, share: 0 };
    const area = scale * scale;
    const share = (this.#group === "held" ? mine : all) / area;
    return { winner: this.#elect(), darkest: this.#darkest(LEAST * area), share };
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
        const known = this.#numbers.indexOf(number);
        if (known < 0) {
          this.#numbers.push(number);
          this.#areas.push(area);
        } else this.#areas[known] = (this.#areas[known] ?? 0) + area;
      }
    }
    return { all, mine };
  }

  /** First the part, then the color within the part. */
  #elect(): number {
    const parts = new Map<number, number>();
    for (const number of this.#numbers) {
      parts.set(number >> 8, (parts.get(number >> 8) ?? 0) + this.#weigh(number));
    }
    const part = best([...parts.keys()], (one) => parts.get(one) ?? 0);
    return best(
      this.#numbers.filter((number) => number >> 8 === part),
      (number) => this.#weigh(number),
    );
  }

  #darkest(least: number): number {
    const there = this.#numbers.filter((_, i) => (this.#areas[i] ?? 0) >= least);
    return best(there, (number) => 1 - (this.#roleOf(number)?.lights[number & 255] ?? 0));
  }

  #weigh(number: number): number {
    const area = this.#areas[this.#numbers.indexOf(number)] ?? 0;
    return area * (this.#roleOf(number)?.weights[number & 255] ?? 1);
  }

  #roleOf(number: number): PartRoles | undefined {
    return this.#roles[(number >> 8) - 1];
  }
}

/** The first with the highest score; 0 if there is none. */
function best(list: readonly number[], score: (one: number) => number): number {
  let found = 0;
  let most = 0;
  for (const one of list) {
    const value = score(one);
    if (value <= most + 1e-9) continue;
    found = one;
    most = value;
  }
  return found;
}
