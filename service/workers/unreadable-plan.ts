/** A worker cannot read a stored plan, as after a crash of the disk or of another version of Node: plan the request again. */
export class UnreadablePlan extends Error {
  constructor(cause?: unknown) {
    super("The plan cannot be read.", { cause });
    this.name = "UnreadablePlan";
  }
}
