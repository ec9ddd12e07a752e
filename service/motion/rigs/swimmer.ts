import { mapColumns, type Raster, scaleRows, shiftColumns } from "./raster.ts";
import { type Rig, type RigMotion, sine, through } from "./rig.ts";
import type { Subject } from "./subject.ts";
import { hurtAs } from "./whole.ts";

/** Fish and sharks: the rear half swings from side to side, which shows as a tail that grows shorter and longer. */
export const swimmer: Rig = (subject, action) => {
  if (action === "die") return bellyUp(subject);
  if (action === "hurt") return hurtAs(subject, swim(subject, 1));
  if (action === "walk" || action === "idle" || action === "hover")
    return swim(subject, action === "idle" ? 0.7 : 1);
  if (action === "run") return swim(subject, 1.5);
  if (action === "attack") return snap(subject);
  return action === "jump" ? arc(subject) : null;
};

/** The tail turns behind this share of the length, from the head. */
const HIPS = 0.5;

/** Draws the tail half turned (1 = as drawn, 0.5 = half as long) and the body in a slight wave. */
function tailed(
  { raster, box, width, facing }: Subject,
  { turn, bend, phase }: { turn: number; bend: number; phase: number },
): Raster {
  const hips = facing > 0 ? box.right - HIPS * width : box.left + HIPS * width;
  const swung = mapColumns(raster, (x) => {
    const behind = facing * (hips - x);
    return behind <= 0 ? x : hips - facing * (behind / turn);
  });
  return shiftColumns(swung, (x) => {
    const behind = Math.max(0, Math.min(1, (facing * (hips - x)) / (width * HIPS) + 0.3));
    return bend * behind * sine(phase - 0.35 * behind);
  });
}

function swim(subject: Subject, pace: number): RigMotion {
  const { unit } = subject;
  return (moment, amount) => ({
    raster: tailed(subject, {
      turn: 1 - 0.34 * Math.min(1, pace) * (0.5 - 0.5 * Math.cos(4 * Math.PI * moment)),
      bend: 1.5 * unit * pace * amount,
      phase: moment,
    }),
    pose: { lift: Math.round(unit * (0.5 + 0.5 * sine(moment + 0.6))) },
  });
}

function snap(subject: Subject): RigMotion {
  const { unit, facing } = subject;
  return (moment, amount) => ({
    raster: tailed(subject, {
      turn: through([1, 0.7, 0.6, 1, 0.75, 1, 1], moment),
      bend: 2 * unit * amount * (moment > 0 && moment < 1 ? 1 : 0),
      phase: 2 * moment,
    }),
    pose: {
      dx: Math.round(facing * through([0, -1, -3, 3, 4, 2, 0], moment) * unit),
      lean: Math.round(-facing * through([0, 0.5, 1, -1, -1, 0, 0], moment) * unit),
    },
  });
}

function arc(subject: Subject): RigMotion {
  const { unit, height, box, width, facing } = subject;
  return (moment, amount) => {
    const raster = tailed(subject, { turn: 0.8, bend: unit, phase: 2 * moment });
    const nose = through([0, -2, -2, 0, 2, 2, 0], moment) * unit * amount;
    return {
      raster: shiftColumns(raster, (x) => nose * ((facing * (x - (box.left + box.right) / 2)) / width)),
      pose: { lift: Math.round(0.45 * height * Math.sin(Math.PI * moment)) },
    };
  };
}

/** Turns over and drifts up. */
function bellyUp({ raster, box, height, unit }: Subject): RigMotion {
  const middle = (box.top + box.bottom) / 2;
  return (moment) => {
    const turned = through([1, 0.7, 0.2, -0.5, -0.9, -1, -1, -1], moment);
    const flat = (turned < 0 ? -1 : 1) * Math.max(0.25, Math.abs(turned));
    return {
      raster: scaleRows(raster, middle, flat),
      pose: {
        flash: moment > 0.04 && moment < 0.16,
        lift: Math.round(through([0, 0, 0, 0.5, 1, 1.5, 2], moment) * unit + 0.02 * height),
        keep: moment < 0.72 ? 1 : 1 - 0.5 * ((moment - 0.72) / 0.28),
      },
    };
  };
}
