import { expect, test } from "vitest";
import { createLog, type LogOptions } from "../../service/service-log.ts";
import { ServiceError } from "../../shared/errors.ts";

/** A log at a fixed time, and what it wrote. */
function setUp(options: Partial<LogOptions> = {}) {
  const written: string[] = [];
  const stderr = { write: (text: string) => written.push(text) };
  const now = () => new Date("2026-01-02T03:04:05.678Z");
  return { written, log: createLog({ stderr, env: {}, now, ...options }) };
}

test("a line is one JSON object with the time, the level, the message and the fields", () => {
  const { written, log } = setUp();
  log("A worker process started.", { pid: 7 });
  log("Two\nlines.", { level: "warn" });
  expect(written).toEqual([
    '{"time":"2026-01-02T03:04:05.678Z","level":"info","message":"A worker process started.","pid":7}\n',
    '{"time":"2026-01-02T03:04:05.678Z","level":"warn","message":"Two\\nlines."}\n',
  ]);
});

test("an error is written with its code, its stack and its causes", () => {
  const { written, log } = setUp();
  const cause = new TypeError("no such tensor");
  log("It failed.", { level: "error", error: new ServiceError("generation-failed", "It broke.", { cause }) });
  const { error } = JSON.parse(written[0] ?? "");
  for (const part of ["It broke.", "generation-failed", "TypeError: no such tensor", "service-log.test.ts"])
    expect(error).toContain(part);
});

test.each([
  ["info", {}, ["info", "warn", "error"]],
  ["warn", {}, ["warn", "error"]],
  [null, {}, []],
  ["warn", { PIXELKILN_LOG: "debug" }, ["debug", "info", "warn", "error"]],
  [null, { PIXELKILN_LOG: "debug" }, ["debug", "info", "warn", "error"]],
] as const)("from the level %s on, with %j, it writes %j", (least, env, shown) => {
  const { written, log } = setUp({ least, env });
  for (const level of ["debug", "info", "warn", "error"] as const) log("It happened.", { level });
  expect(written.map((line) => JSON.parse(line).level)).toEqual(shown);
});
