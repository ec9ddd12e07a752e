import { execFile, spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { useService } from "./use-service.ts";

const run = promisify(execFile);
const hasCurl = spawnSync("curl", ["--version"]).status === 0;
if (!hasCurl) console.warn("SKIPPED: the curl example, because there is no curl on this machine.");
const example = (path: string) => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url));

const service = useService();

test("the Node example saves three sprites", async () => {
  const env = { ...process.env, PIXELKILN_URL: service.url };
  await run(process.execPath, [example("node-script/generate.mjs"), "red dragon", service.dir], { env });
  const names = (await readdir(service.dir)).filter((name) => name.endsWith(".png"));
  expect(names.sort()).toEqual(["red-dragon-1.png", "red-dragon-2.png", "red-dragon-3.png"]);
  for (const name of names) {
    const { width, height } = await decodeImage(await readFile(join(service.dir, name)), name);
    expect([width, height]).toEqual([32, 32]);
  }
});

test.runIf(hasCurl)("the curl example puts a sprite and its Godot files into the project", async () => {
  const env = { ...process.env, PIXELKILN_URL: service.url };
  const { stdout } = await run("sh", [example("curl/sprite.sh"), "green slime"], { env });
  expect(JSON.parse(stdout)).toMatchObject({ status: "succeeded", base64_images: [] });
  expect(await readdir(join(service.dir, "art"))).toEqual(
    expect.arrayContaining(["sprite.png", "sprite.png.import", "sprite.tres", "sprite.tscn"]),
  );
});
