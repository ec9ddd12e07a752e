/** A worker process ended while it owed an answer. The same work may be tried again. */
export class WorkerDied extends Error {
  readonly retryable = true;
  /** Whether the work had begun: a process that died while it started or loaded did not die of the work. */
  readonly begun: boolean;

  constructor(reason: string, begun: boolean) {
    super(`The worker process ended (${reason}).`);
    this.name = "WorkerDied";
    this.begun = begun;
  }
}
