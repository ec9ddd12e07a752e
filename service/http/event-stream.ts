import { isFinal, type Job } from "../../shared/job.ts";
import type { StampedEvent } from "../events/bus.ts";
import type { HttpDeps } from "./deps.ts";
import { compactJob } from "./job-answer.ts";

/** Interval in ms of a comment line that keeps proxies awake and reveals dead clients. */
const HEARTBEAT_MS = 15_000;
/** A client that leaves more than this unread is disconnected. It can resume by event id. */
const MOST_UNREAD_BYTES = 1024 * 1024;
/** Jobs in a snapshot of all events: those that are not final, and the newest. */
const SNAPSHOT_JOBS = 50;

export interface EventStreamOptions {
  deps: Pick<HttpDeps, "events" | "jobs" | "stopped">;
  /** Only this job's events, until it is final; null = all events. */
  jobId: string | null;
  /** The last event the client has seen; null = it is new. */
  lastEventId: number | "unknown" | null;
  /** Closes the connection of a client that does not read. */
  drop: () => void;
  onEnd: () => void;
}

/**
 * Opens a stream of server-sent events (HTML standard, section 9.2). It begins with the state: `snapshot` for a new
 * client, `reset` for one that missed more events than are kept, nothing for one that resumes. Then come the events as
 * they happen. Events are hints, so each heartbeat checks the state of the job as well.
 */
export function openEventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = (): void => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const push = (text: string): void => {
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) > 0) return;
          end();
          options.drop();
        };
        end = follow(options, { push, close: () => controller.close() });
      },
      cancel: () => end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MOST_UNREAD_BYTES }),
  );
}

interface Sink {
  push: (text: string) => void;
  close: () => void;
}

/** Feeds a sink until the stream is over. Returns a function that ends it. */
function follow(options: EventStreamOptions, sink: Sink): () => void {
  const { deps, jobId, onEnd } = options;
  // Events that arrive before the first state was sent wait here.
  let waiting: StampedEvent[] | null = [];
  let over = false;
  const unsubscribe = deps.events.subscribe((stamped) => (waiting ? waiting.push(stamped) : send(stamped)));
  const heartbeat = setInterval(() => void beat().catch(finish), HEARTBEAT_MS);

  const end = (): void => {
    if (over) return;
    over = true;
    unsubscribe();
    clearInterval(heartbeat);
    deps.stopped.removeEventListener("abort", finish);
    onEnd();
  };
  const finish = (): void => {
    if (over) return;
    end();
    sink.close();
  };
  const push = (text: string): void => {
    if (!over) sink.push(text);
  };
  function send({ id, event }: StampedEvent): void {
    if (over || (jobId !== null && !("job_id" in event && event.job_id === jobId))) return;
    push(block(event.type, event, id));
    if (jobId !== null && event.type === "job.state" && isFinal(event.status)) finish();
  }
  async function pushState(name: "snapshot" | "reset"): Promise<void> {
    const id = deps.events.lastId();
    const jobs = await currentJobs(options);
    push(block(name, { jobs }, id));
    if (jobId !== null && jobs.every((job) => isFinal(job.status))) finish();
  }
  async function beat(): Promise<void> {
    push(": heartbeat\n\n");
    if (jobId !== null && (await currentJobs(options)).every((job) => isFinal(job.status)))
      await pushState("snapshot");
  }
  async function begin(): Promise<void> {
    const missed = missedEvents(options);
    if (Array.isArray(missed)) for (const stamped of missed) send(stamped);
    else await pushState(missed);
    const held = waiting ?? [];
    waiting = null;
    for (const stamped of held) send(stamped);
  }

  deps.stopped.addEventListener("abort", finish);
  push("retry: 2000\n\n");
  begin().catch(finish);
  return end;
}

/** The events a resuming client missed, or the name of the state that it must be sent. */
function missedEvents({ deps, lastEventId }: EventStreamOptions): StampedEvent[] | "snapshot" | "reset" {
  if (lastEventId === null) return "snapshot";
  const missed = lastEventId === "unknown" ? "gap" : deps.events.since(lastEventId);
  return missed === "gap" ? "reset" : missed;
}

async function currentJobs({ deps, jobId }: EventStreamOptions): Promise<Job[]> {
  if (jobId !== null) {
    const job = await deps.jobs.get(jobId);
    return job === null ? [] : [compactJob(job)];
  }
  // In the order of a job's life, so that one that starts in between is in one of the lists.
  const lists = await Promise.all([
    deps.jobs.list({ state: "queued", limit: SNAPSHOT_JOBS }),
    deps.jobs.list({ state: "running", limit: SNAPSHOT_JOBS }),
    deps.jobs.list({ limit: SNAPSHOT_JOBS }),
  ]);
  return [...new Map(lists.flat().map((job) => [job.id, compactJob(job)])).values()];
}

/** One event on the wire. JSON has no line breaks, so one data line is enough. */
function block(name: string, data: unknown, id: number): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
