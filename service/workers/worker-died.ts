/** A worker process ended before it answered. The same work may be tried again. */
export class WorkerDied extends Error {
  readonly retryable = true;
  /** Whether the work had begun: a process that dies while starting or loading did not die of the work. */
  readonly begun: boolean;

  constructor(reason: string, begun: boolean) {
    super(`The worker process ended (${reason}).`);
    this.name = "WorkerDied";
    this.begun = begun;
  }
}
