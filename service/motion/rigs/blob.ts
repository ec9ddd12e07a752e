import { shiftRows } from "./raster.ts";
import { type Rig, type RigMotion, swell, through } from "./rig.ts";
import { squash } from "./squash.ts";
import type { Subject } from "./subject.ts";
import { hurtAs, jumpAs, meltAs } from "./whole.ts";

/** Slimes and all that is one soft piece: it keeps its volume (as much wider as it is lower) and its face. */
export const blob: Rig = (subject, action) => {
  if (action === "hurt") return hurtAs(subject, null);
  if (action === "die") return meltAs(subject);
  if (action === "jump") return jumpAs(subject, null);
  if (action === "attack") return pounce(subject);
  if (action === "walk" || action === "run") return hop(subject, action === "run" ? 1.4 : 1);
  return action === "idle" || action === "hover" ? jiggle(subject) : null;
};

/** As much wider as it gets lower. */
function press(subject: Subject, rows: number) {
  const { width, height } = subject;
  return { rows, columns: (0.7 * rows * width) / height };
}

function jiggle(subject: Subject): RigMotion {
  const { raster, unit } = subject;
  return (moment, amount) => ({
    raster: squash(raster, press(subject, amount * 2 * unit * swell(moment))),
    pose: {},
  });
}

function hop(subject: Subject, high: number): RigMotion {
  const { raster, unit, box, height, facing } = subject;
  return (moment, amount) => {
    const rows = through([0, 2, 3, -1, -1.5, -1, 0, 2.5, 1, 0], moment) * unit * amount;
    const lean = facing * through([0, -1, -1, 2, 1, 0, -1, 0, 0, 0], moment) * unit * amount;
    const leaning = shiftRows(raster, (y) => (lean * (box.bottom - y)) / height);
    return {
      raster: squash(leaning, press(subject, rows)),
      pose: { lift: Math.round(through([0, 0, 0, 2, 4, 4, 2, 0, 0, 0], moment) * unit * high) },
    };
  };
}

function pounce(subject: Subject): RigMotion {
  const { raster, unit, box, height, facing } = subject;
  return (moment, amount) => {
    const rows = through([0, 3, 4, -2, -1, 2, 0], moment) * unit * amount;
    const lean = facing * through([0, -2, -3, 4, 3, 1, 0], moment) * unit * amount;
    const leaning = shiftRows(raster, (y) => (lean * (box.bottom - y)) / height);
    return {
      raster: squash(leaning, press(subject, rows)),
      pose: {
        dx: Math.round(facing * through([0, -1, -1, 3, 3, 1, 0], moment) * unit),
        lift: Math.round(through([0, 0, 0, 2, 1, 0, 0], moment) * unit),
      },
    };
  };
}
