import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { type Disk, realDisk } from "../../service/library/disk.ts";
import { sha256 } from "../../service/library/hashes.ts";
import { openRoot, type Root } from "../../service/library/paths.ts";
import { ProjectLock, ProjectManifest } from "../../service/library/project-files.ts";
import { removeAsset } from "../../service/library/project-manifest.ts";
import { type ProjectOutputOptions, writeProjectFiles } from "../../service/library/project-output.ts";
import { toProblem } from "../../shared/errors.ts";
import { makeFolder, treeOf } from "./asset-setup.ts";

const DIR = "art/sprites";

let projectRoot: Root;

beforeEach(async () => {
  const { dir, remove } = makeFolder();
  onTestFinished(remove);
  projectRoot = await openRoot(join(dir, "game"));
});

function filesOf(name: string, text: string) {
  return ["png", "tres", "json"].map((type) => ({
    path: `${name}.${type}`,
    bytes: Buffer.from(`${text} as ${type}`),
  }));
}

function write(name: string, text: string, more: Partial<ProjectOutputOptions> = {}): Promise<string[]> {
  return writeProjectFiles({
    projectRoot,
    dir: DIR,
    name,
    files: filesOf(name, text),
    lock: {
      assetId: "spr_0loyw3v28aaaaaaa",
      kind: "sprite",
      model: { id: "ember", sha256: "0".repeat(64) },
      request: { prompt: text, seed: 7 },
      trainingDataLicenses: ["CC0-1.0"],
    },
    ...more,
  });
}

const at = (name: string): string => join(projectRoot.dir, DIR, name);
const textOf = (name: string): string => readFileSync(at(name), "utf8");
const lockOf = (name: string) => ProjectLock.parse(JSON.parse(textOf(`${name}.kiln.lock.json`)));
const manifest = () => ProjectManifest.parse(JSON.parse(textOf("pixelkiln.manifest.json")));

test("the role of each file is kept in the lock and in the manifest, and changes no rev", async () => {
  await write("hero", "red");
  const before = manifest().assets[0]?.rev;
  const roles = ["png", "godot_sprite_frames", "aseprite_json"];
  const files = filesOf("hero", "red").map((file, i) => ({ ...file, role: roles[i] ?? "" }));
  await write("hero", "red", { files });
  expect(lockOf("hero").files.map(({ role }) => role)).toEqual(roles);
  expect(manifest().assets[0]?.files.map(({ role }) => role)).toEqual(roles);
  expect(manifest().assets[0]?.rev).toBe(before);
});

test("a lock and a manifest without roles, of an older Pixelkiln, are read and written over", async () => {
  await write("hero", "red");
  expect(lockOf("hero").files.some((file) => "role" in file)).toBe(false);
  const files = filesOf("hero", "blue").map((file) => ({ ...file, role: "png" }));
  await write("hero", "blue", { files });
  expect(textOf("hero.png")).toBe("blue as png");
  expect(manifest().assets[0]?.files.every(({ role }) => role === "png")).toBe(true);
});

/** A disk that fails at its n-th step; "died" steps do not even tidy up, as a killed process. */
function failingDisk(failAt: number, code: string): Disk & { steps: number } {
  const step = (): void => {
    if (disk.steps++ >= failAt) throw Object.assign(new Error(code), { code });
  };
  const disk: Disk & { steps: number } = {
    steps: 0,
    writeNew: async (path, bytes) => {
      step();
      await realDisk.writeNew(path, bytes);
    },
    rename: async (from, to) => {
      step();
      await realDisk.rename(from, to);
    },
    syncFolder: (path) => realDisk.syncFolder(path),
  };
  return disk;
}

test("an asset, its lock and its entry in the folder's manifest are written, and nothing else is left", async () => {
  const written = await write("hero", "red");
  const names = ["hero.png", "hero.tres", "hero.json", "hero.kiln.lock.json"];
  expect(written).toEqual(names.map((name) => `${DIR}/${name}`));
  expect(Object.keys(treeOf(projectRoot.dir)).sort()).toEqual(
    [...names, "pixelkiln.manifest.json"].map((name) => `${DIR}/${name}`).sort(),
  );
  const hashes = filesOf("hero", "red").map(({ path, bytes }) => ({ path, sha256: sha256(bytes) }));
  expect(lockOf("hero")).toMatchObject({
    asset_id: "spr_0loyw3v28aaaaaaa",
    model: { id: "ember" },
    request: { prompt: "red", seed: 7 },
    training_data_licenses: ["CC0-1.0"],
    files: hashes,
  });
  expect(manifest().assets).toEqual([
    { name: "hero", kind: "sprite", rev: expect.any(String), files: hashes },
  ]);
});

test("our own files are overwritten, and the revision changes only if the bytes do", async () => {
  await write("hero", "red");
  const rev = manifest().assets[0]?.rev;
  await write("hero", "red");
  expect(manifest().assets[0]?.rev).toBe(rev);
  await write("hero", "blue");
  expect(manifest().assets[0]?.rev).not.toBe(rev);
  expect(textOf("hero.png")).toBe("blue as png");
  expect(lockOf("hero").request).toEqual({ prompt: "blue", seed: 7 });
});

test("a file that a person changed survives byte for byte and is named, and nothing else changes", async () => {
  await write("hero", "red");
  writeFileSync(at("hero.tres"), "edited by hand");
  writeFileSync(at("hero.json"), "edited too");
  const before = treeOf(projectRoot.dir);
  const error = await write("hero", "blue").catch((reason: unknown) => reason);
  expect(toProblem(error)).toMatchObject({
    code: "file-changed",
    status: 409,
    errors: [{ field: "hero.tres" }, { field: "hero.json" }],
  });
  expect(treeOf(projectRoot.dir)).toEqual(before);
  expect(textOf("hero.tres")).toBe("edited by hand");
});

test("a file that was there before us is a person's, even without any lock", async () => {
  await projectRoot.folder("art", "sprites");
  writeFileSync(at("hero.png"), "drawn by hand");
  const before = treeOf(projectRoot.dir);
  await expect(write("hero", "red")).rejects.toMatchObject({
    code: "file-changed",
    errors: [{ field: "hero.png" }],
  });
  expect(treeOf(projectRoot.dir)).toEqual(before);
});

test("a lock or a manifest that does not parse counts as a person's too", async () => {
  await write("hero", "red");
  for (const name of ["hero.kiln.lock.json", "pixelkiln.manifest.json"]) {
    const good = textOf(name);
    writeFileSync(at(name), "<<<<<<< merge conflict");
    const before = treeOf(projectRoot.dir);
    await expect(write("hero", "blue")).rejects.toMatchObject({
      code: "file-changed",
      errors: [{ field: name }],
    });
    expect(treeOf(projectRoot.dir)).toEqual(before);
    writeFileSync(at(name), good);
  }
});

test("a deleted file is made again; a file the asset no longer has stays and is still ours", async () => {
  await write("hero", "red");
  rmSync(at("hero.png"));
  await write("hero", "red", { files: filesOf("hero", "red").slice(0, 1) });
  expect(textOf("hero.png")).toBe("red as png");
  expect(textOf("hero.tres")).toBe("red as tres");
  expect(manifest().assets[0]?.files.map((file) => file.path)).toEqual(["hero.png"]);
  await write("hero", "blue");
  expect(textOf("hero.tres")).toBe("blue as tres");
});

test("an .import that Godot rewrote stays Godot's, and does not block a new picture", async () => {
  const withImport = (text: string) => ({
    files: [...filesOf("hero", text), { path: "hero.png.import", bytes: Buffer.from(`${text} import`) }],
  });
  await write("hero", "red", withImport("red"));
  const rev = manifest().assets[0]?.rev;
  writeFileSync(at("hero.png.import"), "[remap] written by the editor");
  await write("hero", "red", withImport("red"));
  expect(manifest().assets[0]?.rev).toBe(rev);
  await write("hero", "blue", withImport("blue"));
  expect(textOf("hero.png")).toBe("blue as png");
  expect(textOf("hero.png.import")).toBe("[remap] written by the editor");
});

test("a disk that fills up at any step before the first rename leaves every file as it was", async () => {
  await write("hero", "red");
  const before = treeOf(projectRoot.dir);
  for (let failAt = 0; failAt < 6; failAt++) {
    await expect(write("hero", "blue", { disk: failingDisk(failAt, "ENOSPC") })).rejects.toMatchObject({
      code: "storage-full",
    });
    expect(treeOf(projectRoot.dir)).toEqual(before);
  }
  await write("hero", "blue");
  expect(textOf("hero.png")).toBe("blue as png");
});

test("a write interrupted at any step is not mistaken for a person's work by the next one", async () => {
  const counting = failingDisk(Number.POSITIVE_INFINITY, "");
  await write("probe", "red", { disk: counting });
  for (let failAt = 0; failAt < counting.steps; failAt++) {
    const name = `hero${failAt}`;
    await write(name, "red");
    await expect(write(name, "blue", { disk: failingDisk(failAt, "EIO") })).rejects.toMatchObject({
      code: "EIO",
    });
    await write(name, "green");
    expect(textOf(`${name}.png`)).toBe("green as png");
    expect(existsSync(at(`.${name}.kiln.pending.json`))).toBe(false);
  }
  const hidden = Object.keys(treeOf(projectRoot.dir)).filter((path) => path.includes("/."));
  expect(hidden).toEqual([]);
});

test("a lock and a manifest never name bytes that are missing, wherever a write is interrupted", async () => {
  const counting = failingDisk(Number.POSITIVE_INFINITY, "");
  await write("probe", "red", { disk: counting });
  for (let failAt = 0; failAt < counting.steps; failAt++) {
    const name = `new${failAt}`;
    await expect(write(name, "blue", { disk: failingDisk(failAt, "EIO") })).rejects.toMatchObject({
      code: "EIO",
    });
    const named = manifest().assets.find((asset) => asset.name === name)?.files ?? [];
    const locked = existsSync(at(`${name}.kiln.lock.json`)) ? lockOf(name).files : [];
    for (const file of [...named, ...locked]) expect(sha256(readFileSync(at(file.path)))).toBe(file.sha256);
  }
});

test("twenty assets written at once all have their entry, sorted by name", async () => {
  const names = Array.from({ length: 20 }, (_, i) => `asset${String(i).padStart(2, "0")}`);
  await Promise.all(names.map((name) => write(name, name)));
  expect(manifest().assets.map((asset) => asset.name)).toEqual(names);
  expect(Object.keys(treeOf(projectRoot.dir)).filter((path) => path.includes("/."))).toEqual([]);
});

test("an asset may go into the project's root", async () => {
  expect(await write("hero", "red", { dir: "" })).toContain("hero.png");
  expect(readFileSync(join(projectRoot.dir, "hero.png"), "utf8")).toBe("red as png");
});

test("a folder lock left by a dead process does not stop the next writer", async () => {
  await projectRoot.folder("art", "sprites");
  writeFileSync(at(".pixelkiln.lock"), "4194304 dead");
  await write("hero", "red");
  expect(existsSync(at(".pixelkiln.lock"))).toBe(false);
});

test("names and folders that lead out of the project are rejected, and nothing is written", async () => {
  const files = [{ path: "../evil.png", bytes: Buffer.from("x") }];
  await expect(write("hero", "red", { files })).rejects.toMatchObject({ code: "invalid-request" });
  for (const dir of ["..", "art/../..", "/etc", "art//sprites", "art/", "ART", "art\\sprites"]) {
    await expect(write("hero", "red", { dir })).rejects.toMatchObject({ code: "invalid-request" });
  }
  await expect(write("../hero", "red")).rejects.toMatchObject({ code: "invalid-request" });
  for (const path of ["pixelkiln.manifest.json", "hero.kiln.lock.json"]) {
    await expect(write("hero", "red", { files: [{ path, bytes: Buffer.from("x") }] })).rejects.toMatchObject({
      code: "internal",
    });
  }
  expect(treeOf(projectRoot.dir)).toEqual({});
});

test("files in a subfolder are the asset's own: kept if a person changed them, removed with the asset", async () => {
  const files = [
    { path: "hero/head.png", bytes: Buffer.from("head") },
    { path: "hero/hand.png", bytes: Buffer.from("hand") },
  ];
  const written = await write("hero", "red", { files });
  expect(written).toContain(`${DIR}/hero/head.png`);
  expect(manifest().assets[0]?.files.map(({ path }) => path)).toEqual(["hero/head.png", "hero/hand.png"]);
  writeFileSync(at("hero/head.png"), "my head");
  await expect(write("hero", "blue", { files })).rejects.toMatchObject({ code: "file-changed" });
  expect(await removeAsset(join(projectRoot.dir, DIR), "hero")).toEqual({
    removed: ["hero/hand.png"],
    kept: ["hero/head.png"],
  });
  expect(textOf("hero/head.png")).toBe("my head");
});

test("an asset that is removed takes its empty subfolder along", async () => {
  await write("hero", "red", { files: [{ path: "hero/head.png", bytes: Buffer.from("head") }] });
  await removeAsset(join(projectRoot.dir, DIR), "hero");
  expect(existsSync(at("hero"))).toBe(false);
});

test("a lock that lists a place outside, or behind a link, removes nothing there", async () => {
  await write("hero", "red");
  const outside = join(projectRoot.dir, "mine.txt");
  writeFileSync(outside, "mine");
  symlinkSync(projectRoot.dir, at("link"));
  const bytes = sha256(Buffer.from("mine"));
  const lock = lockOf("hero");
  lock.files.push({ path: "../../mine.txt", sha256: bytes }, { path: "link/mine.txt", sha256: bytes });
  writeFileSync(at("hero.kiln.lock.json"), JSON.stringify(lock));
  await removeAsset(join(projectRoot.dir, DIR), "hero");
  expect(readFileSync(outside, "utf8")).toBe("mine");
});
