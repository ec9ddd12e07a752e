import { biped } from "./biped.ts";
import { blob } from "./blob.ts";
import type { BodyPlan } from "./body-plan.ts";
import { chest, mimic } from "./chest.ts";
import { coin } from "./coin.ts";
import { crawler } from "./crawler.ts";
import { door } from "./door.ts";
import { flame } from "./flame.ts";
import { floater } from "./floater.ts";
import { flyer } from "./flyer.ts";
import { flag, plant } from "./plant.ts";
import { quadruped } from "./quadruped.ts";
import type { Rig } from "./rig.ts";
import { serpent } from "./serpent.ts";
import { swimmer } from "./swimmer.ts";

/** The rig of every body plan. */
export const RIGS: Readonly<Record<BodyPlan, Rig>> = {
  blob,
  floater,
  flyer,
  quadruped,
  serpent,
  swimmer,
  crawler,
  biped,
  mimic,
  chest,
  door,
  coin,
  flame,
  plant,
  flag,
};
