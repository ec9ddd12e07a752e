import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { openRoot } from "../../service/library/paths.ts";
import { removeAsset } from "../../service/library/project-manifest.ts";
import { writeProjectFiles } from "../../service/library/project-output.ts";
import { openProjectAssets } from "../../service/project/project-assets.ts";
import type { ServiceEvent } from "../../shared/events.ts";
import { makeGame, type TestGame } from "./project-setup.ts";

type Changed = Extract<ServiceEvent, { type: "project.changed" }>;

async function openIndex(game: TestGame) {
  const events: Changed[] = [];
  const logged: string[] = [];
  const index = await openProjectAssets({
    projectDir: game.dir,
    publish: (event) => void (event.type === "project.changed" && events.push(event)),
    log: (message) => void logged.push(message),
  });
  onTestFinished(() => index.close());
  return { index, events, logged };
}

async function put(game: TestGame, dir: string, name: string, text: string): Promise<void> {
  await writeProjectFiles({
    projectRoot: await openRoot(game.dir),
    dir,
    name,
    files: [{ path: `${name}.png`, role: "png", bytes: Buffer.from(text) }],
    lock: {
      assetId: "spr_0loyw3v28aaaaaaa",
      kind: "sprite",
      model: null,
      request: {},
      trainingDataLicenses: [],
    },
  });
}

/** Waits for this many events, then a little longer, so that an extra one would show. */
async function settled(events: readonly unknown[], count: number): Promise<void> {
  for (let i = 0; i < 200 && events.length < count; i++) await sleep(25);
  await sleep(200);
}

test("an asset that anybody writes is told once, with its folder, files and rev; what lies there is not told", async () => {
  const game = makeGame();
  await put(game, "art", "old", "old");
  const { events, index } = await openIndex(game);
  await put(game, "art", "hero", "one");
  await settled(events, 1);
  expect(events).toMatchObject([
    { type: "project.changed", dir: "art", name: "hero", kind: "sprite", files: ["art/hero.png"] },
  ]);
  await put(game, "art", "hero", "two");
  await put(game, "new/deep", "slime", "green");
  await settled(events, 3);
  expect(events.map(({ dir, name }) => [dir, name])).toEqual([
    ["art", "hero"],
    ["art", "hero"],
    ["new/deep", "slime"],
  ]);
  const revs = (await index.list()).map(({ dir, name, rev }) => [dir, name, rev]);
  expect(revs.map(([, name]) => name)).toEqual(["hero", "old", "slime"]);
  expect(revs[0]?.[2]).toBe(events[1]?.rev);
});

test("a service's own write, which it tells at once, is not told again by the watcher", async () => {
  const game = makeGame();
  const { events, index } = await openIndex(game);
  for (const text of ["one", "two", "three"]) {
    await put(game, "art", "hero", text);
    await index.refresh("art");
  }
  expect(events).toHaveLength(3);
  await settled(events, 3);
  expect(events).toHaveLength(3);
});

test("the same bytes written again are no change", async () => {
  const game = makeGame();
  await put(game, "", "hero", "one");
  const { events } = await openIndex(game);
  await put(game, "", "hero", "one");
  await settled(events, 0);
  expect(events).toEqual([]);
});

test("a removed asset is told with an empty rev, also when its manifest goes with it", async () => {
  const game = makeGame();
  await put(game, "art", "hero", "one");
  await put(game, "art", "slime", "one");
  const { events, index } = await openIndex(game);
  await removeAsset(game.at("art"), "hero");
  await settled(events, 1);
  rmSync(game.at("art"), { recursive: true });
  await settled(events, 2);
  expect(events.map(({ name, rev, files }) => [name, rev, files])).toEqual([
    ["hero", "", ["art/hero.png"]],
    ["slime", "", ["art/slime.png"]],
  ]);
  expect(await index.list()).toEqual([]);
});

test("half a merge in a manifest takes nothing away; the next whole one is compared with what was known", async () => {
  const game = makeGame();
  await put(game, "art", "hero", "one");
  const whole = game.text("art/pixelkiln.manifest.json");
  const { events, index, logged } = await openIndex(game);
  game.write("art/pixelkiln.manifest.json", `<<<<<<< HEAD\n${whole}`);
  await settled(logged, 1);
  expect(await index.list()).toHaveLength(1);
  game.write("art/pixelkiln.manifest.json", whole);
  await settled(events, 0);
  expect(events).toEqual([]);
});

test("dot folders and node_modules are not looked at", async () => {
  const game = makeGame();
  await put(game, "art", "hero", "one");
  for (const folder of [".godot", "node_modules", "sub/.git"]) {
    mkdirSync(dirname(game.at(`${folder}/x`)), { recursive: true });
    writeFileSync(game.at(`${folder}/pixelkiln.manifest.json`), game.text("art/pixelkiln.manifest.json"));
  }
  const { events, index } = await openIndex(game);
  expect((await index.list()).map(({ dir }) => dir)).toEqual(["art"]);
  game.write("node_modules/pixelkiln.manifest.json", '{"schema_version":1,"assets":[]}');
  await settled(events, 0);
  expect(events).toEqual([]);
});

test("a listing finds and tells what the watcher has not seen", async () => {
  const game = makeGame();
  await put(game, "art", "hero", "one");
  const { events, index } = await openIndex(game);
  const path = game.at("art/pixelkiln.manifest.json");
  const manifest = JSON.parse(game.text("art/pixelkiln.manifest.json"));
  manifest.assets[0].rev = "another";
  writeFileSync(join(game.dir, "next.tmp"), JSON.stringify(manifest));
  renameSync(join(game.dir, "next.tmp"), path);
  // Asked in the same turn, so no file system event can have come first.
  expect((await index.list())[0]?.rev).toBe("another");
  expect(events).toHaveLength(1);
  await settled(events, 1);
  expect(events).toHaveLength(1);
});
