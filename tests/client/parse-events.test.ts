import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readEvents } from "../../plugins/client/events.ts";
import { EventParser, type StreamEvent } from "../../plugins/client/parse-events.ts";

/** All events of a text. */
const parse = (text: string): StreamEvent[] => [...new EventParser().push(text)];

test("the examples of the standard are read as it says", () => {
  expect(parse("data: YHOO\ndata: +2\ndata: 10\n\n")).toEqual([
    { id: "", name: "message", data: "YHOO\n+2\n10" },
  ]);
  const stream =
    ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
  expect(parse(stream)).toEqual([
    { id: "1", name: "message", data: "first event" },
    { id: "", name: "message", data: "second event" },
    { id: "", name: "message", data: " third event" },
  ]);
  expect(parse("data\n\ndata\ndata\n\ndata:")).toEqual([
    { id: "", name: "message", data: "" },
    { id: "", name: "message", data: "\n" },
  ]);
  expect(parse("data:test\n\ndata: test\n\n").map(({ data }) => data)).toEqual(["test", "test"]);
});

test("an event without data is none, and its name is not the next one's", () => {
  expect(parse("event: snapshot\n\ndata: 1\n\n")).toEqual([{ id: "", name: "message", data: "1" }]);
});

test("an id holds for the events after it; one with a NUL is passed over", () => {
  const events = parse("id: 7\ndata: a\n\ndata: b\n\nid: 8\0\ndata: c\n\n");
  expect(events.map(({ id }) => id)).toEqual(["7", "7", "7"]);
});

test("a wait is taken from digits alone", () => {
  const parser = new EventParser();
  for (const retry of ["2000", "1.5", "soon", "-3"]) [...parser.push(`retry: ${retry}\n\n`)];
  expect(parser.retryMs).toBe(2000);
});

test("fields that nobody knows, comments and an end without an empty line are passed over", () => {
  expect(parse("color: red\n: heartbeat\ndata: a\n\ndata: cut off\n")).toEqual([
    { id: "", name: "message", data: "a" },
  ]);
});

const line = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n\0]/g, ""));
const sent = fc.record({
  id: line,
  name: line.filter((text) => text !== ""),
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  comment: line,
});

/** A stream of bytes that are cut after so many each time, round and round. */
function cut(bytes: Uint8Array, sizes: readonly number[]): ReadableStream<Uint8Array> {
  let at = 0;
  let piece = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const size = sizes[piece++ % sizes.length] ?? 1;
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

test("whatever the line ends, and wherever the bytes are cut, the same events arrive", async () => {
  const property = fc.asyncProperty(
    fc.array(sent, { maxLength: 5 }),
    fc.constantFrom("\n", "\r", "\r\n"),
    fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    async (events, end, sizes) => {
      const blocks = events.map(({ id, name, lines, comment }) =>
        [`: ${comment}`, `id: ${id}`, `event: ${name}`, ...lines.map((one) => `data: ${one}`), "", ""].join(
          end,
        ),
      );
      const body = cut(new TextEncoder().encode(`\uFEFF${blocks.join("")}`), sizes);
      const seen: StreamEvent[] = [];
      for await (const event of readEvents({ body } as unknown as Response)) seen.push(event);
      expect(seen).toEqual(events.map(({ id, name, lines }) => ({ id, name, data: lines.join("\n") })));
    },
  );
  await fc.assert(property);
});

test("a reader that leaves early lets the connection go", async () => {
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode("data: 1\n\n")),
    cancel: () => {
      isCancelled = true;
    },
  });
  for await (const event of readEvents({ body } as unknown as Response)) {
    expect(event.data).toBe("1");
    break;
  }
  expect(isCancelled).toBe(true);
});
