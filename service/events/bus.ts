import type { ServiceEvent } from "../../shared/events.ts";

/** An event with its place in the stream. Ids grow by one; they go over SSE as `id:`. */
export interface StampedEvent {
  id: number;
  event: ServiceEvent;
}

export interface EventBus {
  /** Gives the event the next id, keeps it for resumers and hands it to every listener. */
  publish(event: ServiceEvent): StampedEvent;
  /**
   * Returns the events after `id`, oldest first, or "gap" when some of them are no longer held (or `id` is
   * of another process): the client then reads the stored state anew.
   */
  since(id: number): StampedEvent[] | "gap";
  /** Calls the listener for each event from now on, until the returned function is called. */
  subscribe(listener: (stamped: StampedEvent) => void): () => void;
  /** The id of the newest event; before the first one, the id that it follows. */
  lastId(): number;
}

export interface EventBusOptions {
  /** Events that are kept for resuming clients; at least 1. */
  capacity: number;
  /** ms since 1970, read once: ids start there, so those of an earlier process are always lower. */
  now: () => number;
  /** Told about a listener that threw; the others are still called. */
  onListenerError: (error: unknown) => void;
}

/** Ids that one ms of the start time is worth: a process would need a million events a second to collide. */
const IDS_PER_MS = 1000;

/** Makes the event bus of a process. Events are hints: nobody may derive state from them alone. */
export function createEventBus({ capacity, now, onListenerError }: EventBusOptions): EventBus {
  const listeners = new Set<(stamped: StampedEvent) => void>();
  const ring: StampedEvent[] = [];
  let newest = Math.floor(now()) * IDS_PER_MS;

  return {
    publish(event) {
      const stamped = { id: ++newest, event };
      ring.push(stamped);
      if (ring.length > capacity) ring.shift();
      for (const listener of [...listeners]) {
        try {
          listener(stamped);
        } catch (error) {
          onListenerError(error);
        }
      }
      return stamped;
    },
    since(id) {
      const before = newest - ring.length;
      if (id < before || id > newest) return "gap";
      return ring.slice(id - before);
    },
    subscribe(listener) {
      // A wrapper of its own: the same function may subscribe twice.
      const own = (stamped: StampedEvent): void => listener(stamped);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    lastId: () => newest,
  };
}
