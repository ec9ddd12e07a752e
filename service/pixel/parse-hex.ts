/**
 * Inside the passes a color is one number, 0xRRGGBB; at the API boundary it is text.
 * Transparent pixels have no color, so alpha is never part of it.
 */

/** Turns "#1a1c2c" (any case, "#" optional) into 0x1a1c2c. Throws a RangeError for anything else. */
export function parseHex(hex: string): number {
  const digits = /^#?([0-9a-f]{6})$/i.exec(hex)?.[1];
  if (digits === undefined) {
    throw new RangeError(`A color needs six hex digits, such as "#1a1c2c"; got ${JSON.stringify(hex)}.`);
  }
  return Number.parseInt(digits, 16);
}

/** Writes 0x1a1c2c as "#1a1c2c", in lower case. */
export function formatHex(color: number): string {
  return `#${color.toString(16).padStart(6, "0")}`;
}

/** Reads the color of the pixel whose first byte is at `offset` of RGBA data. */
export function colorAt(data: Uint8Array, offset: number): number {
  return (data[offset]! << 16) | (data[offset + 1]! << 8) | data[offset + 2]!;
}

/** Writes a color over the pixel whose first byte is at `offset`; its alpha stays. */
export function setColor(data: Uint8Array, offset: number, color: number): void {
  data[offset] = color >> 16;
  data[offset + 1] = (color >> 8) & 255;
  data[offset + 2] = color & 255;
}
