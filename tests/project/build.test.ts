import { existsSync, rmSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { ProjectLock, ProjectManifest } from "../../service/library/project-files.ts";
import { findOrphans, pruneOrphan, readKilnSet } from "../../service/project/kiln-set.ts";
import { treeOf } from "../library/asset-setup.ts";
import { build, makeGame, type TestGame, textMaker } from "./project-setup.ts";

const lockOf = (game: TestGame, path: string) => ProjectLock.parse(JSON.parse(game.text(path)));
const manifestOf = (game: TestGame, path: string) => ProjectManifest.parse(JSON.parse(game.text(path)));

function gameOfThree(): TestGame {
  const game = makeGame();
  game.write("art/hero.kiln.json", { kind: "sprite", prompt: "a hero" });
  game.write("art/slime.kiln.json", { kind: "sprite", prompt: "green slime", seed: 3 });
  game.write("Assets/UI/coin.kiln.json", { kind: "sprite", prompt: "coin", output: { engine: ["godot"] } });
  return game;
}

test("outputs, lock and manifest land beside each kiln file, whatever its folder is called", async () => {
  const game = gameOfThree();
  const { summary } = await build(game, textMaker());
  expect(summary).toEqual({ made: 3, fresh: 0, failed: 0 });
  expect(Object.keys(treeOf(game.dir)).sort()).toEqual([
    "Assets/UI/coin.json",
    "Assets/UI/coin.kiln.json",
    "Assets/UI/coin.kiln.lock.json",
    "Assets/UI/coin.png",
    "Assets/UI/coin.png.import",
    "Assets/UI/pixelkiln.manifest.json",
    "art/hero.json",
    "art/hero.kiln.json",
    "art/hero.kiln.lock.json",
    "art/hero.png",
    "art/hero.png.import",
    "art/pixelkiln.manifest.json",
    "art/slime.json",
    "art/slime.kiln.json",
    "art/slime.kiln.lock.json",
    "art/slime.png",
    "art/slime.png.import",
  ]);
  expect(game.text("Assets/UI/coin.png")).toContain('"engines":["godot"],"gameFolder":"Assets/UI"');
  expect(manifestOf(game, "art/pixelkiln.manifest.json").assets.map(({ name }) => name)).toEqual([
    "hero",
    "slime",
  ]);
  expect(lockOf(game, "art/hero.kiln.lock.json")).toMatchObject({
    model: { id: "ember" },
    training_data_licenses: ["CC0-1.0"],
    kiln: { file: "hero.kiln.json", pictures: [] },
  });
});

test("a second build makes nothing and touches no file; a build of all gives the same bytes again", async () => {
  const game = gameOfThree();
  const maker = textMaker();
  await build(game, maker);
  const before = treeOf(game.dir);
  expect(await build(game, maker)).toMatchObject({ summary: { made: 0, fresh: 3, failed: 0 }, made: [] });
  expect(treeOf(game.dir)).toEqual(before);
  expect((await build(game, maker, { all: true })).made).toHaveLength(3);
  expect(treeOf(game.dir)).toEqual(before);
});

test("an edit of one request makes that asset only; white space and the order of fields are no edit", async () => {
  const game = gameOfThree();
  const maker = textMaker();
  await build(game, maker);
  game.write("art/slime.kiln.json", '{"seed":3,\n\n"prompt":"green slime","kind":"sprite"}');
  expect((await build(game, maker)).made).toEqual([]);
  game.write("art/slime.kiln.json", { kind: "sprite", prompt: "red slime", seed: 3 });
  expect((await build(game, maker)).made).toEqual(["art/slime.kiln.json"]);
});

test("another model, another version of the program and a missing file are each a reason to make it again", async () => {
  const game = gameOfThree();
  const maker = textMaker();
  await build(game, maker);
  const before = treeOf(game.dir);
  rmSync(game.at("art/hero.png"));
  expect((await build(game, maker)).made).toEqual(["art/hero.kiln.json"]);
  expect(treeOf(game.dir)).toEqual(before);
  maker.facts = { ...maker.facts, version: "99.0.0" };
  expect((await build(game, maker)).made).toHaveLength(3);
  maker.facts.models[0]!.sha256 = "f".repeat(64);
  expect((await build(game, maker)).made).toHaveLength(3);
  expect((await build(game, maker)).made).toEqual([]);
});

test("a file that a person changed is named and stays, the rest is made; force writes over it", async () => {
  const game = gameOfThree();
  const maker = textMaker();
  await build(game, maker);
  game.write("art/hero.png", "touched up by hand");
  game.write("art/hero.kiln.json", { kind: "sprite", prompt: "another hero" });
  game.write("art/slime.kiln.json", { kind: "sprite", prompt: "red slime", seed: 3 });
  const { summary, failed, made } = await build(game, maker);
  expect(summary).toEqual({ made: 1, fresh: 1, failed: 1 });
  expect(made).toEqual(["art/slime.kiln.json"]);
  expect(failed["art/hero.kiln.json"]).toContain("You changed hero.png");
  expect(game.text("art/hero.png")).toBe("touched up by hand");
  expect((await build(game, maker, { force: true })).made).toEqual(["art/hero.kiln.json"]);
  expect(game.text("art/hero.png")).toContain("another hero");
});

test("a file that was there before the first build is a person's; force takes it", async () => {
  const game = makeGame();
  const maker = textMaker();
  game.write("hero.png", "mine");
  game.write("hero.kiln.json", { kind: "sprite", prompt: "a hero" });
  expect((await build(game, maker)).failed["hero.kiln.json"]).toContain("hero.png");
  expect(game.text("hero.png")).toBe("mine");
  expect((await build(game, maker, { force: true })).summary.made).toBe(1);
});

test("an .import that Godot rewrote is the editor's: nothing is made again and it stays", async () => {
  const game = gameOfThree();
  const maker = textMaker();
  await build(game, maker);
  game.write("art/hero.png.import", "[remap]\nuid=1");
  expect((await build(game, maker)).made).toEqual([]);
  game.write("art/hero.kiln.json", { kind: "sprite", prompt: "another hero" });
  expect((await build(game, maker)).summary).toEqual({ made: 1, fresh: 2, failed: 0 });
  expect(game.text("art/hero.png.import")).toBe("[remap]\nuid=1");
});

test("a manifest that lost an entry is repaired without drawing; one in the middle of a merge is left to its person", async () => {
  const game = gameOfThree();
  const maker = textMaker();
  await build(game, maker);
  const before = treeOf(game.dir);
  rmSync(game.at("art/pixelkiln.manifest.json"));
  expect(await build(game, maker)).toMatchObject({ summary: { made: 0, fresh: 3, failed: 0 }, made: [] });
  expect(treeOf(game.dir)).toEqual(before);
  game.write("art/pixelkiln.manifest.json", "<<<<<<< HEAD\n");
  const { summary, failed } = await build(game, maker);
  expect(summary).toEqual({ made: 0, fresh: 1, failed: 2 });
  expect(failed["art/hero.kiln.json"]).toContain("pixelkiln.manifest.json");
  expect(game.text("art/pixelkiln.manifest.json")).toBe("<<<<<<< HEAD\n");
});

test("output puts the files elsewhere in the project; two kiln files with one target are both refused", async () => {
  const game = makeGame();
  game.write("kiln/a.kiln.json", { kind: "sprite", prompt: "a", output: { dir: "public/art", name: "x" } });
  game.write("kiln/b.kiln.json", { kind: "sprite", prompt: "b", output: { dir: "public/art" } });
  expect((await build(game, textMaker())).summary.made).toBe(2);
  expect(lockOf(game, "public/art/x.kiln.lock.json").kiln?.file).toBe("../../kiln/a.kiln.json");
  game.write("kiln/c.kiln.json", { kind: "sprite", prompt: "c", output: { dir: "public/art", name: "x" } });
  const { summary, failed } = await build(game, textMaker());
  expect(summary).toEqual({ made: 0, fresh: 1, failed: 2 });
  expect(failed["kiln/a.kiln.json"]).toContain("kiln/c.kiln.json writes the same files");
});

test.skipIf(process.platform === "win32")(
  "an output folder that is a link out of the game is refused",
  async () => {
    const [game, other] = [makeGame(), makeGame()];
    symlinkSync(other.dir, game.at("art"));
    game.write("a.kiln.json", { kind: "sprite", prompt: "a", output: { dir: "art/deep" } });
    expect((await build(game, textMaker())).failed["a.kiln.json"]).toContain("art leads out of the folder");
    expect(treeOf(other.dir)).toEqual({});
  },
);

test("a picture that another kiln file makes is waited for, and its change makes the follower too", async () => {
  const game = makeGame();
  const maker = textMaker();
  game.write("a-big.kiln.json", { kind: "pixelate", input_image: "hero.png" });
  game.write("hero.kiln.json", { kind: "sprite", prompt: "a hero" });
  expect((await build(game, maker)).made).toEqual(["hero.kiln.json", "a-big.kiln.json"]);
  expect(lockOf(game, "a-big.kiln.lock.json")).toMatchObject({ request: { input_image: "file:hero.png" } });
  expect((await build(game, maker)).made).toEqual([]);
  game.write("hero.kiln.json", { kind: "sprite", prompt: "another hero" });
  expect((await build(game, maker)).made).toEqual(["hero.kiln.json", "a-big.kiln.json"]);
});

test("kiln files that need each other or themselves are refused instead of made for ever", async () => {
  const game = makeGame();
  game.write("a.kiln.json", { kind: "pixelate", input_image: "b.png" });
  game.write("b.kiln.json", { kind: "pixelate", input_image: "a.png" });
  game.write("c.kiln.json", { kind: "pixelate", input_image: "c.png" });
  const { failed, made } = await build(game, textMaker());
  expect(made).toEqual([]);
  expect(Object.keys(failed).sort()).toEqual(["a.kiln.json", "b.kiln.json", "c.kiln.json"]);
  expect(failed["a.kiln.json"]).toContain("its own output as a picture (through b.kiln.json)");
});

test("what a removed or moved kiln file made stays until it is pruned, and then only what is still ours goes", async () => {
  const game = gameOfThree();
  await build(game, textMaker());
  rmSync(game.at("art/hero.kiln.json"));
  game.write("art/hero.json", "mine now");
  game.write("art/slime.kiln.json", { kind: "sprite", prompt: "x", output: { dir: "moved" } });
  const project = await game.open();
  const orphans = await findOrphans(await readKilnSet(game.dir, project), project);
  expect(orphans.map(({ kilnFile, name }) => [kilnFile, name])).toEqual([
    ["art/hero.kiln.json", "hero"],
    ["art/slime.kiln.json", "slime"],
  ]);
  expect(existsSync(game.at("art/hero.png"))).toBe(true);
  const pruned = [];
  for (const orphan of orphans) pruned.push(await pruneOrphan(orphan, project));
  expect(pruned[0]).toEqual({ removed: ["art/hero.png.import", "art/hero.png"], kept: ["art/hero.json"] });
  expect(game.text("art/hero.json")).toBe("mine now");
  expect(existsSync(game.at("art/pixelkiln.manifest.json"))).toBe(false);
  expect(Object.keys(treeOf(game.dir)).filter((path) => path.startsWith("art/"))).toEqual([
    "art/hero.json",
    "art/slime.kiln.json",
  ]);
});

test("a kiln file that cannot be read keeps what it made", async () => {
  const game = gameOfThree();
  await build(game, textMaker());
  game.write("art/hero.kiln.json", "{");
  const project = await game.open();
  expect(await findOrphans(await readKilnSet(game.dir, project), project)).toEqual([]);
});

test("a lock from a repository cannot have files outside its folder removed", async () => {
  const game = gameOfThree();
  await build(game, textMaker());
  game.write("secret.txt", "secret");
  const lock = lockOf(game, "art/hero.kiln.lock.json");
  const { sha256 } = await import("../../service/library/hashes.ts");
  lock.files.push({ path: "../secret.txt", sha256: sha256("secret") });
  game.write("art/hero.kiln.lock.json", lock);
  rmSync(game.at("art/hero.kiln.json"));
  const project = await game.open();
  const orphans = await findOrphans(await readKilnSet(game.dir, project), project);
  await pruneOrphan(orphans[0]!, project);
  expect(game.text("secret.txt")).toBe("secret");
});
