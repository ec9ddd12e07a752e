/** Rows of a layout, and how many directions an action has there. */
export interface ActionPlace {
  frames: number;
  directions: readonly string[];
}

/** Cells that do not fit the usual ones: weapons that reach far. Their middle is the middle of the usual cell. */
export interface BigLayout {
  action: string;
  /** Edge in pixels. */
  cell: number;
  frames: number;
  directions: readonly string[];
  /** The body shows these frames of another action while the weapon plays its own. */
  body_action?: string;
  body_frames?: readonly number[];
}

/** One layer of a part: the cells of some actions, for one body or for all. */
export interface WardrobeSheet {
  body: "masculine" | "feminine" | "any";
  /** Depth: lower is further back. */
  z: number;
  layout: string;
  /** Action -> frames; a big layout has one action, which it names itself. */
  actions?: Readonly<Record<string, number>>;
  /** Where its cells lie in the whole cell: x, y, width, height. */
  box: readonly [number, number, number, number];
  /** Offset and length in bytes of its PNG in the pack. */
  at: readonly [number, number];
  /** Made by program from the walk of the part: see models/training/wardrobe/derive_moves.py. */
  derived?: boolean;
  /** The part whose drawing it follows: it is credited as well. */
  after?: string;
  /** There are no cells for east: they mirror west. */
  mirrored?: boolean;
}

/** Colors of a part that change together. */
export interface PartMaterial {
  /** Family of ramps; "any": no family fits. */
  material: string;
  /** Ramp that the part is drawn in; null for "any". */
  base: string | null;
  /** Color number -> position in a ramp, 0 is dark. */
  positions: Readonly<Record<string, number>>;
  /** Ramp it has of itself where that is not its base. */
  default?: string;
}

/** A garment, a head, a weapon: something that a character wears. */
export interface WardrobePart {
  id: string;
  slot: string;
  name: string;
  words: readonly string[];
  /** Color i + 1 of its sheets, as "#rrggbb"; 0 is transparent. */
  palette: readonly string[];
  materials: readonly PartMaterial[];
  /** Slots that it covers whole: a hood hides hair. */
  hides?: readonly string[];
  /** Action that a weapon is made for. */
  attack?: string;
  license: string;
  /** How strong the statement of the license is. */
  consent: string;
  sheets: readonly WardrobeSheet[];
}

/** What a wardrobe says of itself: index.json. */
export interface WardrobeIndex {
  /** Edge of a cell in pixels. */
  cell: number;
  /** Where a character stands in a cell, between the feet. */
  anchor: { x: number; y: number };
  /** In the order of the rows. */
  directions: readonly string[];
  layouts: Readonly<Record<string, { actions: Readonly<Record<string, ActionPlace>> }>>;
  big: Readonly<Record<string, BigLayout>>;
  /** The cycle of an action where it is not all of its frames. */
  loops: Readonly<Record<string, { first: number; frames: number }>>;
  /** Slots without which nobody stands: who lacks an action here shows another one, as a whole. */
  bearing_slots: readonly string[];
  /** Rows by which a character without a jump is moved, frame by frame. */
  hop: readonly number[];
  /** Action -> what stands in for it: "walk", "walk:0" (one frame), "walk:north" (one direction). */
  fallback: Readonly<Record<string, readonly string[]>>;
  parts: readonly WardrobePart[];
}

/** Family -> name -> colors from dark to light. */
export type Ramps = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
