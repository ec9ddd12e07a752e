import { expect, test } from "vitest";
import { SpriteAnswer } from "../../service/kinds/sprite/answer.ts";
import { getJson, post, startServiceProcess, temporaryProject, until } from "./service-process.ts";

test("a service killed at any moment loses no accepted job, and each finishes with the bytes of an unkilled run", async () => {
  const requests = Array.from({ length: 6 }, (_, i) => ({
    prompt: ["red gem", "orc warrior", "brown spider"][i % 3],
    seed: 100 + i,
  }));
  const calmProject = await temporaryProject();
  const calm = await startServiceProcess(calmProject.dir);
  const expected: string[] = [];
  for (const request of requests) {
    const answer = SpriteAnswer.parse((await post(`${calm.url}/v1/sprites`, request)).body);
    expected.push(answer.images[0]?.sha256 ?? "");
  }
  expect(await calm.stop()).toBe(0);
  await calmProject.remove();

  const project = await temporaryProject();
  let service = await startServiceProcess(project.dir);
  const ids: string[] = [];
  for (const [i, request] of requests.entries()) {
    const accepted = await post(`${service.url}/v1/sprites`, { ...request, async: true });
    expect(accepted.status).toBe(202);
    ids.push(accepted.body.job_id as string);
    if (i % 2 === 1) {
      await new Promise((resolve) => setTimeout(resolve, 97 * i));
      await service.kill();
      service = await startServiceProcess(project.dir);
    }
  }
  const hashes: string[] = [];
  for (const id of ids) {
    const answer = await until(async () => {
      const { status, body } = await getJson(`${service.url}/v1/jobs/${id}/result`);
      return status === 423 ? undefined : SpriteAnswer.parse(body);
    });
    hashes.push(answer.images[0]?.sha256 ?? "");
  }
  expect(hashes).toEqual(expected);
  const { body } = await getJson(`${service.url}/v1/assets?limit=100`);
  expect(body.assets as unknown[]).toHaveLength(requests.length);
  expect(await service.stop()).toBe(0);
  await project.remove();
});
