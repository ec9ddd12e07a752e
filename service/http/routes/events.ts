import { setMaxListeners } from "node:events";
import { ServiceError } from "../../../shared/errors.ts";
import { isFinal } from "../../../shared/job.ts";
import type { HttpDeps } from "../deps.ts";
import { type EventStreamOptions, openEventStream } from "../event-stream.ts";
import type { RouteHandler } from "../route.ts";
import { createStreamSlots } from "../stream-slots.ts";
import { mustFind } from "./jobs.ts";

const STREAM_HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "X-Accel-Buffering": "no",
} as const;

/** Event streams: of everything, and of one job until it is final. */
export function eventRoutes(deps: HttpDeps): Record<"allEvents" | "jobEvents", RouteHandler> {
  const slots = createStreamSlots();
  // Each open stream listens to it. Their number is bounded, so this is not a leak.
  setMaxListeners(0, deps.stopped);
  const open = (options: Omit<EventStreamOptions, "deps" | "onEnd">, client: string): Response => {
    if (deps.stopping.aborted) throw new ServiceError("shutting-down", "The service is stopping.");
    const onEnd = slots.take(client);
    return new Response(openEventStream({ ...options, deps, onEnd }), { headers: STREAM_HEADERS });
  };
  const stream: RouteHandler = async ({ context, params, headers }) => {
    const jobId = params.id ?? null;
    const lastEventId = eventId(headers["Last-Event-ID"]);
    if (jobId !== null) {
      const job = await mustFind(deps, jobId);
      // 204 makes an EventSource stop reconnecting (HTML standard, section 9.2).
      if (lastEventId !== null && isFinal(job.status) && missedNothing(deps, jobId, lastEventId)) {
        return new Response(null, { status: 204 });
      }
    }
    if (context.req.method === "HEAD") return new Response(null, { headers: STREAM_HEADERS });
    return open({ jobId, lastEventId, drop: context.env.drop }, context.env.client);
  };
  return { allEvents: stream, jobEvents: stream };
}

/** Reads Last-Event-ID: its digits, "unknown" for anything else, or null if it is absent. */
function eventId(header: string | undefined): number | "unknown" | null {
  if (header === undefined || header === "") return null;
  return /^\d{1,16}$/.test(header) ? Number(header) : "unknown";
}

function missedNothing(
  deps: Pick<HttpDeps, "events">,
  jobId: string,
  lastEventId: number | "unknown",
): boolean {
  const missed = lastEventId === "unknown" ? "gap" : deps.events.since(lastEventId);
  return missed !== "gap" && !missed.some(({ event }) => "job_id" in event && event.job_id === jobId);
}
