import type { NineSlice } from "../../shared/asset.ts";
import { clamp, fromOklch } from "../pixel/alter/oklch.ts";
import { createImage, type PixelImage } from "../pixel/image.ts";
import { toOklab } from "../pixel/oklab.ts";
import { setColor } from "../pixel/parse-hex.ts";
import { seededRandom } from "../pixel/random.ts";
import type { Tint } from "../pixel/tint.ts";
import { shade } from "../terrain/edge-colors.ts";
import { readPart, type UiPart } from "./read-part.ts";

/** A drawn part, and how it stretches: null if it does not. */
export interface DrawnPart {
  image: PixelImage;
  nineSlice: NineSlice | null;
}

/** Lightness of the five shades of a ramp against its own color. */
const STEPS = { line: -0.32, shadow: -0.13, face: 0, light: 0.09, glint: 0.18 };
type Ramp = Record<keyof typeof STEPS, number>;

/** Grays are slightly blue: radians in OKLCh. */
const NEUTRAL_HUE = 4.6;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a pixel lies in a box: pixels to its nearest edge (cut corners count), and whether light falls on that edge. */
interface Place {
  depth: number;
  isLit: boolean;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** What the seed decides about a part. */
interface Look {
  /** How much of the corners is cut off, in pixels. */
  corner: number;
  /** Width of borders in pixels. */
  rim: number;
  hasStuds: boolean;
}

class Sheet {
  readonly image: PixelImage;

  constructor(width: number, height: number) {
    this.image = createImage(width, height);
  }

  set(x: number, y: number, color: number): void {
    const offset = 4 * (y * this.image.width + x);
    setColor(this.image.data, offset, color);
    this.image.data[offset + 3] = 255;
  }

  /** Colors the pixels of a box with cut corners; null leaves one as it is. */
  fill({ x, y, width, height }: Box, corner: number, colorOf: (place: Place) => number | null): void {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const [left, right, top, bottom] = [column, width - 1 - column, row, height - 1 - row];
        const [side, end] = [Math.min(left, right), Math.min(top, bottom)];
        const depth = Math.min(side, end, side + end - corner);
        if (depth < 0) continue;
        const isLit = end <= side ? top <= bottom : left <= right;
        const color = colorOf({ depth, isLit, top, bottom, left, right });
        if (color !== null) this.set(x + column, y + row, color);
      }
    }
  }
}

/**
 * Draws a part of an interface by rules: hard edges, light from the top left, few colors. It fills the canvas; what has
 * a form of its own is centered. Null if the prompt names more than such a part. Pure.
 */
export function drawPart(
  prompt: string,
  { width, height, seed }: { width: number; height: number; seed: number },
): DrawnPart | null {
  const part = readPart(prompt);
  if (!part) return null;
  const random = seededRandom(seed);
  const edge = Math.min(width, height);
  const look = {
    corner: Math.min(3, Math.floor(random() * (edge < 16 ? 2 : 4))),
    rim: edge < 24 ? 2 : 2 + Math.floor(random() * 2) + Math.floor(edge / 48),
    hasStuds: random() < 0.5 && edge >= 24,
  };
  const sheet = new Sheet(width, height);
  const slices = DRAW[part.form](sheet, part, look);
  const stretches = slices && slices.left + slices.right < width && slices.top + slices.bottom < height;
  return { image: sheet.image, nineSlice: stretches ? slices : null };
}

const DRAW: Record<UiPart["form"], (sheet: Sheet, part: UiPart, look: Look) => NineSlice | null> = {
  button: drawButton,
  panel: drawPanel,
  frame: drawPanel,
  window: drawWindow,
  bar: drawBar,
  slot: (sheet, part, look) => drawSlot(sheet, part, { ...look, box: square(sheet) }),
  cursor: drawCursor,
  checkbox: drawCheckbox,
};

function rampOf({ hue, chroma, lightness }: Tint): Ramp {
  const own = fromOklch({ l: clamp(lightness, 0.28, 0.9), c: chroma, h: hue ?? NEUTRAL_HUE });
  const at = (step: number): number => shade(toOklab(own), step);
  const { line, shadow, light, glint } = STEPS;
  return { line: at(line), shadow: at(shadow), face: own, light: at(light), glint: at(glint) };
}

/** The largest box of a form in the middle of the canvas: at most `share` as high as it is wide. */
function boxIn({ image: { width, height } }: Sheet, share: number): Box {
  const high = Math.min(height, Math.max(8, 2 * Math.round((width * share) / 2)));
  return { x: 0, y: Math.floor((height - high) / 2), width, height: high };
}

function square({ image: { width, height } }: Sheet, share = 1): Box {
  const edge = Math.max(6, Math.round(Math.min(width, height) * share));
  return { x: Math.floor((width - edge) / 2), y: Math.floor((height - edge) / 2), width: edge, height: edge };
}

/** Insets of a box that stretches inside its border, from the edges of the canvas. */
function slicesOf({ image }: Sheet, box: Box, inset: number): NineSlice {
  return {
    left: box.x + inset,
    top: box.y + inset,
    right: image.width - box.x - box.width + inset,
    bottom: image.height - box.y - box.height + inset,
  };
}

/** A raised face on a lip; pressed, it has sunk onto it. */
function drawButton(sheet: Sheet, { color, border, isPressed }: UiPart, { corner }: Look): NineSlice {
  const whole = boxIn(sheet, 0.5);
  const lip = Math.max(2, Math.round(whole.height / 8));
  const box = isPressed ? { ...whole, y: whole.y + lip - 1, height: whole.height - lip + 1 } : whole;
  const [low, base] = [isPressed ? 1 : lip, rampOf(color)];
  const { line } = rampOf(border);
  const rim = border === color ? null : rampOf(border);
  sheet.fill(box, corner, ({ depth, isLit, top, bottom }) => {
    if (depth === 0) return line;
    if (rim && depth === 1) return rim[isLit ? "light" : "face"];
    if (bottom <= low) return base.shadow;
    const first = rim ? 2 : 1;
    if (isPressed) return base[depth === first && isLit ? "shadow" : "face"];
    if (top === first) return base.glint;
    return base[
      depth === first ? (isLit ? "light" : "face") : top < (box.height - low) / 2 ? "light" : "face"
    ];
  });
  const slices = slicesOf(sheet, whole, corner + 3);
  return { ...slices, bottom: slices.bottom + lip };
}

/** A border in relief around a plain ground; a frame has no ground. */
function drawPanel(
  sheet: Sheet,
  { form, color, border }: UiPart,
  { corner, rim, hasStuds }: Look,
): NineSlice {
  const box = boxIn(sheet, 1);
  // What stands on it must be readable: the ground is less vivid than the border.
  const [ground, edge] = [rampOf({ ...color, chroma: 0.6 * color.chroma }), rampOf(border)];
  const inner = rim + 1;
  sheet.fill(box, corner, ({ depth, isLit }) => {
    if (depth === 0 || depth === inner) return edge.line;
    if (depth < inner)
      return edge[
        depth === 1 ? (isLit ? "glint" : "face") : depth === rim ? (isLit ? "face" : "shadow") : "face"
      ];
    if (form === "frame") return null;
    return ground[depth === inner + 1 && isLit ? "shadow" : "face"];
  });
  const stud = rim + 2;
  if (hasStuds) {
    for (const x of [box.x, box.x + box.width - stud - 1])
      for (const y of [box.y, box.y + box.height - stud - 1])
        sheet.fill({ x, y, width: stud + 1, height: stud + 1 }, 1, ({ depth, isLit }) =>
          depth === 0 ? edge.line : edge[depth === 1 ? (isLit ? "glint" : "shadow") : "light"],
        );
  }
  return slicesOf(sheet, box, Math.max(corner, hasStuds ? stud : 0) + inner + 1);
}

/** A panel under a title bar, with a square to close it. */
function drawWindow(sheet: Sheet, part: UiPart, look: Look): NineSlice {
  const slices = drawPanel(sheet, part, { ...look, rim: 1, hasStuds: false });
  const box = boxIn(sheet, 1);
  const high = Math.max(5, Math.round(box.height / 6));
  const [edge, ground] = [rampOf(part.border), rampOf(part.color)];
  const title = { x: box.x + 2, y: box.y + 2, width: box.width - 4, height: high };
  const cut = Math.max(0, look.corner - 2);
  sheet.fill(title, cut, ({ top, bottom }) =>
    bottom === 0 ? edge.line : edge[top === 0 ? "glint" : "light"],
  );
  const side = Math.max(3, high - 3);
  const cross = { x: title.x + title.width - side - 1 - cut, y: title.y + 1, width: side, height: side };
  sheet.fill(cross, 0, ({ depth }) => (depth === 0 ? edge.line : ground.glint));
  return {
    ...slices,
    top: Math.max(slices.top, title.y + high + 1),
    right: Math.max(slices.right, side + 4 + cut),
  };
}

/** A trough that is filled from the left. */
function drawBar(sheet: Sheet, { color, border, fill }: UiPart, { corner }: Look): null {
  const box = boxIn(sheet, 0.28);
  const cut = Math.min(2, corner);
  const [full, rim] = [
    rampOf(color),
    rampOf(border === color ? { hue: NEUTRAL_HUE, chroma: 0.02, lightness: 0.62 } : border),
  ];
  const filled = Math.round(fill * (box.width - 4));
  sheet.fill(box, cut, ({ depth, isLit, left, top, bottom }) => {
    if (depth === 0) return rim.line;
    if (depth === 1) return rim[isLit ? "glint" : "face"];
    if (left - 2 >= filled) return top === 2 ? 0x17141f : 0x2a2636;
    if (top === 2) return full.light;
    if (top === 3 && left > 2 && left - 2 < filled - 1) return full.glint;
    return full[bottom <= 1 + Math.round(box.height / 4) ? "shadow" : "face"];
  });
  return null;
}

/** A sunken square. */
function drawSlot(
  sheet: Sheet,
  { color, border }: UiPart,
  { corner, rim, box }: Look & { box: Box },
): NineSlice {
  const [ground, edge] = [rampOf(color), rampOf(border)];
  sheet.fill(box, Math.min(2, corner), ({ depth, isLit }) => {
    if (depth === 0) return edge.line;
    if (depth < rim) return edge[depth === 1 && isLit ? "glint" : "light"];
    if (depth === rim) return edge[isLit ? "line" : "face"];
    return ground[depth === rim + 1 && isLit ? "line" : "shadow"];
  });
  return slicesOf(sheet, box, rim + 2 + Math.min(2, corner));
}

function drawCheckbox(sheet: Sheet, part: UiPart, look: Look): null {
  const box = square(sheet, 0.75);
  const ground: Tint = { hue: part.border.hue, chroma: 0.02, lightness: 0.45 };
  drawSlot(sheet, { ...part, color: ground }, { ...look, rim: 2, box });
  if (!part.isChecked) return null;
  const mark = rampOf(part.color);
  const inset = Math.max(3, Math.round(box.width * 0.2));
  const size = box.width - 2 * inset;
  const thick = Math.max(2, Math.round(box.width / 8));
  const turn = Math.floor(size * 0.35);
  // A line down to the turn and up to the right, as thick in every column.
  for (let x = 0; x < size; x++) {
    const y =
      x < turn ? size - 1 - turn + x - Math.floor(thick / 2) : size - 1 - (x - turn) - Math.floor(thick / 2);
    for (let row = 0; row <= thick; row++) {
      const at = box.y + inset + y + row - Math.floor(thick / 2);
      sheet.set(box.x + inset + x, at, mark[row === 0 ? "glint" : row === thick ? "shadow" : "light"]);
    }
  }
  return null;
}

/** The outline of a cursor shows on any ground. */
const CURSOR_LINE = 0x1a1c2c;
/** Corners of an arrow that points to the top left, in nineteenths of its height. */
const ARROW = [
  [0, 0],
  [0, 16],
  [3.8, 12.6],
  [6.4, 18.6],
  [9.2, 17.4],
  [6.6, 11.6],
  [11.8, 11.6],
] as const;
const ARROW_END = [11.8, 11.6] as const;

function drawCursor(sheet: Sheet, { color }: UiPart): null {
  const { width, height } = sheet.image;
  const scale = Math.min((height - 1) / 19, (width - 1) / 12.5);
  const left = Math.floor((width - 12 * scale) / 2);
  const ramp = rampOf(color);
  const isIn = (x: number, y: number): boolean => isInside((x - left + 0.5) / scale, (y + 0.5) / scale);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isIn(x, y)) continue;
      const isLine = !isIn(x - 1, y) || !isIn(x + 1, y) || !isIn(x, y - 1) || !isIn(x, y + 1);
      sheet.set(x, y, isLine ? CURSOR_LINE : ramp[isIn(x + 2, y) && isIn(x, y + 2) ? "glint" : "face"]);
    }
  }
  return null;
}

/** Whether a point lies in the arrow: a ray to its right crosses the outline an odd number of times. */
function isInside(x: number, y: number): boolean {
  let isIn = false;
  let [x1, y1]: readonly [number, number] = ARROW_END;
  for (const [x2, y2] of ARROW) {
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isIn = !isIn;
    [x1, y1] = [x2, y2];
  }
  return isIn;
}
