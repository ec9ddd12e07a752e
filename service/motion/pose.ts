/** Rows taken out of a drawing (or, negative, put in) at a place: 0 its top, 1 its lowest row. */
export interface RowEdit {
  at: number;
  rows: number;
}

/**
 * How a still is held in one frame, in whole pixels. Everything stands on the ground line: rows that are taken out
 * lower what is above them, and nothing below moves.
 */
export interface Pose {
  /** Towards the right. */
  dx: number;
  /** Off the ground. */
  lift: number;
  /** The highest row leans this far to the right, the lowest not at all. */
  lean: number;
  /** Columns more (wider) or fewer, spread evenly. */
  columns: number;
  /** Rows fewer, spread evenly over the drawing: squash; negative stretches. */
  squash: number;
  /** Rows taken out or put in at one place. */
  edits: readonly RowEdit[];
  /** How far the left and the right half of the lowest third are lifted. */
  legs: readonly [left: number, right: number];
  /** Mirrored from left to right. */
  mirrored: boolean;
  /** Share of the pixels that stay, in an ordered pattern; 1 = all. */
  keep: number;
  /** Steps that colors move along their ramps and back, to lighter ones first. */
  cycle: number;
  /** Steps that colors move along their ramps towards the lightest, which stays. */
  glow: number;
  /** Everything but outlines in the lightest color. */
  flash: boolean;
}

/** A still as it was drawn. */
export const REST: Pose = Object.freeze({
  dx: 0,
  lift: 0,
  lean: 0,
  columns: 0,
  squash: 0,
  edits: [],
  legs: [0, 0] as const,
  mirrored: false,
  keep: 1,
  cycle: 0,
  glow: 0,
  flash: false,
});
