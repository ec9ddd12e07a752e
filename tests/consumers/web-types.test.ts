import { execFile } from "node:child_process";
import { readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ViteDevServer } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engineBuild } from "./game-page.ts";
import { writeArt } from "./web-art.ts";
import { HERO, makeWebProject, startVite, viteConfig, type WebProject } from "./web-project.ts";

const TSC = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
const TYPES = "pixelkiln-assets.d.ts";

let project: WebProject;
let vite: ViteDevServer;

beforeAll(async () => {
  project = await makeWebProject("main-vite.js", { phaser: "phaser" });
  ({ vite } = await startVite(await viteConfig(project.dir)));
});

afterAll(async () => {
  await vite?.close();
  await project?.remove();
});

const types = () => readFile(join(project.dir, TYPES), "utf8");

/** What the compiler says about a game's code. */
async function compile(code: string): Promise<string> {
  await writeFile(join(project.dir, "game.ts"), code);
  const options = { target: "es2022", module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"] };
  const compilerOptions = { ...options, strict: true, skipLibCheck: true, noEmit: true, types: [] };
  await writeFile(
    join(project.dir, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: ["game.ts", TYPES] }),
  );
  const run = promisify(execFile)(process.execPath, [TSC, "-p", project.dir]);
  return run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

const GAME = (load: string, play: string): string => `
import * as Phaser from "phaser";
import { pixelkiln } from "@pixelkiln/web/phaser";
import { kiln } from "virtual:pixelkiln/assets";

class Level extends Phaser.Scene {
  preload() {
    this.load.pixelkiln(${load});
    this.load.pixelkilnMap("level", "level.tmj");
  }
  create() {
    const sprite = this.add.pixelkilnSprite(1, 2, "walker", { play: ${play} });
    sprite.setFlipX(true);
    const map: Phaser.Tilemaps.Tilemap = this.add.pixelkilnTilemap("level");
    map.createLayer(0, map.tilesets);
    this.pixelkiln.placeholder("boss", "a red dragon", { width: 32, height: 32 });
  }
}
new Phaser.Game({ scene: Level, plugins: { global: [pixelkiln(kiln)] } });
`;

test("keys and tags are types: what is there compiles", async () => {
  expect(await types()).toContain('"walker": { kind: "animation"; tag: "walk" };');
  expect(await types()).toContain('"ground": { kind: "tileset"; tag: never };');
  expect(await compile(GAME('["hero", "ground"]', '"walk"'))).toBe("");
});

test("the same code compiles beside Phaser 3", async () => {
  const link = join(project.dir, "node_modules/phaser");
  await rm(link);
  await symlink(engineBuild("phaser3"), link);
  try {
    expect(await compile(GAME('["hero", "ground"]', '"walk"'))).toBe("");
  } finally {
    await rm(link);
    await symlink(engineBuild("phaser"), link);
  }
});

test("a key or a tag that is not there is an error", async () => {
  const said = await compile(GAME('"heroo"', '"fly"'));
  expect(said).toMatch(/game\.ts\(8,\d+\): error TS2345: .*"heroo"/);
  expect(said).toMatch(/game\.ts\(12,\d+\): error TS2322: .*"fly"/);
});

test("art that comes while Vite runs is in the types", async () => {
  await writeArt(project.dir, { ...HERO, name: "late" });
  await expect.poll(types, { timeout: 20_000 }).toContain('"late": { kind: "animation"; tag: "walk" };');
  expect(await compile(GAME('"late"', '"walk"'))).toBe("");
});
