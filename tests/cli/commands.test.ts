import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { KINDS } from "../../service/kinds/table.ts";
import { sha256 } from "../../service/library/hashes.ts";
import { SpriteRequest } from "../../shared/requests.ts";
import { BINARY, inFolder, runCli } from "./run-cli.ts";

test("--version and --help of every command exit 0", () =>
  inFolder(async (dir) => {
    const version = await runCli(["--version"], { cwd: dir });
    expect(version).toMatchObject({ code: 0, stderr: "" });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = await runCli(["--help"], { cwd: dir });
    for (const name of [
      ...KINDS.map(({ verb }) => verb),
      "serve",
      "edit",
      "build",
      "watch",
      "models",
      "gpu",
      "doctor",
      "demo",
    ]) {
      expect(help.stdout).toContain(`pixelkiln ${name}`);
      const one = await runCli([name, "--help"], { cwd: dir });
      expect(one).toMatchObject({ code: 0, stderr: "" });
      expect(one.stdout).toContain(`pixelkiln ${name}`);
    }
    expect((await runCli([], { cwd: dir })).code).toBe(2);
  }));

test("every field of a request is a flag, apart from those that the command line says otherwise", () =>
  inFolder(async (dir) => {
    const { stdout } = await runCli(["sprite", "--help"], { cwd: dir });
    const others = Object.keys(SpriteRequest.shape).filter(
      (field) => field !== "output" && !new RegExp(`--${field.replaceAll("_", "-")}(?![\\w-])`).test(stdout),
    );
    expect(others).toEqual(["prompt", "check_cost", "async", "upload_outputs"]);
  }));

test("models lists the embedded model as JSON and as text", () =>
  inFolder(async (dir) => {
    const json = await runCli(["models", "list", "--json"], { cwd: dir });
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout).models[0]).toMatchObject({
      id: "embedded-v1",
      sizes: [16, 24, 32, 48, 64],
    });
    expect((await runCli(["models"], { cwd: dir })).stdout).toContain("embedded-v1");
  }));

test("doctor finds that sprites can be made, and says so as JSON", () =>
  inFolder(async (dir) => {
    const { code, stdout } = await runCli(["doctor", "--json"], { cwd: dir });
    const { ok, findings } = JSON.parse(stdout);
    expect(findings.filter((finding: { state: string }) => finding.state === "bad")).toEqual([]);
    expect(ok).toBe(true);
    expect(code).toBe(0);
    const names = findings.map((finding: { name: string }) => finding.name);
    expect(names).toEqual(expect.arrayContaining(["node", "model", "device", "sprite", "folder", "port"]));
  }));

test("doctor names a model whose file was changed, and exits 1", () =>
  inFolder(async (dir) => {
    const { cp } = await import("node:fs/promises");
    const { packageInfo } = await import("../../service/package-info.ts");
    const folder = join(dir, "embedded-v1");
    await cp(join(packageInfo().root, "models/embedded-v1"), folder, { recursive: true, dereference: true });
    await writeFile(join(folder, "tokenizer.json"), "{}");
    const { code, stdout } = await runCli(["doctor"], { cwd: dir, env: { PIXELKILN_MODELS: dir } });
    expect(stdout).toContain("tokenizer.json");
    expect(stdout).toContain("This machine cannot make sprites yet.");
    expect(code).toBe(1);
  }));

test("the demo makes twelve different sprites with engine files and a sheet, and again the same bytes", () =>
  inFolder(async (dir) => {
    const hashes = async (): Promise<string[]> => {
      const names = (await readdir(join(dir, "out"))).sort();
      return Promise.all(
        names.map(async (name) => `${name} ${sha256(await readFile(join(dir, "out", name)))}`),
      );
    };
    const first = await runCli(["demo"], { cwd: dir });
    expect(first.stderr).not.toContain("pixelkiln:");
    expect(first.code).toBe(0);
    expect(first.stdout.trim().split("\n")).toHaveLength(1 + 12 + 2);
    const before = await hashes();
    const count = (end: string) => before.filter((line) => line.split(" ")[0]!.endsWith(end)).length;
    expect([count(".png"), count(".tres"), count(".png.import")]).toEqual([13, 12, 12]);
    const png = before
      .filter((line) => line.split(" ")[0]!.endsWith(".png"))
      .map((line) => line.split(" ")[1]);
    expect(new Set(png).size).toBe(13);
    expect((await runCli(["demo"], { cwd: dir })).code).toBe(0);
    expect(await hashes()).toEqual(before);
  }));

test("every flag of a kind is explained", () =>
  inFolder(async (dir) => {
    for (const { verb } of KINDS) {
      const { stdout } = await runCli([verb, "--help"], { cwd: dir });
      expect({ verb, bare: stdout.match(/^ {2}--[a-z-]+( [^ ]+)?$/gm) }).toEqual({ verb, bare: null });
    }
  }));

test("doctor says in words why a device is not used, without the runtime's own text", () =>
  inFolder(async (dir) => {
    const { stdout } = await runCli(["doctor", "--json"], { cwd: dir, env: { PIXELKILN_DEVICE: "cuda" } });
    const { findings } = JSON.parse(stdout) as { findings: { state: string; name: string; found: string }[] };
    const notes = findings.filter(({ name, state }) => name === "device" && state === "note");
    for (const { found } of notes) expect(found).not.toMatch(/::|onnxruntime|Ort|\.cc/);
  }));

test("an error of a command with --json is JSON as well: the problem that the service would answer", () =>
  inFolder(async (dir) => {
    const { code, stdout, stderr } = await runCli(["sprite", "gem", "--width", "7", "--json"], { cwd: dir });
    expect(code).toBe(2);
    const errors = [expect.objectContaining({ field: "width", got: "7" })];
    expect(JSON.parse(stdout)).toMatchObject({ status: 422, code: "invalid-request", errors });
    expect(stderr).toMatch(/^pixelkiln: /);
  }));

test.skipIf(!existsSync("/dev/full"))("output that cannot be written is an error", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, [BINARY, "models", "list"], {
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  closeSync(full);
  expect(status).toBe(1);
  expect(stderr).toContain("could not be written (ENOSPC)");
});
