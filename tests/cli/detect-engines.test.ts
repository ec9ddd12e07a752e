import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { detectEngines, folderInProject } from "../../service/project/detect-engines.ts";
import { inFolder } from "./run-cli.ts";

test("the nearest game up the tree counts, and tells the folder inside it", () =>
  inFolder(async (dir) => {
    const deep = join(dir, "web/assets/heroes");
    await mkdir(deep, { recursive: true });
    expect((await detectEngines(deep)).engines).toEqual([]);
    expect(folderInProject(deep, await detectEngines(deep))).toBe("");
    await writeFile(join(dir, "project.godot"), "");
    await writeFile(join(dir, "web/package.json"), JSON.stringify({ dependencies: { phaser: "4.2.1" } }));
    const found = await detectEngines(deep);
    expect(found).toEqual({ engines: ["phaser"], root: join(dir, "web") });
    expect(folderInProject(deep, found)).toBe("assets/heroes");
    expect((await detectEngines(dir)).engines).toEqual(["godot"]);
  }));

test("a package.json that is not JSON or has no phaser is no game", () =>
  inFolder(async (dir) => {
    await writeFile(join(dir, "package.json"), "{");
    expect((await detectEngines(dir)).engines).toEqual([]);
    await writeFile(join(dir, "package.json"), JSON.stringify({ devDependencies: { vite: "7" } }));
    expect((await detectEngines(dir)).engines).toEqual([]);
  }));
