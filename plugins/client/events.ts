import type { Client } from "./client.ts";
import { EventParser, type StreamEvent } from "./parse-events.ts";

/** Wait before the second try, in ms, unless the stream asks for another; it doubles up to the longest. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 8_000;

/** Reads the events of an answer until it ends. Throws when the connection breaks. */
export async function* readEvents(
  { body }: Pick<Response, "body">,
  parser = new EventParser(),
): AsyncGenerator<StreamEvent, void> {
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield* parser.push(value);
    }
  } finally {
    // A reader that leaves early lets the connection go.
    await reader.cancel().catch(() => {});
  }
}

export interface FollowOptions {
  /** Route of the stream. */
  path: string;
  /** Ends it. */
  signal: AbortSignal;
  onEvent: (event: StreamEvent) => void;
  /** Hears when the stream opens, and when it is lost. */
  onLive?: (isLive: boolean) => void;
}

/**
 * Follows a stream of events for as long as `signal` allows: connects again when it ends or breaks, later each time, and
 * resumes behind the last event. It reads by fetch, since EventSource can send no token.
 */
export async function followEvents(client: Pick<Client, "call">, options: FollowOptions): Promise<void> {
  const { path, signal, onEvent, onLive = () => {} } = options;
  let lastId = "";
  let firstWait = FIRST_WAIT_MS;
  let wait = firstWait;
  while (!signal.aborted) {
    try {
      const headers = lastId === "" ? {} : { "Last-Event-ID": lastId };
      const answer = await client.call(path, { headers, signal });
      const parser = new EventParser();
      onLive(true);
      for await (const event of readEvents(answer, parser)) {
        firstWait = parser.retryMs ?? firstWait;
        wait = firstWait;
        lastId = event.id;
        onEvent(event);
      }
    } catch {
      // Down or broken: `onLive` tells, and the next try follows.
    }
    onLive(false);
    await sleep(wait, signal);
    wait = Math.min(2 * wait, LONGEST_WAIT_MS);
  }
}

/** Waits, or returns at once when `signal` is aborted. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
