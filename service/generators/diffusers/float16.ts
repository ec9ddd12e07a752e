/** Numbers from here on are infinite in 16 bits. */
const TOO_LARGE = 65_520;
/** The smallest number with all ten bits of precision. */
const LEAST_NORMAL = 2 ** -14;

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);
let table: Float32Array | null = null;

/** Rounds numbers to IEEE 754 binary16, to even where they lie between two. Node 20 has no Float16Array. */
export function toHalf(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) halves[i] = halfOf(values[i]!);
  return halves;
}

/** Reads IEEE 754 binary16. */
export function fromHalf(halves: Uint16Array): Float32Array {
  table ??= Float32Array.from({ length: 65_536 }, (_, half) => numberOf(half));
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = table[halves[i]!]!;
  return values;
}

function halfOf(value: number): number {
  float[0] = value;
  const word = bits[0]!;
  const sign = (word >>> 16) & 0x8000;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return sign | 0x7e00;
  if (size >= TOO_LARGE) return sign | 0x7c00;
  if (size < LEAST_NORMAL) {
    const steps = size * 2 ** 24;
    const whole = Math.floor(steps);
    const rest = steps - whole;
    return sign | (whole + Number(rest > 0.5 || (rest === 0.5 && (whole & 1) === 1)));
  }
  const half = ((((word >>> 23) & 0xff) - 112) << 10) | ((word >>> 13) & 0x3ff);
  const rest = word & 0x1fff;
  // A carry out of the ten bits raises the exponent, as it should.
  return sign | (half + Number(rest > 0x1000 || (rest === 0x1000 && (half & 1) === 1)));
}

function numberOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const part = half & 0x3ff;
  if (exponent === 31) return part === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * part * 2 ** -24 : sign * (1 + part / 1024) * 2 ** (exponent - 15);
}
