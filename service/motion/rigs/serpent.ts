import { type Raster, shiftColumns, shiftRows } from "./raster.ts";
import { type Rig, type RigMotion, sine, swell, through } from "./rig.ts";
import { squash } from "./squash.ts";
import type { Subject } from "./subject.ts";
import { hurtAs, meltAs } from "./whole.ts";

/** Snakes and worms: a wave travels from head to tail, in the direction in which they lie. */
export const serpent: Rig = (subject, action) => {
  if (action === "die") return meltAs(subject);
  if (action === "hurt") return hurtAs(subject, slither(subject, 0.6));
  if (action === "walk" || action === "run") return slither(subject, action === "run" ? 1.5 : 1);
  if (action === "attack") return strike(subject);
  if (action === "jump") return strike(subject);
  return action === "idle" || action === "hover" ? weave(subject) : null;
};

/** Whether it lies along the ground rather than rising from a coil. */
const isLong = ({ width, height }: Subject): boolean => width >= 1.25 * height;

function wave(subject: Subject, moment: number, far: number): Raster {
  const { raster, box, width, height, facing } = subject;
  if (isLong(subject)) {
    return shiftColumns(raster, (x) => {
      const behind = (facing > 0 ? box.right - x : x - box.left) / width;
      return -far * (0.5 + 0.5 * sine(moment - 1.3 * behind));
    });
  }
  return shiftRows(raster, (y) => {
    const up = (box.bottom - y) / height;
    return far * (0.35 + 0.65 * up) * sine(moment - 1.1 * up);
  });
}

function slither(subject: Subject, pace: number): RigMotion {
  const { unit, facing } = subject;
  return (moment, amount) => ({
    raster: wave(subject, moment, 1.6 * unit * amount * (0.6 + 0.4 * pace)),
    pose: { dx: Math.round(facing * unit * 0.8 * sine(2 * moment)) },
  });
}

/** Sways with its head, its coil at rest. */
function weave(subject: Subject): RigMotion {
  const { raster, box, height, unit } = subject;
  return (moment, amount) => {
    const far = 1.5 * unit * amount;
    const swaying = shiftRows(raster, (y) => {
      const up = Math.max(0, (box.bottom - y) / height - 0.3) / 0.7;
      return far * up * sine(moment - 0.3 * up);
    });
    return { raster: squash(swaying, { rows: unit * swell(2 * moment) * 0.7, columns: 0 }), pose: {} };
  };
}

/** Draws its head back and darts it forward; the coil stays. */
function strike(subject: Subject): RigMotion {
  const { raster, box, height, width, unit, facing } = subject;
  return (moment, amount) => {
    const out = through([0, -2, -3, 5, 5, 2, 0], moment) * unit * amount;
    const bent = shiftRows(raster, (y) => facing * out * Math.max(0, (box.bottom - y) / height) ** 1.2);
    const rows = through([0, 1, 2, 1, 1, 0, 0], moment) * unit * amount;
    const dx = isLong(subject) ? facing * through([0, -1, -1, 2, 2, 1, 0], moment) * unit : 0;
    return {
      raster: squash(bent, { rows, columns: isLong(subject) ? -0.3 * out * (width / height) * 0.5 : 0 }),
      pose: { dx: Math.round(dx) },
    };
  };
}
