import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SpriteAnswer } from "../../service/kinds/sprite/answer.ts";
import { AssetManifest } from "../../shared/asset.ts";
import { addBrokenModel } from "../generators/broken-model.ts";
import { getJson, post, startServiceProcess, temporaryProject, until } from "./service-process.ts";
import { useService } from "./use-service.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const service = useService();

test("a prompt becomes a sprite: native size, hard alpha, few colors, files that match their hashes", async () => {
  const { status, body } = await post(`${service.url}/v1/sprites`, {
    prompt: "red dragon",
    seed: 7,
    num_images: 2,
    color_count: 12,
  });
  expect(status).toBe(200);
  const answer = SpriteAnswer.parse(body);
  expect(answer.base64_images).toHaveLength(2);
  expect(answer.images.map((i) => [i.seed, i.width, i.height])).toEqual([
    [7, 32, 32],
    [8, 32, 32],
  ]);
  expect(answer.checks).toMatchObject({
    grid_scale: 1,
    partial_alpha_pixels: 0,
    off_palette_pixels: 0,
    duplicate_images: 0,
  });
  expect(answer.checks.colors).toBeLessThanOrEqual(12);
  const manifest = AssetManifest.parse((await getJson(`${service.url}/v1/assets/${answer.id}`)).body);
  for (const file of manifest.files) {
    const response = await fetch(`${service.url}/v1/assets/${answer.id}/files/${file.path}`);
    expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(file.sha256);
  }
});

test("the resolved request, sent again, gives the same bytes", async () => {
  const first = SpriteAnswer.parse(
    (await post(`${service.url}/v1/sprites`, { prompt: "blue potion", width: 24, height: 24 })).body,
  );
  const again = SpriteAnswer.parse((await post(`${service.url}/v1/sprites`, first.request)).body);
  expect(again.images.map((i) => i.sha256)).toEqual(first.images.map((i) => i.sha256));
  expect(again.request).toEqual(first.request);
});

test("a button in the style ui is drawn without a model, and the answer says how it stretches", async () => {
  const request = { prompt: "blue button", prompt_style: "ui", width: 32, height: 16, seed: 1 };
  const output = { dir: "ui", name: "button", engine: ["godot"] };
  const answer = SpriteAnswer.parse((await post(`${service.url}/v1/sprites`, { ...request, output })).body);
  expect(answer.model).toBeNull();
  expect(answer.images[0]?.nine_slice).toMatchObject({
    left: expect.any(Number),
    bottom: expect.any(Number),
  });
  expect(answer.project_files).toContain("ui/button.stylebox.tres");
  const large = SpriteAnswer.parse(
    (await post(`${service.url}/v1/sprites`, { ...answer.request, upscale_output_factor: 3 })).body,
  );
  expect(large.images[0]?.nine_slice?.left).toBe(3 * (answer.images[0]?.nine_slice?.left ?? 0));
  const icon = SpriteAnswer.parse(
    (await post(`${service.url}/v1/sprites`, { ...request, prompt: "heart" })).body,
  );
  expect(icon.model).not.toBeNull();
  expect(icon.images[0]).not.toHaveProperty("nine_slice");
});

test("a sprite takes the palette of an earlier asset by its id, and says when there is none", async () => {
  const send = (fields: object) =>
    post(`${service.url}/v1/sprites`, { prompt: "red gem", seed: 1, ...fields });
  const first = SpriteAnswer.parse((await send({ input_palette: "game-boy" })).body);
  const next = SpriteAnswer.parse((await send({ prompt: "blue potion", style_reference: first.id })).body);
  const known = first.images[0]?.colors ?? [];
  for (const color of next.images[0]?.colors ?? []) expect(known).toContain(color);
  const again = SpriteAnswer.parse((await post(`${service.url}/v1/sprites`, next.request)).body);
  expect(again.images[0]?.sha256).toBe(next.images[0]?.sha256);
  const missing = await send({ style_reference: "spr_zzzzzzzzzzzzzzzz" });
  expect(missing.body).toMatchObject({ code: "invalid-request", errors: [{ field: "style_reference" }] });
  expect((await send({ style_reference: "AAAA" })).body).toMatchObject({
    errors: [{ field: "style_reference" }],
  });
});

test("output puts the sprite into the project with a lock file, and a person's change is never overwritten", async () => {
  const request = {
    prompt: "green slime",
    seed: 3,
    output: { dir: "art", name: "slime", engine: ["godot", "phaser"] },
  };
  const answer = SpriteAnswer.parse((await post(`${service.url}/v1/sprites`, request)).body);
  expect(answer.project_files).toContain("art/slime.png");
  const names = await readdir(join(service.dir, "art"));
  expect(names).toEqual(
    expect.arrayContaining([
      "slime.png",
      "slime.png.import",
      "slime.json",
      "slime.kiln.lock.json",
      "pixelkiln.manifest.json",
    ]),
  );
  const { writeFile } = await import("node:fs/promises");
  await writeFile(join(service.dir, "art/slime.png"), "mine");
  const refused = await post(`${service.url}/v1/sprites`, { ...request, seed: 4 });
  expect(refused.status).toBe(409);
  expect(refused.body.code).toBe("file-changed");
  expect(await readFile(join(service.dir, "art/slime.png"), "utf8")).toBe("mine");
});

test("one Idempotency-Key is one job", async () => {
  const body = { prompt: "iron shield", seed: 5 };
  const answers = await Promise.all(
    Array.from({ length: 6 }, () =>
      post(`${service.url}/v1/sprites`, body, { "idempotency-key": "shield-1" }),
    ),
  );
  expect(new Set(answers.map((a) => a.body.job_id)).size).toBe(1);
  const other = await post(
    `${service.url}/v1/sprites`,
    { ...body, seed: 6 },
    { "idempotency-key": "shield-1" },
  );
  expect(other.status).toBe(409);
});

test("a queued job can be cancelled and leaves no asset", async () => {
  const jobs = await Promise.all(
    [1, 2, 3].map((seed) =>
      post(`${service.url}/v1/sprites`, { prompt: "old book", seed, num_images: 4, async: true }),
    ),
  );
  const last = jobs[2]?.body.job_id as string;
  const cancelled = await fetch(`${service.url}/v1/jobs/${last}`, {
    method: "DELETE",
    headers: { "content-type": "application/json" },
  });
  expect(cancelled.status).toBe(200);
  const job = await until(async () => {
    const { body } = await getJson(`${service.url}/v1/jobs/${last}`);
    return body.status === "queued" || body.status === "running" ? undefined : body;
  });
  expect(job).toMatchObject({ status: "cancelled", asset_id: null });
});

test("a killed model process is respawned and its job finishes with the same bytes", async () => {
  const request = { prompt: "purple mushroom", seed: 11, num_images: 3 };
  const calm = SpriteAnswer.parse((await post(`${service.url}/v1/sprites`, request)).body);
  const pending = post(`${service.url}/v1/sprites`, request);
  await until(async () => {
    const { body } = await getJson(`${service.url}/v1/jobs?state=running`);
    return (body.jobs as unknown[]).length > 0 ? true : undefined;
  });
  const { body } = await getJson(`${service.url}/readyz`);
  process.kill((body as { model_process: number }).model_process, "SIGKILL");
  const answer = SpriteAnswer.parse((await pending).body);
  expect(answer.images.map((i) => i.sha256)).toEqual(calm.images.map((i) => i.sha256));
});

test("a broken model does not keep the service from being ready with the next one", async () => {
  const project = await temporaryProject();
  const models = await temporaryProject();
  await addBrokenModel(models.dir, "a-broken");
  const service = await startServiceProcess(project.dir, {
    PIXELKILN_MODELS: models.dir,
    PIXELKILN_DEVICE: "cpu",
  });
  const ready = await until(async () => {
    const { status, body } = await getJson(`${service.url}/readyz`);
    return status === 200 && body.execution_provider !== null ? body : undefined;
  });
  expect(ready).toMatchObject({ status: "ok", execution_provider: "cpu" });
  const { body } = await getJson(`${service.url}/v1/models`);
  expect(body.models).toMatchObject([
    { id: "embedded-v1", default: true },
    { id: "a-broken", default: false },
  ]);
  expect(await service.stop()).toBe(0);
  await Promise.all([project.remove(), models.remove()]);
});
