import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FakeComfy, startFakeComfy } from "../generators/servers/fake-comfy.ts";
import { type FakeSdapi, startFakeSdapi } from "../generators/servers/fake-sdapi.ts";
import { inFolder, runCli } from "./run-cli.ts";

const PROGRAM = fileURLToPath(new URL("../generators/servers/sd-server-process.mjs", import.meta.url));

let forge: FakeSdapi;
let comfy: FakeComfy;
beforeAll(async () => {
  [forge, comfy] = await Promise.all([startFakeSdapi(), startFakeComfy()]);
});
afterAll(() => Promise.all([forge.close(), comfy.close()]));

/** Runs commands with a list of models of its own. */
async function withList(
  work: (run: (...args: string[]) => ReturnType<typeof runCli>, dir: string) => Promise<void>,
) {
  await inFolder(async (dir) => {
    const env = { PIXELKILN_MODELS_FILE: join(dir, "list", "models.json") };
    await work((...args) => runCli(args, { cwd: dir, env }), dir);
  });
}

test("a server is added by its address alone, checked, drawn with, and removed", async () => {
  await withList(async (run, dir) => {
    const added = await run(
      "models",
      "add",
      "forge",
      "--url",
      forge.url,
      "--size",
      "512",
      "--lora",
      "pixel-art-xl:0.7",
    );
    expect([added.code, added.stderr]).toEqual([0, expect.stringContaining("--license")]);
    const { models } = JSON.parse(await readFile(join(dir, "list", "models.json"), "utf8"));
    const lora = { name: "pixel-art-xl", weight: 0.7 };
    expect(models).toEqual([{ id: "forge", backend: "sdapi", url: forge.url, loras: [lora], sizes: [512] }]);
    expect((await run("models", "add", "comfy", "--url", comfy.url)).code).toBe(0);

    const checked = await run("models", "check");
    expect(checked.code).toBe(0);
    expect(checked.stdout).toMatch(/forge\n\s+state\s+up\n.*\n\s+checkpoint\s+pixel-xl/);
    expect(checked.stdout).toMatch(/LoRAs\s+pixel-art-xl\n\s+samplers\s+Euler a, DPM\+\+ 2M/);
    expect(checked.stdout).toMatch(/ComfyUI 0\.3\.64/);

    const drawn = await run("sprite", "a red potion", "--model", "forge", "-o", "potion.png", "--seed", "4");
    expect([drawn.code, drawn.stderr]).toEqual([0, expect.any(String)]);
    expect((await readFile(join(dir, "potion.png"))).subarray(1, 4).toString()).toBe("PNG");

    expect((await run("models", "remove", "forge")).code).toBe(0);
    expect((await run("sprite", "a red potion", "--model", "forge")).stderr).toContain("embedded-v1, comfy");
  });
});

test("sd-server is added by its files, and draws without a service", async () => {
  await withList(async (run, dir) => {
    await writeFile(join(dir, "m.safetensors"), "weights");
    const files = ["--server", PROGRAM, "--model", "m.safetensors", "--license", "MIT", "--size", "512"];
    expect(await run("models", "add", "sd", ...files, "--steps", "2")).toMatchObject({ code: 0 });
    const drawn = await run("sprite", "a coin", "--model", "sd", "-o", "coin.png", "--json");
    expect(drawn.code).toBe(0);
    const { provenance } = JSON.parse(drawn.stdout);
    expect(provenance.model).toMatchObject({ id: "sd", license: "MIT" });
    expect(provenance.server.checkpoint).toEqual({
      name: "m.safetensors",
      sha256: createHash("sha256").update("weights").digest("hex"),
    });
  });
});

test.each([
  [["add", "far", "--url", "http://192.0.2.1:7860"], "--url: got", "--allow-remote"],
  [["add", "x", "--url", "http://127.0.0.1:9"], "Neither ComfyUI nor", "ECONNREFUSED"],
  [["add", "x"], "neither --url nor --server", "one of them"],
  [["add", "x", "--server", "no/such/program", "--model", "m"], "--model: got", "an existing file"],
  [["add", "Bad Id", "--url", "http://127.0.0.1:9", "--backend", "comfy"], "got", "a name of a-z"],
  [["check", "nobody"], "models check: got nobody", "a model of a server"],
  [["remove", "nobody"], "models remove", "your list is empty"],
])("models %j is refused in words", async (args, ...words) => {
  await withList(async (run) => {
    const { code, stderr } = await run("models", ...args);
    expect(code).not.toBe(0);
    for (const word of words) expect(stderr).toContain(word);
  });
});

test("a game's configuration may run no program, send no key, and read no graph outside of it", async () => {
  const id = "x";
  const url = "https://images.example";
  for (const [model, words] of [
    [{ id, backend: "sd-server", server: "/bin/sh", checkpoint: "x" }, "may run no programs"],
    [{ id, backend: "openai", url, allow_remote: true, key_env: "SECRET" }, "may send no keys"],
    [{ id, backend: "openai", url }, '"allow_remote": true'],
    [{ id, backend: "comfy", url: "http://127.0.0.1:9", graph: "../graph.json" }, "inside the project"],
  ] as const)
    await withList(async (run, dir) => {
      await writeFile(join(dir, "pixelkiln.config.json"), JSON.stringify({ models: [model] }));
      await writeFile(join(dir, "..", "graph.json"), "{}");
      const { code, stderr } = await run("models");
      expect(stderr).toContain(words);
      expect(stderr).toContain("pixelkiln.config.json: models.");
      expect(code).toBe(2);
    });
});
