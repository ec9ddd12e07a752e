import { depths, findAppendages } from "./appendages.ts";
import { type Raster, shiftRows } from "./raster.ts";
import { type Rig, type RigMotion, sine, through } from "./rig.ts";
import { squash } from "./squash.ts";
import type { Subject } from "./subject.ts";
import { fadeAs, hurtAs } from "./whole.ts";

/** Ghosts, jellyfish, eyes: hovering, with a hem or tentacles that trail behind in waves. */
export const floater: Rig = (subject, action) => {
  if (action === "die") return fadeAs(subject);
  if (action === "hurt") return hurtAs(subject, drift(subject, 0));
  if (action === "attack") return dart(subject);
  if (action === "walk" || action === "run") return drift(subject, action === "run" ? 2 : 1);
  return action === "idle" || action === "hover" || action === "jump" ? drift(subject, 0) : null;
};

/** Where the hem begins, from the top: what hangs waves from there. Null for a round body, which ends in no hem. */
function hemOf(subject: Subject): number | null {
  const { box, height } = subject;
  const hanging = findAppendages(subject, 0.6).filter(
    ({ root, tip, length }) => tip.y > root.y && length >= 0.14 * height && tip.y > box.top + 0.7 * height,
  );
  if (hanging.length === 0 && isRound(subject)) return null;
  const first = Math.min(...hanging.map(({ root }) => root.y), box.top + 0.62 * height);
  return Math.max(box.top + 0.3 * height, first);
}

/** Narrower at its bottom and its top than in its middle. */
function isRound({ raster, box, width, height }: Subject): boolean {
  const widthAt = (share: number) => {
    const y = Math.round(box.top + share * (height - 1));
    let count = 0;
    for (let x = box.left; x <= box.right; x++) if (raster.pixels[y * raster.width + x] !== 0) count++;
    return count / width;
  };
  return widthAt(0.97) < 0.62 && widthAt(0.5) > 0.85;
}

/** Turns a ball a little: what is inside its rim moves to the side, most in the middle. */
function rolled({ raster, unit }: Subject, moment: number, amount: number): Raster {
  const depth = depths(raster);
  const pixels = raster.pixels.map((pixel, i) => {
    const inner = Math.min(1, Math.max(0, depth[i]! - 2) / 3);
    const from = i - Math.round(amount * 1.5 * unit * inner * sine(moment));
    return pixel !== 0 && depth[i]! > 2 && depth[from]! > 2 ? raster.pixels[from]! : pixel;
  });
  return { ...raster, pixels };
}

function wavy(
  subject: Subject,
  hem: number | null,
  { moment, amount }: { moment: number; amount: number },
): Raster {
  if (hem === null) return rolled(subject, moment, amount);
  const { raster, box, unit, height } = subject;
  const long = Math.max(2, box.bottom - hem);
  const most = amount * Math.max(1.2, Math.min(2.2 * unit, 0.4 * long));
  return shiftRows(raster, (y) => {
    const down = Math.max(0, (y - hem) / long);
    return most * Math.min(1, 1.3 * down) * sine(moment - (1.1 * (y - hem)) / Math.max(long, 0.4 * height));
  });
}

function drift(subject: Subject, speed: number): RigMotion {
  const { box, height, unit, facing } = subject;
  const hem = hemOf(subject);
  return (moment, amount) => {
    const waved = wavy(subject, hem, { moment, amount });
    const lean = facing * speed * unit * amount;
    const leaning = shiftRows(waved, (y) => lean * Math.min(1, (1.4 * (box.bottom - y)) / height));
    return {
      raster: squash(leaning, { rows: Math.max(0, -unit * sine(moment + 0.25)), columns: 0 }),
      pose: { lift: Math.round((unit + 0.6) * (1 - Math.cos(2 * Math.PI * moment)) * 0.9) },
    };
  };
}

function dart(subject: Subject): RigMotion {
  const { box, height, unit, facing } = subject;
  const hem = hemOf(subject);
  return (moment, amount) => {
    const waved = wavy(subject, hem, { moment: 2 * moment, amount });
    const lean = facing * through([0, -2, -3, 4, 4, 2, 0], moment) * unit * amount;
    const leaning = shiftRows(waved, (y) => (lean * (box.bottom - y)) / height);
    const rows = through([0, 2, 2, -2, -1, 0, 0], moment) * unit * amount;
    return {
      raster: squash(leaning, { rows, columns: 0.6 * rows }),
      pose: {
        dx: Math.round(facing * through([0, -1, -2, 3, 4, 2, 0], moment) * unit),
        lift: Math.round(through([0, 1, 2, 1, 0, 0, 0], moment) * unit),
      },
    };
  };
}
