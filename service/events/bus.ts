import type { ServiceEvent } from "../../shared/events.ts";

/** An event with its position in the stream. Ids grow by one; over SSE they are the `id:`. */
export interface StampedEvent {
  id: number;
  event: ServiceEvent;
}

export interface EventBus {
  /** Gives the event the next id, keeps it for clients that resume, and passes it to every listener. */
  publish(event: ServiceEvent): StampedEvent;
  /**
   * Returns the events after `id`, oldest first, or "gap" if some of them are no longer kept (or `id` is
   * from another process): the client then reads the stored state again.
   */
  since(id: number): StampedEvent[] | "gap";
  /** Calls the listener for each event from now on, until the returned function is called. */
  subscribe(listener: (stamped: StampedEvent) => void): () => void;
  /** The id of the newest event; before the first one, the id that comes before it. */
  lastId(): number;
}

export interface EventBusOptions {
  /** Events to keep for resuming clients; at least 1. */
  capacity: number;
  /** ms since 1970, read once: ids start there, so those of an earlier process are always lower. */
  now: () => number;
  /** Called with the error of a listener that threw; the others are still called. */
  onListenerError: (error: unknown) => void;
}

/** Ids reserved for each ms of the start time: a process would need a million events per second to collide. */
const IDS_PER_MS = 1000;

/** Makes the event bus of a process. Events are hints: never derive state from them alone. */
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
      // A separate wrapper: the same function may subscribe twice.
      const own = (stamped: StampedEvent): void => listener(stamped);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    lastId: () => newest,
  };
}
