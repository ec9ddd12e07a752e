import { call } from "./client.ts";

/** One server-sent event with JSON in it. */
export interface StreamEvent {
  id: string | null;
  name: string;
  data: unknown;
}

/**
 * Reads a stream of server-sent events by fetch: EventSource can send no token. Ends when the service ends it; throws
 * when the connection breaks or `signal` is aborted.
 */
export async function* readEvents(
  path: string,
  { lastEventId, signal }: { lastEventId: string | null; signal: AbortSignal },
): AsyncGenerator<StreamEvent> {
  const headers = lastEventId === null ? {} : { "Last-Event-ID": lastEventId };
  const { body } = await call(path, { headers, signal });
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event) yield event;
    }
  }
}

function parseBlock(block: string): StreamEvent | null {
  const line = (name: string): string | null => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1] ?? null;
  const [name, data] = [line("event"), line("data")];
  return name === null || data === null ? null : { id: line("id"), name, data: JSON.parse(data) };
}
