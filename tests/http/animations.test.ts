import { afterEach, beforeEach, expect, test } from "vitest";
import { AnimationAnswer } from "../../service/kinds/animation/answer.ts";
import { AcceptedAnswer, CostAnswer } from "../../shared/answers.ts";
import { Problem } from "../../shared/errors.ts";
import { eventually } from "./eventually.ts";
import { type HttpService, startHttp } from "./http-service.ts";

let running: HttpService;
beforeEach(async () => {
  running = await startHttp();
});
afterEach(() => running.close());

const post = (body: unknown): Promise<Response> =>
  fetch(`${running.url}/v1/animations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

test("POST /v1/animations waits for the job and answers with how the frames lie", async () => {
  const answer = await post({ prompt: "knight", action: "walk", directions: 4 });
  expect(answer.status).toBe(200);
  const body = AnimationAnswer.parse(await answer.json());
  expect(body).toMatchObject({ kind: "animation", request: { actions: ["walk"], directions: 4 } });
  expect(await running.jobs()).toBe(1);
});

test("a wrong action is refused under the name that the client used", async () => {
  for (const [body, field] of [
    [{ action: "fly" }, "action"],
    [{ actions: ["walk", "fly"] }, "actions.1"],
    [{ loop: { walk: "twice" } }, "loop"],
  ] as const) {
    const answer = await post({ prompt: "knight", ...body });
    expect(answer.status).toBe(422);
    expect(Problem.parse(await answer.json()).errors).toMatchObject([{ field }]);
  }
});

test("with async it answers 202, and the result comes from the job", async () => {
  const answer = await post({ prompt: "knight", async: true });
  expect(answer.status).toBe(202);
  const { job_id } = AcceptedAnswer.parse(await answer.json());
  await eventually(async () => expect((await running.store.get(job_id))?.state).toBe("succeeded"));
  const result = await fetch(`${running.url}/v1/jobs/${job_id}/result`);
  expect(AnimationAnswer.parse(await result.json()).kind).toBe("animation");
});

test("check_cost only estimates, and tells what is ignored", async () => {
  const body = CostAnswer.parse(await (await post({ prompt: "knight", check_cost: true, wings: 2 })).json());
  expect(body.ignored_parameters.map(({ name }) => name)).toEqual(["wings"]);
  expect(await running.jobs()).toBe(0);
});

test("wrong fields are refused with what they take", async () => {
  const answer = await post({ prompt: "knight", directions: 5, frames_duration: 0 });
  expect(answer.status).toBe(422);
  const { errors = [] } = Problem.parse(await answer.json());
  expect(errors).toEqual([
    { field: "directions", got: "5", expected: "1, 4, 8 or a list of directions" },
    expect.objectContaining({ field: "frames_duration" }),
  ]);
  expect(await running.jobs()).toBe(0);
});
