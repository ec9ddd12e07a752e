import { expect, test } from "vitest";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { PixelateAnswer } from "../../service/kinds/pixelate/answer.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import { AcceptedAnswer } from "../../shared/answers.ts";
import { draw, GOBLIN } from "../pixel/ascii-image.ts";
import { getJson, post, startServiceProcess, temporaryProject, until } from "./service-process.ts";

test("a service killed with pictures in its queue finishes each of them later, with the bytes of an unkilled run", async () => {
  const input_image = Buffer.from(await encodePng(upscaleNearest(draw(GOBLIN), 40))).toString("base64");
  const requests = [2, 3, 5, 16].map((color_count) => ({ input_image, color_count }));
  const project = await temporaryProject();
  let service = await startServiceProcess(project.dir, { PIXELKILN_DEVICE: "cpu" });
  const expected: (string | undefined)[] = [];
  for (const request of requests) {
    const { body } = await post(`${service.url}/v1/pixelate`, request);
    expected.push(PixelateAnswer.parse(body).images[0]?.sha256);
  }
  const ids: string[] = [];
  for (const request of requests) {
    const { body } = await post(`${service.url}/v1/pixelate`, { ...request, async: true });
    ids.push(AcceptedAnswer.parse(body).job_id);
  }
  await service.kill();
  service = await startServiceProcess(project.dir, { PIXELKILN_DEVICE: "cpu" });
  const hashes: (string | undefined)[] = [];
  for (const id of ids) {
    const answer = await until(async () => {
      const { status, body } = await getJson(`${service.url}/v1/jobs/${id}/result`);
      return status === 423 ? undefined : PixelateAnswer.parse(body);
    });
    hashes.push(answer.images[0]?.sha256);
  }
  expect(hashes).toEqual(expected);
  expect(new Set(hashes).size).toBeGreaterThan(1);
  const { body } = await getJson(`${service.url}/v1/assets?limit=100`);
  expect(body.assets).toHaveLength(2 * requests.length);
  expect(await service.stop()).toBe(0);
  await project.remove();
});
