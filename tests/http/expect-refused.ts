import { expect } from "vitest";
import { Problem } from "../../shared/errors.ts";
import type { HttpService } from "./http-service.ts";
import { type RawAnswer, sendRaw } from "./raw-request.ts";

/** A GET as sent on the wire. */
export const get = (target: string, lines: string[]): string =>
  [`GET ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n");

const BODY = '{"prompt":"dragon","async":true}';

/** A valid sprite request as sent on the wire, with these headers. */
export const post = (lines: string[], body = BODY): string =>
  ["POST /v1/sprites HTTP/1.1", ...lines, `Content-Length: ${body.length}`, "", body].join("\r\n");

/** Sends a request that the door must refuse, with a status and a problem body, before any handler runs. */
export async function expectRefused(running: HttpService, bytes: string, status: number): Promise<RawAnswer> {
  const before = running.entered();
  const jobs = await running.jobs();
  const answer = await sendRaw(running.port, bytes);
  expect(answer.status).toBe(status);
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers["access-control-allow-origin"] ?? "none").not.toMatch(/\*|null/);
  expect(Problem.parse(JSON.parse(answer.body)).status).toBe(status);
  expect(running.entered()).toBe(before);
  expect(await running.jobs()).toBe(jobs);
  return answer;
}
