import { shiftColumns, shiftRows } from "./raster.ts";
import { type Rig, type RigMotion, sine } from "./rig.ts";
import type { Subject } from "./subject.ts";

/** Trees, flowers, grass: they stand in the ground and sway, the top most; leaves follow a little later. */
export const plant: Rig = (subject, action) => {
  return action === "sway" || action === "idle" ? sway(subject) : null;
};

function sway({ raster, box, height, unit }: Subject): RigMotion {
  return (moment, amount) => {
    const far = 1.7 * unit * amount;
    return {
      raster: shiftRows(raster, (y) => {
        const up = (box.bottom - y) / height;
        return far * up ** 1.5 * (sine(moment - 0.12 * up) + 0.3 * sine(2 * moment - 0.5 * up));
      }),
      pose: {},
    };
  };
}

/** Flags and banners: waves run from the pole (the straighter side) to the free end. */
export const flag: Rig = (subject, action) => {
  if (action !== "sway" && action !== "idle") return null;
  const { raster, box, width, height, unit } = subject;
  const isLeft = columnHeight(subject, box.left + 1) >= columnHeight(subject, box.right - 1);
  const away = (x: number) => Math.max(0, (isLeft ? x - box.left : box.right - x) / width - 0.12);
  const far = Math.max(1, Math.min(1.8 * unit, 0.14 * height));
  return (moment, amount) => ({
    raster: shiftColumns(
      raster,
      (x) => far * amount * Math.min(1, 1.5 * away(x)) * sine(moment - 1.4 * away(x)),
    ),
    pose: {},
  });
};

function columnHeight({ raster, box }: Subject, x: number): number {
  let n = 0;
  for (let y = box.top; y <= box.bottom; y++) if (raster.pixels[y * raster.width + x] !== 0) n++;
  return n;
}
