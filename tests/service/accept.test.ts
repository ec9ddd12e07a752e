import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { equalImages, type PixelImage } from "../../service/pixel/image.ts";
import {
  getJson,
  post,
  type RunningService,
  startServiceProcess,
  temporaryProject,
} from "./service-process.ts";

let project: Awaited<ReturnType<typeof temporaryProject>>;
let service: RunningService;
let asset: { id: string; images: { seed: number; url: string }[] };
beforeAll(async () => {
  project = await temporaryProject();
  service = await startServiceProcess(project.dir);
  const drawn = await post(`${service.url}/v1/sprites`, {
    prompt: "red potion",
    num_images: 2,
    seed: 5,
    steps: 4,
  });
  asset = drawn.body as unknown as typeof asset;
});
afterAll(async () => {
  await service.stop();
  await project.remove();
});

const accept = (body: object, id = asset.id) => post(`${service.url}/v1/assets/${id}/accept`, body);
const inProject = async (path: string): Promise<PixelImage> =>
  decodeImage(await readFile(join(project.dir, path)), path);
const inLibrary = async (index: number): Promise<PixelImage> => {
  const bytes = await (await fetch(service.url + asset.images[index]?.url)).arrayBuffer();
  return decodeImage(Buffer.from(bytes), "library");
};

test("an accepted asset lies in the project pixel for pixel, under its new name and with engine files", async () => {
  const { status, body } = await accept({ dir: "art/items", name: "potion", engine: ["godot"] });
  expect(status).toBe(200);
  const files = body.project_files as string[];
  expect(files).toEqual(expect.arrayContaining(["art/items/potion.tres", "art/items/potion.kiln.lock.json"]));
  const pictures = files.filter((file) => /potion.*\d\.png$/.test(file)).sort();
  expect(pictures).toHaveLength(2);
  for (const [i, path] of pictures.entries())
    expect(equalImages(await inProject(path), await inLibrary(i)), path).toBe(true);
});

test("one image of several is accepted alone, with its own seed", async () => {
  const { body } = await accept({ dir: "art", name: "one", index: 1 });
  const { images, kind } = body as unknown as { images: { seed: number; file: string }[]; kind: string };
  expect([kind, images.length, images[0]?.seed]).toEqual(["sprite", 1, asset.images[1]?.seed]);
  expect(equalImages(await inProject(`art/${images[0]?.file}`), await inLibrary(1))).toBe(true);
});

test("a pixelated picture is accepted too", async () => {
  const bytes = await (await fetch(service.url + asset.images[0]?.url)).arrayBuffer();
  const made = await post(`${service.url}/v1/pixelate`, {
    input_image: Buffer.from(bytes).toString("base64"),
  });
  const { status, body } = await accept({ name: "copy" }, String(made.body.id));
  expect([status, body.kind]).toEqual([200, "pixelate"]);
  expect(equalImages(await inProject("pixelkiln/copy.png"), await inLibrary(0))).toBe(true);
});

test("async answers with the job, whose result lists the files", async () => {
  const { status, body } = await accept({ dir: "later", name: "potion", index: 0, async: true });
  expect([status, body.status]).toEqual([202, "accepted"]);
  const path = `${service.url}/v1/jobs/${String(body.job_id)}/result`;
  let result = await getJson(path);
  while (result.status === 423) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    result = await getJson(path);
  }
  expect(result.body.project_files).toContain("later/potion.kiln.lock.json");
});

test.each<[object, string]>([
  [{ name: "../up" }, "name"],
  [{ name: "ok", dir: "../up" }, "dir"],
  [{ name: "ok", index: 7 }, "index"],
  [{ name: "ok", engine: ["unreal"] }, "engine.0"],
  [{}, "name"],
  [{ name: "ok", overwrite: true }, "overwrite"],
])("%j is refused at its field", async (body, field) => {
  const refused = await accept(body);
  expect(refused.status).toBe(422);
  expect(refused.body.errors).toEqual([expect.objectContaining({ field })]);
});

test("an asset that does not exist is not found", async () => {
  expect((await accept({ name: "ok" }, "spr_0000000000000000")).status).toBe(404);
});

test("a file that a person changed stays as it is", async () => {
  await accept({ dir: "mine", name: "potion", index: 0 });
  const path = join(project.dir, "mine/potion.png");
  await writeFile(path, "by hand");
  const refused = await accept({ dir: "mine", name: "potion", index: 1 });
  expect([refused.status, refused.body.code]).toEqual([409, "file-changed"]);
  expect(await readFile(path, "utf8")).toBe("by hand");
});
