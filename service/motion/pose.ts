/** Rows removed from a drawing (or, if negative, inserted) at a place: 0 is its top, 1 its bottom row. */
export interface RowEdit {
  at: number;
  rows: number;
}

/**
 * The pose of a still in one frame, in whole pixels. Everything stands on the baseline: removing rows lowers what is
 * above them, and nothing below moves.
 */
export interface Pose {
  /** To the right. */
  dx: number;
  /** Off the ground. */
  lift: number;
  /** The top row leans this far to the right, the bottom row not at all. */
  lean: number;
  /** Columns added (wider) or removed, spread evenly. */
  columns: number;
  /** Rows removed, spread evenly over the drawing: squash; negative values stretch. */
  squash: number;
  /** Rows removed or inserted at one place. */
  edits: readonly RowEdit[];
  /** How far the left and the right half of the bottom third are lifted. */
  legs: readonly [left: number, right: number];
  /** Mirrored horizontally. */
  mirrored: boolean;
  /** Share of the pixels that stay, in an ordered pattern; 1 = all. */
  keep: number;
  /** Steps that colors move along their ramps and back, lighter ones first. */
  cycle: number;
  /** Steps that colors move along their ramps toward the lightest, which stays. */
  glow: number;
  /** Everything except outlines in the lightest color. */
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
