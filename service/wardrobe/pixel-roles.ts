import type { WornPart } from "./worn-parts.ts";

/** What belongs together when a frame is made smaller: the head has its own grid, a blade must not vanish. */
export type Group = "body" | "head" | "held";

const HEAD = new Set([
  "head",
  "hair",
  "beard",
  "hat",
  "hat-trim",
  "helmet",
  "ears",
  "horns",
  "eyewear",
  "face",
  "mask",
]);
const THIN = new Set(["weapon", "ammo"]);

/** What reducing needs to know of a worn part. */
export interface PartRoles {
  group: Group;
  /** Drawn in lines so thin that they need no outline, and vanish by fair votes. */
  thin: boolean;
  /** By color number: how much a pixel of it counts against others. */
  weights: Float32Array;
  /** By color number: lightness, 0 to 1, as the part is worn. */
  lights: Float32Array;
  /** By color number: 0 is no eye, 1 is its dark side, 2 its iris, 3 its light. */
  eyes: Uint8Array;
  /** By color number: the number of a color of its material that is two steps darker, but not the outline. */
  shades: Uint8Array;
}

/** Outlines are one pixel wide: counted in full, they would fill what is small. */
const OUTLINE = 0.6;
/** Small marks on a head, which are eyes and teeth, and the beard that makes an old man. */
const MARK = 1.8;
const BEARD = 1.3;
/** A blade is as thin as its outline, and it is the blade that shines. */
const BLADE = 2;

/** Whether what is worn in a slot turns with the head. */
export function isOnHead(slot: string): boolean {
  return HEAD.has(slot);
}

/** Reads from its materials what each color of a part is. */
export function rolesOf({ part, table }: WornPart): PartRoles {
  const thin = THIN.has(part.slot);
  const group: Group = HEAD.has(part.slot) ? "head" : thin || part.slot === "shield" ? "held" : "body";
  const count = part.palette.length + 1;
  const weights = new Float32Array(count).fill(part.slot === "beard" ? BEARD : 1);
  const lights = Float32Array.from(table, lightness);
  const eyes = new Uint8Array(count);
  const shades = Uint8Array.from({ length: count }, (_, i) => i);
  const named = new Set<number>();
  for (const { material, positions } of part.materials) {
    const darkFirst = Object.entries(positions).sort(([, a], [, b]) => a - b);
    for (const [key, position] of Object.entries(positions)) {
      const number = Number(key);
      named.add(number);
      const shade = darkFirst.find(([, other]) => other >= Math.max(1, position - 2));
      if (shade && material !== "eye") shades[number] = Number(shade[0]);
      if (material === "eye") eyes[number] = Math.min(3, position + 1);
      else if (position === 0) weights[number] = (weights[number] ?? 1) * OUTLINE;
    }
  }
  for (let number = 1; number < count; number++) {
    const mark = (eyes[number] ?? 0) > 0 || (part.slot === "head" && !named.has(number));
    if (mark) weights[number] = MARK;
    if (thin && (lights[number] ?? 0) > 0.45) weights[number] = BLADE;
  }
  return { group, thin, weights, lights, eyes, shades };
}

/** Rec. 601 luma of 0xRRGGBB: 0 to 1. */
function lightness(color: number): number {
  return (0.299 * (color >> 16) + 0.587 * ((color >> 8) & 255) + 0.114 * (color & 255)) / 255;
}
