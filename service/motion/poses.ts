import { type Pose, REST, type RowEdit } from "./pose.ts";

/** What a motion may depend on. */
export interface PoseContext {
  /** Has legs: it walks; otherwise it hops. */
  figure: boolean;
  /** Height of the drawing in pixels. */
  height: number;
  /** +1 to the right, -1 to the left: the direction of a lunge. */
  forward: 1 | -1;
  /** Frames of the whole motion. */
  count: number;
  /** Whether its first frame must be the still itself. */
  exactFirst: boolean;
}

/** The pose of a still at a moment: 0 to 1 (exclusive) in a loop, 0 to 1 (inclusive) if it plays once. */
export type Motion = (moment: number, context: PoseContext) => Pose;

/** One unit of movement: a pixel per 16 of height. */
function unit({ height }: PoseContext): number {
  return Math.max(1, Math.round(height / 16));
}

/** Shares of the height, from the top, above which a figure moves as one piece, for head, neck and waist. */
const CROWN = 0.2;
const NECK = 0.42;
const WAIST = 0.66;
const TURN = 2 * Math.PI;
const wave = (moment: number): number => Math.sin(TURN * moment);

/** Interpolates linearly along evenly spaced values. */
function along(values: readonly number[], moment: number): number {
  const place = moment * (values.length - 1);
  const index = Math.min(values.length - 2, Math.floor(place));
  const [from = 0, to = 0] = values.slice(index, index + 2);
  return Math.round(from + (to - from) * (place - index));
}

/**
 * Breathes: a wave runs from head to waist, each part sinking one pixel after the one above it, and rising the same way.
 * There are enough parts to give every frame a step of its own: two for 4 frames, four for 8.
 */
export const idle: Motion = (moment, { count, height }) => {
  const parts = Math.max(2, Math.min(Math.ceil(count / 2), Math.floor((WAIST - CROWN) * height)));
  const state = Math.floor(2 * parts * moment + 1e-9) % (2 * parts);
  const edits: RowEdit[] = [];
  for (let part = 0; part < parts; part++) {
    const sunk = isSunk(part, state, parts);
    const below = part + 1 < parts && isSunk(part + 1, state, parts);
    const at = parts === 2 && part === 0 ? NECK : CROWN + ((WAIST - CROWN) * (part + 1)) / parts;
    if (sunk !== below) edits.push({ at, rows: sunk ? 1 : -1 });
  }
  // From the bottom up, so that places above have not moved yet.
  return { ...REST, edits: edits.reverse() };
};

/** A part sinks when the wave reaches it and rises with the next one. */
function isSunk(part: number, state: number, parts: number): boolean {
  return state > part && state <= part + parts;
}

/** Lifts one leg after the other, higher in the middle of each step, where the body rises by a pixel too. */
export const walk: Motion = (moment, context) => {
  if (!context.figure) return hop(moment, context);
  const swing = wave(moment);
  const most = context.height >= 40 ? 3 : context.height >= 18 ? 2 : 1;
  const legs = [Math.round(most * Math.max(0, swing)), Math.round(most * Math.max(0, -swing))] as const;
  const edits = Math.abs(swing) > 0.8 ? [{ at: WAIST, rows: -1 }] : [];
  return { ...REST, legs, edits };
};

/** Like walk, with higher steps, a flight phase in each and a crouch where the feet switch. */
export const run: Motion = (moment, context) => {
  if (!context.figure) return hop(moment, context);
  const swing = wave(moment);
  const most = context.height >= 40 ? 5 : context.height >= 18 ? 4 : 2;
  const legs = [Math.round(most * Math.max(0, swing)), Math.round(most * Math.max(0, -swing))] as const;
  const flight = Math.abs(swing) > 0.8;
  const sunk = Math.abs(swing) < 0.4 && moment > 0;
  return { ...REST, legs, lift: flight ? unit(context) : 0, edits: sunk ? [{ at: WAIST, rows: 1 }] : [] };
};

/** Gathers, leaps, lands: squash and stretch of a body without legs. */
export const hop: Motion = (moment, context) => {
  const u = unit(context);
  return {
    ...REST,
    squash: along([0, 2 * u, -u, -u, 0, -u, 2 * u, u, 0], moment),
    columns: along([0, 2 * u, -u, 0, 0, 0, 2 * u, u, 0], moment),
    lift: along([0, 0, u, 3 * u, 4 * u, 2 * u, 0, 0, 0], moment),
  };
};

/** Crouches, takes off, flies, lands and stands up. */
export const jump: Motion = (moment, context) => {
  const { height } = context;
  const u = unit(context);
  const high = Math.max(3, Math.round(0.35 * height));
  const flying = moment > 0.3 && moment < 0.75;
  return {
    ...REST,
    squash: along([0, 2 * u, 3 * u, -u, -u, 0, -u, 3 * u, u, 0], moment),
    lift: along([0, 0, 0, 0.5 * high, 0.9 * high, high, 0.6 * high, 0, 0, 0], moment),
    legs: context.figure && flying ? [u, u] : [0, 0],
  };
};

/** Sinks by a quarter and stays there. */
export const crouch: Motion = (moment, { height, figure }) => {
  const depth = Math.max(2, Math.round(0.26 * height));
  const down = Math.round(depth * Math.min(1, 1.15 * moment));
  const legs = figure ? Math.round(0.6 * down) : 0;
  return {
    ...REST,
    edits: [{ at: 0.8, rows: legs }],
    squash: down - legs,
    columns: moment > 0.5 ? 2 : 0,
  };
};

/** Winds up, lunges, holds the blow and returns. */
export const attack: Motion = (moment, context) => {
  const u = unit(context);
  const { forward } = context;
  return {
    ...REST,
    dx: forward * along([0, -u, -u, 2 * u, 2 * u, u, 0], moment),
    lean: forward * along([0, -u, -2 * u, 2 * u, 3 * u, u, 0], moment),
    squash: along([0, u, u, -1, 0, 1, 0], moment),
  };
};

/** Flashes, is knocked back and recovers. */
export const hurt: Motion = (moment, context) => {
  const u = unit(context);
  const { forward } = context;
  return {
    ...REST,
    flash: moment > 0.05 && moment < 0.36,
    dx: -forward * along([0, 2 * u, 2 * u, u, 0], moment),
    lean: -forward * along([0, u, 2 * u, u, 0], moment),
    edits: moment > 0.4 && moment < 0.95 ? [{ at: WAIST, rows: 1 }] : [],
  };
};

/** Sinks to the ground, spreads and dissolves, except for a remainder. */
export const die: Motion = (moment, { height, forward }) => {
  const sunk = Math.min(1, moment / 0.7);
  return {
    ...REST,
    flash: moment > 0.05 && moment < 0.2,
    lean: -forward * Math.round(3 * Math.sin(Math.PI * Math.min(1, moment / 0.6))),
    squash: Math.round(0.72 * height * sunk * sunk),
    columns: Math.round(0.2 * height * sunk),
    keep: moment < 0.7 ? 1 : 1 - 0.55 * ((moment - 0.7) / 0.3),
  };
};

/** Rises on its toes while its colors glow along their ramps; sparks are drawn around it. */
export const cast: Motion = (moment, context) => {
  const u = unit(context);
  return {
    ...REST,
    edits: [{ at: WAIST, rows: -along([0, -1, u, u, u, u, 0], moment) }],
    glow: along([0, 0, 1, 2, 2, 1, 0], moment),
  };
};

/** Bursts: grows, glows through its ramps and dissolves. */
export const burst: Motion = (moment, { height, exactFirst }) => {
  const grown = exactFirst ? 1 : Math.min(1, 0.4 + moment / 0.5);
  const less = Math.round((1 - grown) * height);
  return {
    ...REST,
    squash: less,
    columns: -less,
    lift: Math.floor(less / 2),
    cycle: Math.floor(6 * moment),
    keep: moment <= 0.55 ? 1 : Math.max(0.14, 1 - 0.86 * ((moment - 0.55) / 0.45)),
  };
};

/** Burns: colors run along their ramps and the upper part flickers sideways. */
export const flicker: Motion = (moment, context) => {
  const u = unit(context);
  return {
    ...REST,
    cycle: Math.round(1 - Math.cos(TURN * moment)),
    lean: Math.round(u * wave(2 * moment)),
    edits: [{ at: 0.3, rows: -Math.round((u * (1 - Math.cos(TURN * moment))) / 2) }],
  };
};

export const sway: Motion = (moment, context) => {
  return { ...REST, lean: Math.round((unit(context) + 1) * wave(moment)) };
};

export const hover: Motion = (moment, context) => {
  return { ...REST, lift: Math.round((unit(context) + 0.5) * (1 - Math.cos(TURN * moment))) };
};

/** Turns around its vertical axis: narrower, edge-on, mirrored, and around again. */
export const spin: Motion = (moment, { height }) => {
  const turned = Math.cos(TURN * moment);
  const narrow = Math.round((1 - Math.max(0.14, Math.abs(turned))) * height);
  return { ...REST, columns: -narrow, mirrored: turned < -0.01 };
};

export const shake: Motion = (moment, context) => {
  const u = unit(context);
  return {
    ...REST,
    dx: Math.round(u * wave(2 * moment)),
    edits: wave(moment) < -0.5 ? [{ at: NECK, rows: 1 }] : [],
  };
};

export const pulse: Motion = (moment, context) => {
  const swell = 0.5 * (1 - Math.cos(TURN * moment));
  const more = Math.round(2 * unit(context) * swell);
  return { ...REST, squash: -more, columns: more, glow: Math.round(swell) };
};

export const blink: Motion = (moment) => ({ ...REST, flash: moment >= 0.45 && moment < 0.65 });

/** The upper part lifts off the lower one and stays up: lids, doors, shells. */
export const open: Motion = (moment, { height }) => {
  return { ...REST, edits: [{ at: 0.45, rows: -Math.round(0.3 * height * moment) }] };
};

/** The upper part comes down again. */
export const close: Motion = (moment, context) => open(1 - moment, context);

export const vanish: Motion = (moment) => ({ ...REST, keep: Math.max(0.07, 1 - moment) });
