import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { treeOf } from "../library/asset-setup.ts";
import { build, makeGame, textMaker } from "../project/project-setup.ts";
import { inFolder, runCli } from "./run-cli.ts";

const put = async (dir: string, path: string, content: unknown): Promise<void> => {
  await mkdir(join(dir, path, ".."), { recursive: true });
  await writeFile(join(dir, path), typeof content === "string" ? content : JSON.stringify(content));
};

test("build makes what is there with the real model, names what is wrong in one line each, and says the rest", () =>
  inFolder(async (dir) => {
    await put(dir, "project.godot", "");
    await put(dir, "art/gem.kiln.json", { kind: "sprite", prompt: "gem", steps: 2 });
    await put(dir, "art/bad.kiln.json", { kind: "sprite", promt: "gem", width: 3 });
    await put(dir, "art/half.kiln.json", '{"kind": "sprite"');
    const first = await runCli(["build"], { cwd: dir });
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(
      /^art\/gem\.kiln\.json: made art\/gem\.png\.import, art\/gem\.png, .* ms\)\n/,
    );
    expect(first.stdout).toMatch(/\n1 asset made, 2 assets failed\n$/);
    expect(first.stderr.match(/^art\/(?:bad|half)\.kiln\.json: .*$/gm)).toEqual([
      "art/half.kiln.json: This is not valid JSON: the file ends too early.",
      "art/bad.kiln.json: promt: got a value, expected nothing: there is no such field; " +
        "prompt: got nothing, expected a string; width: got 3, expected at least 8",
    ]);
    expect(await readFile(join(dir, "art/gem.tres"), "utf8")).toContain("res://art/gem.png");
    await rm(join(dir, "art/bad.kiln.json"));
    await rm(join(dir, "art/half.kiln.json"));
    const before = treeOf(dir);
    const second = await runCli(["build", "art"], { cwd: dir });
    expect([second.code, second.stdout]).toEqual([0, "nothing to do: 1 asset up to date\n"]);
    await rm(join(dir, "art/gem.png"));
    await rm(join(dir, "art/gem.kiln.lock.json"));
    for (const file of ["gem.json", "gem.tres", "gem.tscn", "gem.png.import", "pixelkiln.manifest.json"])
      await rm(join(dir, "art", file));
    expect((await runCli(["build"], { cwd: dir })).code).toBe(0);
    expect(treeOf(dir)).toEqual(before);
  }));

test("a changed file is named and exit code 1 says so; prune removes what a removed kiln file made", async () => {
  const game = makeGame();
  game.write("hero.kiln.json", { kind: "pixelate", input_image: "base.png" });
  game.write("slime.kiln.json", { kind: "pixelate", input_image: "base.png" });
  game.write("base.png", "any bytes");
  await build(game, textMaker({ model: false }));
  game.write("hero.png", "mine");
  const refused = await runCli(["build"], { cwd: game.dir });
  expect([refused.code, refused.stdout]).toEqual([1, "1 asset failed, 1 asset up to date\n"]);
  expect(refused.stderr).toContain("hero.kiln.json: You changed hero.png, so nothing was written");
  await rm(game.at("slime.kiln.json"));
  const kept = await runCli(["build"], { cwd: game.dir });
  expect(kept.stdout).toContain("slime.kiln.json: no longer makes slime.png.import, slime.png, slime.json");
  const pruned = await runCli(["build", "--prune", "--json"], { cwd: game.dir });
  expect(pruned.stderr).toContain("slime.kiln.json: removed slime.png.import, slime.png, slime.json");
  expect(JSON.parse(pruned.stdout)).toEqual({ made: 0, fresh: 0, failed: 1 });
  expect(Object.keys(treeOf(game.dir)).filter((path) => path.startsWith("slime"))).toEqual([]);
});

test("five hundred assets that are up to date: nothing to do, and no file is touched", async () => {
  const game = makeGame();
  game.write("base.png", "any bytes");
  for (let i = 0; i < 500; i++) {
    const path = `art/${i % 10}/asset-${i}.kiln.json`;
    game.write(path, { kind: "pixelate", input_image: "../../base.png" });
  }
  const maker = textMaker({ model: false });
  game.write("pixelkiln.config.json", {});
  await build(game, maker);
  const before = treeOf(game.dir);
  const { code, stdout } = await runCli(["build"], { cwd: game.dir });
  expect([code, stdout]).toEqual([0, "nothing to do: 500 assets up to date\n"]);
  expect(treeOf(game.dir)).toEqual(before);
});

test("usage: a folder that is not there, a service that is away, the schema, help", () =>
  inFolder(async (dir) => {
    const missing = await runCli(["build", "nowhere"], { cwd: dir });
    expect([missing.code, missing.stderr]).toEqual([
      2,
      'pixelkiln: folder: got "nowhere", expected an existing folder\n',
    ]);
    const away = await runCli(["build", "--service", "http://127.0.0.1:9"], { cwd: dir });
    expect([away.code, away.stderr]).toEqual([1, expect.stringContaining("pixelkiln serve")]);
    const none = await runCli(["build"], { cwd: dir });
    expect([none.code, none.stdout]).toEqual([0, "nothing to do: there is no *.kiln.json here\n"]);
    const schema = await runCli(["build", "--schema"], { cwd: dir });
    expect(JSON.parse(schema.stdout)).toMatchObject({ title: expect.stringContaining("Kiln file") });
    expect((await runCli(["watch", "--help"], { cwd: dir })).stdout).toContain("pixelkiln watch [FOLDER]");
  }));

test("the configuration of a project holds for the command line, and flags win over it", () =>
  inFolder(async (dir) => {
    await put(dir, "pixelkiln.config.json", { palette: "1-bit", output: "public/art", engines: ["godot"] });
    const flags = ["--seed", "1", "--steps", "2", "--json"];
    const made = await runCli(["sprite", "gem", ...flags], { cwd: dir });
    expect(JSON.parse(made.stdout)).toMatchObject({ palette: { name: "1-bit", locked: true } });
    expect(Object.keys(treeOf(dir))).toContain("public/art/gem.tres");
    const other = ["--input-palette", "nes", "-o", "here.png"];
    const chosen = await runCli(["sprite", "gem", ...flags, ...other], { cwd: dir });
    expect(JSON.parse(chosen.stdout)).toMatchObject({ palette: { name: "nes" } });
    expect(Object.keys(treeOf(dir))).toContain("here.png");
  }));
