/** Why a stored plan cannot be drawn: its bytes cannot be read, or it was made with another wardrobe. */
export const PLAN_FAULTS = ["unreadable", "other-wardrobe"] as const;
export type PlanFault = (typeof PLAN_FAULTS)[number];

/** A worker cannot draw a stored plan, as after a crash of the disk or an upgrade: plan the request again. */
export class UnreadablePlan extends Error {
  readonly fault: PlanFault;

  constructor(fault: PlanFault = "unreadable", cause?: unknown) {
    super(`The plan cannot be drawn: ${fault}.`, { cause });
    this.name = "UnreadablePlan";
    this.fault = fault;
  }
}
