import { lightOf } from "./light.ts";
import { type Raster, scaleRows, shift, stack } from "./raster.ts";
import { type Rig, type RigMotion, swell, through } from "./rig.ts";
import { squash } from "./squash.ts";
import type { Subject } from "./subject.ts";
import { hurtAs, jumpAs, meltAs } from "./whole.ts";

/** Chests and boxes: the lid tilts back and shows a dark inside. */
export const chest: Rig = (subject, action) => {
  const seam = action === "open" || action === "close" ? findSeam(subject) : null;
  if (seam === null) return null;
  const lid = lidOf(subject, seam);
  return (moment, amount) => ({
    raster: lid((action === "open" ? moment : 1 - moment) * amount),
    pose: {},
  });
};

/** Chests that live: they bite and hop with their lid. */
export const mimic: Rig = (subject, action, miss) => {
  if (action === "die") return meltAs(subject);
  if (action === "open" || action === "close") return chest(subject, action, miss);
  const seam = findSeam(subject);
  if (seam === null) return null;
  const lid = lidOf(subject, seam);
  if (action === "attack") return bite(subject, lid);
  if (action === "walk" || action === "run") return hop(subject, lid);
  if (action === "jump") return jumpAs(subject, null);
  if (action === "hurt") return hurtAs(subject, null);
  return action === "idle"
    ? (moment, amount) => ({ raster: lid(0.3 * amount * swell(moment)), pose: {} })
    : null;
};

/** Draws a chest with its lid open by 0 to 1. */
type Lid = (open: number) => Raster;

/** The seam between lid and box, as the first row of the box: of the rows a third to half down, the one with most edge. */
function findSeam({ raster, box, height, width }: Subject): number | null {
  let best: { row: number; score: number } | null = null;
  for (let y = Math.round(box.top + 0.24 * height); y <= box.top + 0.56 * height; y++) {
    let edge = 0;
    for (let x = box.left; x <= box.right; x++) {
      const above = raster.pixels[(y - 1) * raster.width + x]!;
      const below = raster.pixels[y * raster.width + x]!;
      if (above !== 0 && below !== 0) edge += Math.min(0.5, Math.abs(lightOf(above) - lightOf(below)));
    }
    const score = edge / width;
    if (!best || score > best.score) best = { row: y, score };
  }
  return best && best.score > 0.04 ? best.row : null;
}

function lidOf({ raster, height }: Subject, seam: number): Lid {
  const { width } = raster;
  const keep = (holds: (y: number) => boolean): Raster => ({
    ...raster,
    pixels: raster.pixels.map((pixel, i) => (holds(Math.floor(i / width)) ? pixel : 0)),
  });
  const lid = keep((y) => y < seam);
  const rest = keep((y) => y >= seam);
  const colors = [...new Set(raster.pixels)].filter((pixel) => pixel !== 0);
  const dark = colors.reduce((most, one) => (lightOf(one) < lightOf(most) ? one : most), colors[0]!);
  const most = Math.max(2, Math.round(0.46 * height));
  return (open) => {
    const gap = Math.round(open * most);
    if (gap <= 0) return raster;
    const up = Math.round(gap * 0.7);
    const tilted = shift(scaleRows(lid, seam - 1, 1 - 0.42 * open), 0, -up);
    const inside = fillInside(raster, { seam, up, dark });
    return stack(inside, tilted, rest, glint(raster, { seam, up, colors }));
  };
}

/** The dark inside, between the lid and the box, as wide as the box at its upper edge. */
function fillInside(raster: Raster, { seam, up, dark }: { seam: number; up: number; dark: number }): Raster {
  const { width } = raster;
  const pixels = new Uint32Array(raster.pixels.length);
  for (let y = seam - up; y < seam; y++)
    for (let x = 0; x < width; x++) if (raster.pixels[seam * width + x] !== 0) pixels[y * width + x] = dark;
  return { ...raster, pixels };
}

/** What glitters in the open chest: its brightest color in a low heap, if the lid is well open. */
function glint(
  raster: Raster,
  { seam, up, colors }: { seam: number; up: number; colors: readonly number[] },
): Raster {
  const { width } = raster;
  const pixels = new Uint32Array(raster.pixels.length);
  if (up < 3) return { ...raster, pixels };
  const shown = [...colors].sort((one, other) => warmth(other) - warmth(one));
  const [gold, other] = [shown[0]!, shown[1] ?? shown[0]!];
  const columns = Array.from({ length: width }, (_, x) => x).filter(
    (x) => raster.pixels[seam * width + x] !== 0,
  );
  const [left, right] = [columns[0] ?? 0, columns.at(-1) ?? 0];
  for (let x = left + 2; x <= right - 2; x++) {
    const part = (x - left) / Math.max(1, right - left);
    const heap = Math.round(Math.sin(Math.PI * part) * up * 0.5 + (x % 3 === 0 ? 0.4 : 0));
    for (let k = 1; k <= heap; k++) pixels[(seam - k) * width + x] = (x + k) % 3 === 0 ? other : gold;
  }
  return { ...raster, pixels };
}

/** How much a color looks like gold. */
function warmth(pixel: number): number {
  const [r, g, b] = [pixel >>> 24, (pixel >>> 16) & 255, (pixel >>> 8) & 255];
  return Math.min(r, 1.2 * g) - b + 0.25 * (r + g);
}

function bite(subject: Subject, lid: Lid): RigMotion {
  const { unit, facing } = subject;
  return (moment, amount) => ({
    raster: lid(amount * through([0, 0.6, 1, 1, 0, 0.5, 0, 0], moment)),
    pose: {
      dx: Math.round(facing * through([0, -1, -1, 2, 3, 2, 1, 0], moment) * unit),
      lift: Math.round(through([0, 0, 1, 2, 0, 0, 0, 0], moment) * unit),
    },
  });
}

function hop(subject: Subject, lid: Lid): RigMotion {
  const { unit } = subject;
  return (moment, amount) => ({
    raster: squash(lid(amount * through([0, 0, 0.2, 0.6, 0.7, 0.3, 0, 0, 0], moment)), {
      rows: amount * unit * through([0, 1, 1.5, 0, 0, 0, 0, 1.5, 0], moment),
      columns: 0,
    }),
    pose: { lift: Math.round(through([0, 0, 0, 2, 3, 2, 0, 0, 0], moment) * unit) },
  });
}
