import { boundsOf, scaleRows, shift, shiftRows } from "./raster.ts";
import { type RigMotion, through } from "./rig.ts";
import { squash } from "./squash.ts";
import type { Subject } from "./subject.ts";

/** Is knocked back, flashing, and recovers; `limbs` moves its parts meanwhile. */
export function hurtAs(subject: Subject, limbs: RigMotion | null): RigMotion {
  const { raster, unit, facing, height, box } = subject;
  return (moment, amount) => {
    const base = limbs ? limbs(moment, amount).raster : raster;
    const tilt = -facing * through([0, 2 * unit, 2 * unit, unit, 0], moment) * amount;
    const leaning = shiftRows(base, (y) => tilt * ((box.bottom - y) / height));
    const down = through([0, unit, unit, 0, 0], moment) * amount;
    return {
      raster: squash(leaning, { rows: down, columns: 0 }),
      pose: {
        dx: Math.round(-facing * through([0, 2 * unit, 3 * unit, unit, 0], moment)),
        flash: moment > 0.05 && moment < 0.3,
      },
    };
  };
}

/** Sinks into itself and lies flat, then dissolves but for a remainder: what is soft. */
export function meltAs({ raster, height, width }: Subject): RigMotion {
  return (moment, amount) => {
    const sunk = Math.min(1, moment / 0.7);
    return {
      raster: squash(raster, {
        rows: 0.68 * height * sunk ** 1.5,
        columns: 0.24 * width * sunk * amount,
      }),
      pose: { flash: moment > 0.04 && moment < 0.16, keep: fading(moment) },
    };
  };
}

/** Rolls over and lies on its back, then dissolves but for a remainder: what has legs. */
export function fallAs({ raster, box, height, facing, unit }: Subject): RigMotion {
  const middle = (box.top + box.bottom) / 2;
  return (moment) => {
    const turned = through([1, 0.8, 0.25, -0.5, -0.85, -0.85, -0.85, -0.85], moment);
    const flat = Math.abs(turned) < 0.3 ? 0.3 : Math.abs(turned);
    const rolled = scaleRows(raster, middle, flat * (turned < 0 ? -1 : 1));
    const bottom = boundsOf(rolled)?.bottom ?? box.bottom;
    return {
      raster: shift(rolled, 0, box.bottom - bottom),
      pose: {
        flash: moment > 0.04 && moment < 0.16,
        dx: Math.round(-facing * through([0, unit, 2 * unit, 2 * unit], moment)),
        lift: Math.round(through([0, 0.12, 0.1, 0, 0, 0], moment) * height),
        keep: fading(moment),
      },
    };
  };
}

/** Sinks slowly, swaying, and fades away: what floats. */
export function fadeAs({ raster, unit, box, height }: Subject): RigMotion {
  return (moment, amount) => {
    const wave = 1.5 * unit * amount;
    const bent = shiftRows(raster, (y) => {
      return wave * moment * Math.sin(2 * Math.PI * (moment + (box.bottom - y) / height));
    });
    return {
      raster: squash(bent, { rows: 0.35 * height * moment, columns: 0 }),
      pose: { flash: moment > 0.04 && moment < 0.16, keep: Math.max(0.1, 1 - moment ** 1.5) },
    };
  };
}

function fading(moment: number): number {
  return moment < 0.72 ? 1 : 1 - 0.5 * ((moment - 0.72) / 0.28);
}

/** Crouches, leaps and lands; `limbs` are drawn as in the air while it flies. */
export function jumpAs({ raster, unit, height }: Subject, flying: RigMotion | null): RigMotion {
  const high = Math.max(3, Math.round(0.36 * height));
  return (moment, amount) => {
    const air = moment > 0.25 && moment < 0.75;
    const base = flying && air ? flying(moment, amount).raster : raster;
    const rows = through([0, 2 * unit, 2.4 * unit, -unit, -unit, 0, -unit, 2.6 * unit, unit, 0], moment);
    return {
      raster: squash(base, { rows: amount * rows, columns: amount * Math.max(0, 0.5 * rows) }),
      pose: { lift: Math.round(through([0, 0, 0, 0.5, 0.9, 1, 0.6, 0, 0, 0], moment) * high) },
    };
  };
}

/** Draws back, lunges toward where it faces, and returns; `limbs` moves its parts meanwhile. */
export function lungeAs(subject: Subject, limbs: RigMotion): RigMotion {
  const { unit, facing } = subject;
  return (moment, amount) => {
    const frame = limbs(moment, amount);
    const dx = Math.round(facing * through([0, -unit, -2 * unit, 2 * unit, 3 * unit, 1.5 * unit, 0], moment));
    return { ...frame, pose: { ...frame.pose, dx } };
  };
}
