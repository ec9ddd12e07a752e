/**
 * Coordinates in which equal distances look about equally large, even near black: OKLab with the lightness of
 * Björn Ottosson's "Okhsv and Okhsl" (2021), whose toe is linear near black, like that of CIELAB. OKLab alone
 * puts (0,0,0) and (5,5,5) farther apart than two clearly different grays, so noise in outlines would look like
 * colors. Chroma is scaled by the same factor as lightness. Then it is
 * stretched: OKLab rates chroma steps smaller than CIEDE2000 does (the deltaEOK2 of Color.js stretches a and b
 * by 2), and they are what separates two browns or grays of the same lightness.
 */
import { toOklab } from "../oklab.ts";

const K1 = 0.206;
const K2 = 0.03;
const K3 = (1 + K1) / (1 + K2);
const CHROMA = 1.5;

/** Writes the three coordinates of a color, 0xRRGGBB, into `out` at `offset`. 0.02 apart is just visible. */
export function writeLook(out: Float32Array | Float64Array, offset: number, color: number): void {
  const { l, a, b } = toOklab(color);
  const inner = K3 * l - K1;
  const toed = 0.5 * (inner + Math.sqrt(inner * inner + 4 * K2 * K3 * l));
  const shrink = l > 0 ? CHROMA * Math.min(1, toed / l) : 0;
  out[offset] = toed;
  out[offset + 1] = a * shrink;
  out[offset + 2] = b * shrink;
}
