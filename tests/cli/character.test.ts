import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CharacterAnswer } from "../../service/kinds/character/answer.ts";
import { sha256 } from "../../service/library/hashes.ts";
import { inFolder, runCli } from "./run-cli.ts";

const KNIGHT = ["character", "knight with a red cape", "--seed", "3"];

test("words become one sheet with all actions, and whoever drew its parts is named", () =>
  inFolder(async (dir) => {
    const flags = ["--actions", "idle,walk", "--directions", "4", "--engine", "godot,phaser"];
    const { code, stdout, stderr } = await runCli([...KNIGHT, ...flags, "-o", "art/hero.png"], { cwd: dir });
    expect([code, stderr]).toMatchObject([0, expect.stringContaining("credit: Parts by ")]);
    expect(stdout).toMatch(
      /^art\/hero-sheet\.png {2}40 frames of \d+x\d+, idle, walk in 4 directions, \d+ colors\n$/,
    );
    expect((await readdir(join(dir, "art"))).filter((name) => name.endsWith(".tres"))).toEqual(["hero.tres"]);
  }));

test("an answer is worn again with --outfit; --fps takes a rate for each action", () =>
  inFolder(async (dir) => {
    const first = await runCli([...KNIGHT, "--actions", "walk", "--json", "-o", "a/hero.png"], { cwd: dir });
    await writeFile(join(dir, "hero.json"), first.stdout);
    const flags = ["--outfit", "hero.json", "--actions", "walk", "--fps", "walk=5", "--json"];
    const again = await runCli(["character", ...flags, "-o", "b/hero.png"], { cwd: dir });
    const answers = [first, again].map(({ stdout }) => CharacterAnswer.parse(JSON.parse(stdout)));
    expect(answers[1]!.character.outfit).toEqual(answers[0]!.character.outfit);
    expect(answers[1]!.character.actions[0]!.fps).toBe(5);
  }));

test("a kiln file makes the same character", () =>
  inFolder(async (dir) => {
    const request = { kind: "character", prompt: "knight with a red cape", seed: 3, actions: ["walk"] };
    await writeFile(join(dir, "hero.kiln.json"), JSON.stringify(request));
    const built = await runCli(["build"], { cwd: dir });
    expect([built.code, built.stderr]).toMatchObject([0, expect.anything()]);
    expect((await runCli([...KNIGHT, "--actions", "walk", "-o", "cli/hero.png"], { cwd: dir })).code).toBe(0);
    const hash = async (path: string) => sha256(await readFile(join(dir, path)));
    expect(await hash("hero-sheet.png")).toBe(await hash("cli/hero-sheet.png"));
  }));

test("what is wrong is said in one line, with exit code 2", () =>
  inFolder(async (dir) => {
    const unknown = await runCli([...KNIGHT, "--actions", "moonwalk"], { cwd: dir });
    expect([unknown.code, unknown.stderr]).toMatchObject([2, expect.stringContaining('got "moonwalk"')]);
    const slime = await runCli(["character", "green slime"], { cwd: dir });
    expect([slime.code, slime.stderr]).toMatchObject([
      2,
      expect.stringContaining("`animate` draws creatures"),
    ]);
  }));
