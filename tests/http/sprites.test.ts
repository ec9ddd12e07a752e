import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SpriteAnswer } from "../../service/kinds/sprite/answer.ts";
import { AcceptedAnswer, CostAnswer } from "../../shared/answers.ts";
import { JobList } from "../../shared/api.ts";
import { Problem, ServiceError } from "../../shared/errors.ts";
import { Job } from "../../shared/job.ts";
import { PNG } from "./canned-asset.ts";
import { eventually } from "./eventually.ts";
import { type HttpService, startHttp } from "./http-service.ts";

let running: HttpService;
beforeEach(async () => {
  running = await startHttp({ queue: 4 });
});
afterEach(() => running.close());

const at = (path: string): string => running.url + path;
const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(at("/v1/sprites"), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const acceptedId = async (body: object): Promise<string> =>
  AcceptedAnswer.parse(await (await post({ ...body, async: true })).json()).job_id;
const problemOf = async (answer: Response): Promise<Problem> => {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return Problem.parse(await answer.json());
};

describe("POST /v1/sprites", () => {
  test("waits for the job and answers with its sprites", async () => {
    const answer = await post({ prompt: "red dragon" });
    expect(answer.status).toBe(200);
    const sprites = SpriteAnswer.parse(await answer.json());
    expect(sprites).toMatchObject({
      kind: "sprite",
      status: "succeeded",
      base64_images: [PNG.toString("base64")],
    });
    expect(answer.headers.get("location")).toBe(`/v1/jobs/${sprites.job_id}`);
  });

  test("with async answers 202 at once with the job", async () => {
    running.workers.making = "held";
    const answer = await post({ prompt: "red dragon", async: true });
    expect(answer.status).toBe(202);
    const { job_id, task_id, background_job_id } = AcceptedAnswer.parse(await answer.json());
    expect([task_id, background_job_id]).toEqual([job_id, job_id]);
    expect(Job.parse(await (await fetch(at(`/v1/jobs/${job_id}`))).json()).status).toBe("running");
  });

  test("with check_cost makes no job", async () => {
    const answer = await post({ prompt: "red dragon", check_cost: true, wings: 2 });
    const cost = CostAnswer.parse(await answer.json());
    expect(cost.ignored_parameters.map((one) => one.name)).toEqual(["wings"]);
    expect(await running.jobs()).toBe(0);
  });

  test("with strict refuses an unknown field by name and makes no job", async () => {
    const answer = await post({ prompt: "red dragon", strict: true, wings: 2 });
    expect(answer.status).toBe(422);
    expect(await problemOf(answer)).toMatchObject({
      code: "ignored-parameter",
      errors: [{ field: "wings" }],
    });
    expect(await running.jobs()).toBe(0);
  });

  test("names every wrong field", async () => {
    const answer = await post({ prompt: "", width: 4, seed: 1.5 });
    expect(answer.status).toBe(422);
    const problem = await problemOf(answer);
    expect(problem.errors?.map((one) => one.field).sort()).toEqual(["prompt", "seed", "width"]);
    expect(problem.request_id).toBe(answer.headers.get("x-request-id"));
  });

  test("the same Idempotency-Key and body give the same job, another body a conflict", async () => {
    running.workers.making = "held";
    const key = { "idempotency-key": "abc-1" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post({ prompt: "a", async: true }, key)),
    );
    const ids = await Promise.all(
      answers.map(async (answer) => AcceptedAnswer.parse(await answer.json()).job_id),
    );
    expect(new Set(ids).size).toBe(1);
    const other = await post({ prompt: "b", async: true }, key);
    expect(other.status).toBe(409);
    expect((await problemOf(other)).code).toBe("idempotency-conflict");
    const elsewhere = await fetch(`${running.url}/v1/tiles`, {
      method: "POST",
      headers: { "content-type": "application/json", ...key },
      body: JSON.stringify({ prompt: "a", async: true }),
    });
    expect(elsewhere.status).toBe(409);
    const bad = await post({ prompt: "a" }, { "idempotency-key": "x".repeat(300) });
    expect(await problemOf(bad)).toMatchObject({ status: 422, errors: [{ field: "Idempotency-Key" }] });
  });

  test("a full queue says when to come back", async () => {
    running.workers.making = "held";
    for (let i = 0; i < 4; i++) await acceptedId({ prompt: "a" });
    const answer = await post({ prompt: "a", async: true });
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("1");
    expect((await problemOf(answer)).code).toBe("queue-full");
  });

  test.each<[string, (id: string) => unknown, number, string]>([
    [
      "failed",
      (id) => running.workers.fail(id, new ServiceError("invalid-image", "Broken.")),
      422,
      "invalid-image",
    ],
    ["was cancelled", (id) => fetch(at(`/v1/jobs/${id}`), { method: "DELETE" }), 499, "cancelled"],
  ])("a job that %s is answered with its own error and id", async (_, end, status, code) => {
    running.workers.making = "held";
    const waiting = post({ prompt: "a" });
    const id = await oneJob();
    await end(id);
    const answer = await waiting;
    expect(answer.status).toBe(status);
    expect(await problemOf(answer)).toMatchObject({ code, job_id: id });
  });

  test("a worker that dies under a job costs the client nothing but time, until it dies each time", async () => {
    running.workers.making = "held";
    const lucky = post({ prompt: "a" });
    const first = await oneJob();
    await running.workers.die(first);
    await running.workers.finish(first);
    expect((await lucky).status).toBe(200);
    const poison = post({ prompt: "a" });
    const second = await oneJob();
    for (let i = 0; i < 4; i++) await running.workers.die(second);
    expect(await problemOf(await poison)).toMatchObject({ code: "generation-failed", job_id: second });
  });

  test("a client that goes away does not take its job with it", async () => {
    running.workers.making = "held";
    const body = '{"prompt":"a"}';
    const socket = connect(running.port, "127.0.0.1");
    socket.write(
      `POST /v1/sprites HTTP/1.1\r\nHost: 127.0.0.1:${running.port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const id = await oneJob();
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await running.workers.finish(id);
    await eventually(async () => expect((await running.store.get(id))?.state).toBe("succeeded"));
    const result = await fetch(at(`/v1/jobs/${id}/result`));
    expect(SpriteAnswer.parse(await result.json()).job_id).toBe(id);
    expect(running.errors).toEqual([]);
  });

  test("a stopping service takes no job and lets a waiting client go", async () => {
    running.workers.making = "held";
    const waiting = post({ prompt: "a" });
    const id = await oneJob();
    running.stopping.abort();
    expect(await problemOf(await post({ prompt: "b" }))).toMatchObject({
      status: 503,
      code: "shutting-down",
    });
    expect(await running.jobs()).toBe(1);
    running.stopped.abort();
    expect(await problemOf(await waiting)).toMatchObject({ status: 503, code: "shutting-down", job_id: id });
  });
});

describe("jobs", () => {
  test("are listed newest first, by state and in pages", async () => {
    running.workers.making = "held";
    const ids: string[] = [];
    for (const prompt of ["a", "b", "c"]) ids.unshift(await acceptedId({ prompt }));
    await running.workers.finish(ids[2]!);
    await eventually(async () => expect((await running.store.get(ids[1]!))?.state).toBe("running"));
    const list = async (query: string) => JobList.parse(await (await fetch(at(`/v1/jobs${query}`))).json());
    expect((await list("")).jobs.map((job) => job.id)).toEqual(ids);
    const states = ["queued", "running", "succeeded", "failed"];
    const lists = await Promise.all(states.map((state) => list(`?state=${state}`)));
    expect(lists.map(({ jobs }) => jobs.map((job) => job.id))).toEqual([...ids.map((id) => [id]), []]);
    const first = await list("?limit=2");
    expect(first.jobs.map((job) => job.id)).toEqual(ids.slice(0, 2));
    const rest = await list(`?limit=2&before=${first.next}`);
    expect(rest).toMatchObject({ jobs: [{ id: ids[2] }], next: null });
  });

  test("show pictures of their request by length only in lists", async () => {
    running.workers.making = "held";
    const id = await acceptedId({ prompt: "a", input_image: "A".repeat(100_000) });
    const list = await (await fetch(at("/v1/jobs"))).text();
    expect(list.length).toBeLessThan(2_000);
    expect(list).toContain("(100000 characters)");
    expect((await (await fetch(at(`/v1/jobs/${id}`))).text()).length).toBeGreaterThan(100_000);
  });

  test.each(["?limit=0", "?limit=201", "?limit=x", "?limit=1e2", "?state=lost", "?before=../x", "?limit="])(
    "%s is refused by name",
    async (query) => {
      const problem = await problemOf(await fetch(at(`/v1/jobs${query}`)));
      expect(problem).toMatchObject({ status: 422, code: "invalid-request" });
      expect(problem.errors).toHaveLength(1);
    },
  );

  test("are cancelled by DELETE, without a body and its type", async () => {
    running.workers.making = "held";
    const [runs, waits] = [await acceptedId({ prompt: "a" }), await acceptedId({ prompt: "a" })];
    const cancel = (id: string) => fetch(at(`/v1/jobs/${id}`), { method: "DELETE" });
    expect(Job.parse(await (await cancel(waits)).json()).status).toBe("cancelled");
    await cancel(runs);
    await eventually(async () => expect((await running.store.get(runs))?.state).toBe("cancelled"));
    for (const id of [runs, waits])
      expect((await problemOf(await fetch(at(`/v1/jobs/${id}/result`)))).status).toBe(499);
  });

  test("have no result before their end", async () => {
    running.workers.making = "held";
    const id = await acceptedId({ prompt: "a" });
    const answer = await fetch(at(`/v1/jobs/${id}/result`));
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(await problemOf(answer)).toMatchObject({ status: 423, code: "job-not-finished", job_id: id });
  });

  test.each(["GET", "DELETE"])("that are not there are not found by %s", async (method) => {
    for (const id of ["job_0000000000000000", "nonsense", "spr_0000000000000000"]) {
      expect(await problemOf(await fetch(at(`/v1/jobs/${id}`), { method }))).toMatchObject({ status: 404 });
    }
  });
});

async function oneJob(): Promise<string> {
  for (;;) {
    const [job] = await running.store.list({ state: "running", limit: 1 });
    if (job) return job.id;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
