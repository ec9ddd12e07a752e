import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { UnreadablePlan } from "../../service/workers/unreadable-plan.ts";
import { AcceptedAnswer, AssetAnswer } from "../../shared/answers.ts";
import { eventually } from "./eventually.ts";
import { type HttpService, type HttpServiceOptions, startHttp } from "./http-service.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "pixelkiln-accepted-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
});

/** Starts a service on the folder of the test, whose workers finish nothing by themselves. */
function start(options: HttpServiceOptions = {}): Promise<HttpService> {
  return startHttp({ dir, ...options, stub: { making: "held", ...options.stub } });
}

const post = (running: HttpService, path: string, body: object): Promise<Response> =>
  fetch(running.url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

async function accept(running: HttpService): Promise<string> {
  const answer = await post(running, "/v1/sprites", { prompt: "red gem", seed: 5, async: true });
  expect(answer.status).toBe(202);
  return AcceptedAnswer.parse(await answer.json()).job_id;
}

async function resultOf(running: HttpService, id: string): Promise<AssetAnswer> {
  await running.workers.finish(id);
  await eventually(async () => expect((await running.store.get(id))?.state).toBe("succeeded"));
  return AssetAnswer.parse(await (await fetch(`${running.url}/v1/jobs/${id}/result`)).json());
}

test("a job that was answered with 202 survives the service, and the next one makes it of its stored plan", async () => {
  const first = await start();
  const id = await accept(first);
  await eventually(() => expect(first.workers.made).toHaveLength(1));
  const [before] = first.workers.made;
  await first.close();

  const second = await start();
  const answer = await resultOf(second, id);
  await second.close();
  expect(second.workers.planned).toEqual([]);
  expect(second.workers.made).toEqual([before]);
  expect(second.workers.made[0]?.from).toHaveProperty("plan");
  expect(answer).toMatchObject({ job_id: id, request: { prompt: "red gem", seed: 5 }, warnings: [] });
});

test("a job of another version is planned again from its request, and its answer says so", async () => {
  const first = await start({ version: "1.0.0" });
  const id = await accept(first);
  await first.close();

  const second = await start({ version: "1.1.0" });
  const { warnings } = await resultOf(second, id);
  await second.close();
  const [{ from }] = second.workers.made as [(typeof second.workers.made)[number]];
  expect(from).toMatchObject({ request: { prompt: "red gem", seed: 5 }, ignored: [] });
  expect(from).not.toHaveProperty("plan");
  expect(warnings).toHaveLength(1);
  for (const part of ["1.0.0", "1.1.0", "pixels may differ"]) expect(warnings[0]).toContain(part);
});

test("a job under other weights is planned again from its request, and its answer says so", async () => {
  const first = await start();
  const id = await accept(first);
  await first.close();

  const second = await start({ stub: { model: { id: "m", sha256: "b".repeat(64) } } });
  const { warnings } = await resultOf(second, id);
  await second.close();
  expect(second.workers.made[0]?.from).toMatchObject({ request: { prompt: "red gem", seed: 5 } });
  expect(warnings).toHaveLength(1);
  for (const part of ["model m", "pixels may differ"]) expect(warnings[0]).toContain(part);
});

test("a picture is pixelated while a sprite is still being drawn and another one waits", async () => {
  const running = await start();
  onTestFinished(() => running.close());
  const ids = [await accept(running), await accept(running)];
  const pixelated = post(running, "/v1/pixelate", { input_image: "AAAA" });
  await eventually(() => expect(running.workers.made).toHaveLength(2));
  expect(running.workers.made.map(({ lane }) => lane)).toEqual(["generator", "pixels"]);
  const [job] = await running.store.list({ limit: 1 });
  await running.workers.finish(job!.id);
  expect((await pixelated).status).toBe(200);
  const rows = await Promise.all(ids.map((id) => running.store.get(id)));
  expect(rows.map((row) => row?.state)).toEqual(["running", "queued"]);
});

test("a job whose model is gone fails, and says which model that was and which are on hand", async () => {
  const first = await start();
  const id = await accept(first);
  await first.close();

  const second = await start({ stub: { model: { id: "n", sha256: "b".repeat(64) } } });
  await eventually(async () => expect((await second.store.get(id))?.state).toBe("failed"));
  const error = (await second.store.get(id))?.error;
  await second.close();
  expect(error).toMatchObject({
    code: "model-unavailable",
    detail: expect.stringContaining(
      "The model m, which this request was planned for, is gone. Models on hand: n.",
    ),
  });
  expect(second.workers.made).toEqual([]);
});

test.each([
  ["unreadable", "The stored plan of this request cannot be read"],
  ["other-wardrobe", "The wardrobe changed after this request was accepted"],
] as const)(
  "a job whose stored plan is %s is planned again from its request, and its answer says so",
  async (fault, told) => {
    const running = await start();
    onTestFinished(() => running.close());
    const id = await accept(running);
    await running.workers.fail(id, new UnreadablePlan(fault));
    await eventually(() => expect(running.workers.made).toHaveLength(2));
    const { warnings } = await resultOf(running, id);
    const [stored, again] = running.workers.made.map(({ from }) => from);
    expect(stored).toHaveProperty("plan");
    expect(again).toMatchObject({ request: { prompt: "red gem", seed: 5 }, ignored: [] });
    expect(warnings).toEqual([expect.stringContaining(told)]);
  },
);

test("a request that waited too long for its job is answered with the job, which goes on", async () => {
  const running = await start({ mostWaitMs: 50 });
  const answer = await post(running, "/v1/sprites", { prompt: "red gem", seed: 5 });
  expect(answer.status).toBe(202);
  const { job_id: id } = AcceptedAnswer.parse(await answer.json());
  expect(answer.headers.get("location")).toBe(`/v1/jobs/${id}`);
  expect(await resultOf(running, id)).toMatchObject({ job_id: id });
  await running.close();
});

test("a disk that is nearly full takes no job and is not ready, until there is room again", async () => {
  let free = 1024;
  const running = await start({ freeBytes: () => free });
  const refused = await post(running, "/v1/sprites", { prompt: "red gem", async: true });
  expect(refused.status).toBe(507);
  expect(await refused.json()).toMatchObject({
    code: "storage-full",
    detail: expect.stringContaining("MiB left"),
  });
  expect((await fetch(`${running.url}/readyz`)).status).toBe(507);
  expect(running.workers.planned).toEqual([]);
  free = 1024 ** 3;
  expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
  await accept(running);
  await running.close();
});
