/** 0 = lower terrain, 1 = the one in between, 2 = upper. */
export type Level = 0 | 1 | 2;

/** How many pixels around a tile are known as well: edges are drawn according to what is nearby. */
export const AROUND = 8;

export interface LevelQuestion {
  width: number;
  height: number;
  /** Distance to the border in pixels, positive in the upper terrain: see borderField. */
  field: (x: number, y: number) => number;
  /** Width in pixels of what lies in between, half of it on each side of the border; 0 = nothing. */
  band: number;
}

/** The terrain of each pixel of a tile and of the pixels around it. */
export interface LevelMap {
  at(x: number, y: number): Level;
}

/**
 * Decides the terrain of each pixel. Beyond the tile, the field continues as it is on the tile's edge, which is what the
 * neighbor has there. Bumps and notches of a single pixel are removed.
 */
export function mapLevels({ width, height, field, band }: LevelQuestion): LevelMap {
  const columns = width + 2 * AROUND;
  const rows = height + 2 * AROUND;
  let levels = new Uint8Array(columns * rows);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const distance = field(x + 0.5, y + 0.5);
      const level = distance >= band / 2 ? 2 : band > 0 && distance >= -band / 2 ? 1 : 0;
      levels[(y + AROUND) * columns + x + AROUND] = level;
    }
  }
  const extend = (): void => {
    for (let y = 0; y < rows; y++) {
      const row = Math.max(AROUND, Math.min(AROUND + height - 1, y));
      for (let x = 0; x < columns; x++) {
        const column = Math.max(AROUND, Math.min(AROUND + width - 1, x));
        levels[y * columns + x] = levels[row * columns + column]!;
      }
    }
  };
  extend();
  for (let round = 0; round < 2; round++) {
    levels = withoutBumps(levels, columns, rows);
    extend();
  }
  return {
    at(x, y) {
      const column = Math.max(0, Math.min(columns - 1, x + AROUND));
      const row = Math.max(0, Math.min(rows - 1, y + AROUND));
      return levels[row * columns + column] as Level;
    },
  };
}

/** Width in pixels of a top: a step in a wall is narrower and stays bare. */
const TOP_WIDTH = 3;

/**
 * Puts the terrain in between on top of the upper terrain, wherever there is lower terrain (air) above: `depth` pixels,
 * and one more in columns for which `hangs` says so.
 */
export function capTops(levels: LevelMap, depth: number, hangs: (x: number) => boolean): LevelMap {
  const isTop = (x: number, y: number): boolean => levels.at(x, y) !== 0 && levels.at(x, y - 1) === 0;
  const widthFrom = (x: number, y: number, step: -1 | 1): number => {
    let row = y;
    for (let width = 0; width < TOP_WIDTH; width++) {
      const next = [row, row - 1, row + 1].find((one) => isTop(x + step * (width + 1), one));
      if (next === undefined) return width;
      row = next;
    }
    return TOP_WIDTH;
  };
  return {
    at(x, y) {
      const level = levels.at(x, y);
      if (level !== 2) return level;
      const reach = depth + (hangs(x) ? 1 : 0);
      for (let up = 1; up <= reach; up++) {
        if (levels.at(x, y - up) !== 0) continue;
        const top = y - up + 1;
        return 1 + widthFrom(x, top, -1) + widthFrom(x, top, 1) >= TOP_WIDTH ? 1 : 2;
      }
      return 2;
    },
  };
}

/** A pixel takes the level that three or four of its neighbors share. */
function withoutBumps(levels: Uint8Array, columns: number, rows: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(levels);
  for (let y = 1; y < rows - 1; y++) {
    for (let x = 1; x < columns - 1; x++) {
      const at = y * columns + x;
      const [above, left] = [levels[at - columns]!, levels[at - 1]!];
      const [right, below] = [levels[at + 1]!, levels[at + columns]!];
      // If three of four are the same, one of the first two is among them.
      for (const level of [above, left]) {
        const alike =
          Number(above === level) +
          Number(left === level) +
          Number(right === level) +
          Number(below === level);
        if (level !== levels[at] && alike >= 3) result[at] = level;
      }
    }
  }
  return result;
}
