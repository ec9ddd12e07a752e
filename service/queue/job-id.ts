import { randomInt } from "node:crypto";

const TIME_DIGITS = 9;
const RANDOM_DIGITS = 7;

/**
 * Makes a job id: `job_`, nine base-36 digits of the time and seven random ones, so that ids sort by age (like ULIDs)
 * and a folder listing is chronological. `now` is in ms since 1970.
 */
export function newJobId(now: number, random: (max: number) => number = randomInt): string {
  const time = Math.floor(now).toString(36).padStart(TIME_DIGITS, "0").slice(-TIME_DIGITS);
  let tail = "";
  for (let i = 0; i < RANDOM_DIGITS; i++) tail += random(36).toString(36);
  return `job_${time}${tail}`;
}
