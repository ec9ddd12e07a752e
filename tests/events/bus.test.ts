import { expect, test } from "vitest";
import { createEventBus, type StampedEvent } from "../../service/events/bus.ts";
import type { ServiceEvent } from "../../shared/events.ts";

const START = 1_700_000_000_000;

function busOf(capacity: number, now = START) {
  const errors: unknown[] = [];
  const bus = createEventBus({ capacity, now: () => now, onListenerError: (error) => errors.push(error) });
  return { bus, errors };
}

function state(jobId: string): ServiceEvent {
  return { type: "job.state", job_id: jobId, status: "queued", asset_id: null };
}

const jobsOf = (events: StampedEvent[] | "gap"): unknown =>
  events === "gap" ? events : events.map(({ event }) => ("job_id" in event ? event.job_id : null));

test("ids grow by one and listeners get each event once, in order", () => {
  const { bus } = busOf(10);
  const seen: StampedEvent[] = [];
  const unsubscribe = bus.subscribe((stamped) => seen.push(stamped));
  const ids = ["a", "b", "c"].map((job) => bus.publish(state(job)).id);
  unsubscribe();
  bus.publish(state("d"));
  expect(ids).toEqual([ids[0], (ids[0] ?? 0) + 1, (ids[0] ?? 0) + 2]);
  expect(seen.map((stamped) => stamped.id)).toEqual(ids);
  expect(bus.lastId()).toBe((ids[2] ?? 0) + 1);
});

test("a client that resumes gets exactly what it missed", () => {
  const { bus } = busOf(10);
  const first = bus.publish(state("a")).id;
  bus.publish(state("b"));
  bus.publish(state("c"));
  expect(jobsOf(bus.since(first))).toEqual(["b", "c"]);
  expect(jobsOf(bus.since(bus.lastId()))).toEqual([]);
  expect(jobsOf(bus.since(first - 1))).toEqual(["a", "b", "c"]);
});

test("a client that was away for longer than events are kept is told so", () => {
  const { bus } = busOf(3);
  const first = bus.publish(state("a")).id;
  for (const job of ["b", "c", "d"]) bus.publish(state(job));
  expect(jobsOf(bus.since(first))).toEqual(["b", "c", "d"]);
  bus.publish(state("e"));
  expect(bus.since(first)).toBe("gap");
  expect(jobsOf(bus.since(first + 1))).toEqual(["c", "d", "e"]);
});

test("an id from an earlier process, or from none, is a gap; ids after a restart are higher", () => {
  const before = busOf(3).bus;
  for (let i = 0; i < 500; i++) before.publish(state("a"));
  const after = busOf(3, START + 1).bus;
  expect(after.since(before.lastId())).toBe("gap");
  expect(after.since(after.lastId() + 1)).toBe("gap");
  expect(after.publish(state("b")).id).toBeGreaterThan(before.lastId());
  expect(Number.isSafeInteger(after.lastId())).toBe(true);
});

test("a listener that throws does not keep others from getting the event", () => {
  const { bus, errors } = busOf(3);
  const seen: number[] = [];
  bus.subscribe(() => {
    throw new Error("broken pipe");
  });
  bus.subscribe((stamped) => seen.push(stamped.id));
  bus.publish(state("a"));
  expect(seen).toEqual([bus.lastId()]);
  expect(errors).toHaveLength(1);
});

test("a listener that unsubscribes while it is called only removes itself", () => {
  const { bus } = busOf(3);
  const seen: string[] = [];
  const leave = bus.subscribe(() => {
    seen.push("once");
    leave();
  });
  bus.subscribe(() => seen.push("always"));
  bus.publish(state("a"));
  bus.publish(state("b"));
  expect(seen).toEqual(["once", "always", "always"]);
});
