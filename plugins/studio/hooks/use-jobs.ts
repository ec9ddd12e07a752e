import { useEffect, useRef, useState } from "preact/hooks";
import type { ServiceEvent } from "../../../shared/events.ts";
import type { Job } from "../../../shared/job.ts";
import { followEvents } from "../../client/events.ts";
import { getJson, service } from "../api/client.ts";

export interface Jobs {
  /** Newest first. */
  list: Job[];
  /** Whether the service's events arrive. */
  live: boolean;
  /** Looks at a job right now: for one that was just submitted. */
  refresh(id: string): void;
}

export const isOpen = ({ status }: Pick<Job, "status">): boolean =>
  status === "queued" || status === "running";

/**
 * Follows all jobs of the service over its event stream and resumes where a broken one ended. `onFinal` hears of each
 * job that ends while the page is open.
 */
export function useJobs(onFinal: (job: Job) => void): Jobs {
  const [jobs, setJobs] = useState<ReadonlyMap<string, Job>>(new Map());
  const [live, setLive] = useState(false);
  const hear = useRef(onFinal);
  hear.current = onFinal;

  const put = (job: Job): void => setJobs((before) => new Map(before).set(job.id, job));
  const refresh = (id: string): void => {
    getJson<Job>(`/v1/jobs/${id}`).then(
      (job) => {
        put(job);
        if (!isOpen(job)) hear.current(job);
      },
      () => {},
    );
  };

  useEffect(() => {
    const stop = new AbortController();
    const take = (name: string, data: unknown): void => {
      if (name === "snapshot" || name === "reset") {
        for (const job of (data as { jobs: Job[] }).jobs) put(job);
        return;
      }
      const event = data as ServiceEvent;
      if (event.type === "job.state") refresh(event.job_id);
      if (event.type === "job.progress") {
        const { job_id: id, progress } = event;
        setJobs((before) => {
          const job = before.get(id);
          return job ? new Map(before).set(id, { ...job, progress }) : before;
        });
      }
    };
    void followEvents(service, {
      path: "/v1/events",
      signal: stop.signal,
      onEvent: ({ name, data }) => take(name, JSON.parse(data)),
      onLive: setLive,
    });
    return () => stop.abort();
  }, []);

  const list = [...jobs.values()].sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  return { list, live, refresh };
}
