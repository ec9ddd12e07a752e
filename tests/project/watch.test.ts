import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { BuildReport } from "../../service/project/build-kiln-heads.ts";
import { watchKilnFiles } from "../../service/project/watch-kiln-files.ts";
import { PNG } from "../http/canned-asset.ts";
import { makeGame, type TestGame, textMaker } from "./project-setup.ts";

async function watching(game: TestGame, folder = ".") {
  const maker = textMaker();
  const failed: string[] = [];
  const orphans: string[] = [];
  const started: string[] = [];
  const stop = new AbortController();
  const project = await game.open(folder);
  let ended: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve) => {
    ended = watchKilnFiles({
      asked: project.asked,
      project,
      maker,
      signal: stop.signal,
      report: (report: BuildReport) => {
        if (report.type === "failed") failed.push(`${report.shown}: ${report.error.message}`);
        if (report.type === "making") started.push(report.head.shown);
      },
      reopen: () => game.open(folder),
      onReady: () => resolve(),
      onOrphan: ({ kilnFile }) => void orphans.push(kilnFile),
      log: (message) => void failed.push(message),
    });
  });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return { maker, failed, orphans, started, stop, ended };
}

async function until(look: () => boolean): Promise<void> {
  for (let i = 0; i < 1200; i++) {
    if (look()) return;
    await sleep(25);
  }
  throw new Error("It did not happen within 30 s.");
}

/** Long enough for something that should not happen to show. */
const aWhile = () => sleep(300);

function gameOfTwo(): TestGame {
  const game = makeGame();
  game.write("art/hero.kiln.json", { kind: "sprite", prompt: "a hero" });
  game.write("art/slime.kiln.json", { kind: "sprite", prompt: "green slime" });
  return game;
}

test("all is made at the start, then an edit makes that asset alone, however the editor saves", async () => {
  const game = gameOfTwo();
  const { maker } = await watching(game);
  expect(maker.made).toEqual(["art/hero.kiln.json", "art/slime.kiln.json"]);
  maker.made = [];
  game.write("art/slime.kiln.json", { kind: "sprite", prompt: "red slime" });
  await until(() => maker.made.length === 1);
  // An atomic save: another file replaces it.
  writeFileSync(game.at("art/.hero.tmp"), JSON.stringify({ kind: "sprite", prompt: "another hero" }));
  renameSync(game.at("art/.hero.tmp"), game.at("art/hero.kiln.json"));
  await until(() => maker.made.length === 2);
  // A save of the same text, and one of our own outputs: nothing to build.
  game.write("art/hero.kiln.json", game.text("art/hero.kiln.json"));
  await aWhile();
  expect(maker.made).toEqual(["art/slime.kiln.json", "art/hero.kiln.json"]);
  expect(game.text("art/hero.png")).toContain("another hero");
});

test("half a file gives one line, and the next save heals it", async () => {
  const game = gameOfTwo();
  const { maker, failed } = await watching(game);
  maker.made = [];
  game.write("art/hero.kiln.json", '{"kind": "sprite", "prompt": "anoth');
  await until(() => failed.length > 0);
  await aWhile();
  expect(failed).toEqual(["art/hero.kiln.json: This is not valid JSON: the file ends too early."]);
  expect(game.text("art/hero.png")).toContain("a hero");
  game.write("art/hero.kiln.json", { kind: "sprite", prompt: "another hero" });
  await until(() => maker.made.length === 1);
  expect(failed).toHaveLength(1);
});

test("a new file in a new folder is made; a removed one is said and what it made stays", async () => {
  const game = gameOfTwo();
  const { maker, orphans } = await watching(game);
  game.write("new/deep/coin.kiln.json", { kind: "sprite", prompt: "coin" });
  await until(() => existsSync(game.at("new/deep/coin.kiln.lock.json")));
  expect(maker.made.at(-1)).toBe("new/deep/coin.kiln.json");
  rmSync(game.at("art/hero.kiln.json"));
  await until(() => orphans.length > 0);
  expect(orphans).toEqual(["art/hero.kiln.json"]);
  expect(existsSync(game.at("art/hero.png"))).toBe(true);
});

test("a picture that a request names is watched, from the moment on at which it is named", async () => {
  const game = gameOfTwo();
  game.write("source/base.png", PNG);
  game.write("art/base.kiln.json", { kind: "pixelate", input_image: "../source/base.png" });
  const { maker } = await watching(game);
  maker.made = [];
  game.write("source/base.png", Buffer.concat([PNG, Buffer.from("1")]));
  await until(() => maker.made.length === 1);
  game.write("source/other.png", PNG);
  game.write("art/base.kiln.json", { kind: "pixelate", input_image: "../source/other.png" });
  await until(() => maker.made.length === 2);
  await aWhile();
  game.write("source/other.png", Buffer.concat([PNG, Buffer.from("2")]));
  await until(() => maker.made.length === 3);
  expect(new Set(maker.made)).toEqual(new Set(["art/base.kiln.json"]));
});

test("what one kiln file makes, another one that takes it is made from", async () => {
  const game = gameOfTwo();
  game.write("art/big.kiln.json", { kind: "pixelate", input_image: "hero.png" });
  const { maker } = await watching(game);
  maker.made = [];
  game.write("art/hero.kiln.json", { kind: "sprite", prompt: "another hero" });
  await until(() => maker.made.length === 2);
  await aWhile();
  expect(maker.made).toEqual(["art/hero.kiln.json", "art/big.kiln.json"]);
});

test("another configuration makes what it changes; a broken one is said and the old one stays", async () => {
  const game = gameOfTwo();
  game.write("art/slime.kiln.json", { kind: "sprite", prompt: "green slime", input_palette: "nes" });
  game.write("pixelkiln.config.json", { palette: "pico-8" });
  const { maker, failed } = await watching(game);
  maker.made = [];
  game.write("pixelkiln.config.json", "{");
  await until(() => failed.length === 1);
  expect(failed[0]).toContain("pixelkiln.config.json");
  game.write("pixelkiln.config.json", { palette: "cga" });
  await until(() => maker.made.length === 1);
  await aWhile();
  expect(maker.made).toEqual(["art/hero.kiln.json"]);
});

test("an edit while the asset is made ends that work: only the newest request is finished", async () => {
  const game = gameOfTwo();
  const { maker, started, failed } = await watching(game);
  maker.made = [];
  started.length = 0;
  maker.pauseMs = 700;
  game.write("art/hero.kiln.json", { kind: "sprite", prompt: "first thought" });
  await until(() => started.length === 1);
  game.write("art/hero.kiln.json", { kind: "sprite", prompt: "second thought" });
  await until(() => game.text("art/hero.png").includes("second thought"));
  await aWhile();
  expect([started.length, maker.made.length, failed]).toEqual([2, 1, []]);
});

test("only kiln files of the folder that was asked for are made", async () => {
  const game = gameOfTwo();
  game.write("project.godot", "");
  game.write("other/coin.kiln.json", { kind: "sprite", prompt: "coin" });
  const { maker } = await watching(game, "art");
  maker.made = [];
  game.write("other/coin.kiln.json", { kind: "sprite", prompt: "gold coin" });
  game.write("art/hero.kiln.json", { kind: "sprite", prompt: "another hero" });
  await until(() => maker.made.length === 1);
  await aWhile();
  expect(maker.made).toEqual(["art/hero.kiln.json"]);
});

test("it ends when it is told to, in the middle of work too", async () => {
  const game = gameOfTwo();
  const { maker, started, stop, ended } = await watching(game);
  started.length = 0;
  maker.pauseMs = 60_000;
  game.write("art/hero.kiln.json", { kind: "sprite", prompt: "never" });
  await until(() => started.length === 1);
  stop.abort();
  await ended;
  expect(game.text("art/hero.png")).toContain("a hero");
});

test("branches that are switched back and forth, with folders removed and made again, always end as the last one is", async () => {
  const game = makeGame();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: game.dir });
  game.write(".gitignore", "*.png\n*.lock.json\npixelkiln.manifest.json\n");
  game.write("art/hero.kiln.json", { kind: "sprite", prompt: "a hero" });
  git("init", "-q", "-b", "one");
  git("add", "-A");
  git("commit", "-q", "-m", "one");
  git("checkout", "-q", "-b", "two");
  rmSync(game.at("art"), { recursive: true });
  game.write("art/deep/slime.kiln.json", { kind: "sprite", prompt: "green slime" });
  git("add", "-A");
  git("commit", "-q", "-m", "two");
  const { maker } = await watching(game);
  for (let i = 0; i < 25; i++) {
    git("checkout", "-q", "one");
    git("checkout", "-q", "two");
    // A file that only the last state has, in a folder that was just made again.
    maker.made = [];
    game.write("art/deep/slime.kiln.json", { kind: "sprite", prompt: `slime ${i}` });
    await until(() => maker.made.includes("art/deep/slime.kiln.json"));
    git("checkout", "-q", ".");
  }
  await until(() => game.text("art/deep/slime.png").includes("green slime"));
});

test("files that are removed or changed while a long build runs are not made of what they were", async () => {
  const game = makeGame();
  const names = Array.from({ length: 8 }, (_, i) => `art/thing${i}.kiln.json`);
  for (const name of names) game.write(name, { kind: "sprite", prompt: "first" });
  const { maker, orphans } = await watching(game);
  maker.made = [];
  maker.pauseMs = 100;
  for (const name of names) game.write(name, { kind: "sprite", prompt: "second" });
  await until(() => maker.made.length > 0);
  const [gone, changed] = [names.slice(4, 6), names.slice(6)];
  for (const name of gone) rmSync(game.at(name));
  for (const name of changed) game.write(name, { kind: "sprite", prompt: "third" });
  const isThird = (name: string) => game.text(name.replace(".kiln.json", ".png")).includes("third");
  await until(() => changed.every(isThird) && orphans.length === gone.length);
  expect(orphans.toSorted()).toEqual(gone);
  expect(maker.made.toSorted()).toEqual(names.filter((name) => !gone.includes(name)));
});
