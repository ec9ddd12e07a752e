import { lightOf } from "./light.ts";
import { mapColumns, type Raster } from "./raster.ts";
import type { Rig } from "./rig.ts";
import type { Subject } from "./subject.ts";

/** Coins, rings and gems that turn about their upright axis: narrower, on edge, their back, and a glint once around. */
export const coin: Rig = (subject, action) => {
  if (action !== "spin" && action !== "idle" && action !== "hover") return null;
  // A heap of coins does not turn about one axis: a gleam runs over it.
  const draw = subject.view === "front" ? turner(subject) : gleam(subject);
  return (moment) => ({ raster: draw(moment), pose: {} });
};

function turner(subject: Subject): (moment: number) => Raster {
  const { raster, box, width, height } = subject;
  const axis = (box.left + box.right) / 2;
  const colors = countColors(raster);
  const light = colors.reduce((most, one) => (lightOf(one) > lightOf(most) ? one : most), colors[0]!);
  const dark = colors.reduce((most, one) => (lightOf(one) < lightOf(most) ? one : most), colors[0]!);
  const thick = Math.max(2, Math.round(width / 8));
  return (moment) => {
    const turned = Math.cos(2 * Math.PI * moment);
    const face = Math.max(0, Math.round(Math.abs(turned) * width));
    if (face <= thick + 1) return edge(subject, { thick, body: colors[0]!, light, dark });
    const factor = (face / width) * (turned < 0 ? -1 : 1);
    const seen = mapColumns(raster, (x) => axis + (x - axis) / factor);
    const glint = Math.abs(((moment + 0.12) % 1) - 0.12) < 1e-9 ? null : glance(moment, width);
    return glint === null ? seen : shine(seen, { at: axis + glint, height, top: box.top, light });
  };
}

function gleam({ raster, box, width, height }: Subject): (moment: number) => Raster {
  const light = countColors(raster).reduce((most, one) => (lightOf(one) > lightOf(most) ? one : most));
  return (moment) =>
    shine(raster, { at: box.left + (1.7 * moment - 0.35) * width, height, top: box.top, light });
}

/** The colors of a drawing, the most frequent first. */
function countColors({ pixels }: Raster): number[] {
  const counts = new Map<number, number>();
  for (const pixel of pixels) if (pixel !== 0) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]).map(([pixel]) => pixel);
}

/** Where the glint is as the face comes round, from the axis; null where there is none. */
function glance(moment: number, width: number): number | null {
  if (moment < 0.76) return null;
  return (0.9 - moment) * 2.4 * width;
}

function shine(
  raster: Raster,
  { at, height, top, light }: { at: number; height: number; top: number; light: number },
): Raster {
  const pixels = raster.pixels.slice();
  const { width } = raster;
  for (let y = top + 1; y < top + height - 1; y++) {
    const x = Math.round(at + (top + height / 2 - y) * 0.5);
    for (const near of [x, x + 1]) {
      const i = y * width + near;
      const inside =
        pixels[i] !== 0 &&
        pixels[i - 1] !== 0 &&
        pixels[i + 1] !== 0 &&
        pixels[i - width] !== 0 &&
        pixels[i + width] !== 0;
      if (inside) pixels[i] = light;
    }
  }
  return { ...raster, pixels };
}

/** The coin from its edge: as high as it is, a few pixels wide, lit in its middle. */
function edge(
  { raster, box }: Subject,
  { thick, body, light, dark }: { thick: number; body: number; light: number; dark: number },
): Raster {
  const pixels = new Uint32Array(raster.pixels.length);
  const left = Math.round((box.left + box.right + 1 - thick) / 2);
  for (let y = box.top; y <= box.bottom; y++) {
    for (let k = 0; k < thick; k++) {
      const rim = y === box.top || y === box.bottom || k === thick - 1;
      const lit = k === 0 && y > box.top + 2 && y < box.bottom - 2;
      pixels[y * raster.width + left + k] = rim ? dark : lit ? light : body;
    }
  }
  return { ...raster, pixels };
}
