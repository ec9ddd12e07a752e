import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { type Disk, realDisk } from "../../service/library/disk.ts";
import { openRoot, type Root } from "../../service/library/paths.ts";
import { cleanStaging, type PublishOptions, publishAsset } from "../../service/library/publish.ts";
import { getManifest, listAssets, openAssetFile } from "../../service/library/read.ts";
import { toProblem } from "../../shared/errors.ts";
import { makeFolder, manifestPart, picturesOf, treeOf } from "./asset-setup.ts";

const ID = "spr_0loyw3v28aaaaaaa";
const JOB = "job_0loyw3v28aaaaaaa";

let root: Root;

beforeEach(async () => {
  const { dir, remove } = makeFolder();
  onTestFinished(remove);
  root = await openRoot(join(dir, "library"));
});

function optionsOf(text: string, more: Partial<PublishOptions> = {}): PublishOptions {
  return { root, id: ID, jobId: JOB, files: picturesOf(text), manifest: manifestPart("dragon"), ...more };
}

/** A disk that fails at its n-th step, as a full one does, or counts the steps. */
function failingDisk(failAt: number, code = "ENOSPC"): Disk & { steps: number } {
  const step = (): void => {
    if (disk.steps++ === failAt) throw Object.assign(new Error(code), { code });
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

test("a published asset can be read back: its manifest and its files, and nothing else", async () => {
  const { manifest, created } = await publishAsset(optionsOf("red"));
  expect(created).toBe(true);
  expect(await getManifest(root, ID)).toEqual(manifest);
  for (const file of picturesOf("red")) {
    const { info, bytes } = await openAssetFile(root, ID, file.path);
    expect(Buffer.compare(bytes, file.bytes)).toBe(0);
    expect(info).toMatchObject({ role: file.role, media_type: file.mediaType, bytes: file.bytes.length });
  }
  expect(Object.keys(treeOf(root.dir)).sort()).toEqual(
    ["dragon.json", "dragon.png", "manifest.json"].map((name) => `assets/${ID}/${name}`),
  );
});

test("a file in a subfolder is published, read back, and found again by the next attempt", async () => {
  const part = {
    path: "parts/head.bin",
    role: "part",
    mediaType: "application/octet-stream",
    bytes: Buffer.of(0, 255),
  };
  const options = optionsOf("red", { files: [...picturesOf("red"), part] });
  await publishAsset(options);
  expect(Buffer.compare((await openAssetFile(root, ID, part.path)).bytes, part.bytes)).toBe(0);
  expect((await publishAsset(options)).created).toBe(false);
  expect(Object.keys(treeOf(root.dir))).toContain(`assets/${ID}/parts/head.bin`);
});

test("only names listed in the manifest are served", async () => {
  await publishAsset(optionsOf("red"));
  writeFileSync(join(root.dir, "assets", ID, "stray.png"), "stray");
  for (const name of ["stray.png", "manifest.json", "../dragon.png", "", "dragon.png/", "DRAGON.PNG", "."]) {
    await expect(openAssetFile(root, ID, name)).rejects.toMatchObject({ code: "not-found" });
  }
  for (const id of ["spr_0000000000000000", "..", "../assets", "", "spr_0LOYW3V28AAAAAAA", ".staging"]) {
    await expect(getManifest(root, id)).rejects.toMatchObject({ code: "not-found" });
  }
});

test("the same files are accepted again and change nothing; others under the same id are rejected", async () => {
  const first = await publishAsset(optionsOf("red"));
  const before = treeOf(root.dir);
  const later = { ...manifestPart("dragon"), created_at: "2027-01-01T00:00:00.000Z" };
  const again = await publishAsset(optionsOf("red", { manifest: later }));
  expect(again).toEqual({ manifest: first.manifest, created: false });
  await expect(publishAsset(optionsOf("blue"))).rejects.toMatchObject({ code: "internal" });
  expect(treeOf(root.dir)).toEqual(before);
});

test("the revision follows the bytes, not the order of the files", async () => {
  const red = await publishAsset(optionsOf("red"));
  const turned = await publishAsset(
    optionsOf("red", { id: "spr_0loyw3v28bbbbbbb", files: picturesOf("red").toReversed() }),
  );
  const blue = await publishAsset(optionsOf("blue", { id: "spr_0loyw3v28ccccccc" }));
  expect(turned.manifest.rev).toBe(red.manifest.rev);
  expect(blue.manifest.rev).not.toBe(red.manifest.rev);
});

test("leftovers of an attempt that died before its manifest are replaced", async () => {
  const target = await root.folder("assets", ID);
  writeFileSync(join(target, "dragon.png"), "half");
  writeFileSync(join(target, "old.png"), "of another attempt");
  const staging = await root.folder(".staging", JOB);
  writeFileSync(join(staging, "dragon.png"), "half");
  await publishAsset(optionsOf("red"));
  const { files } = await getManifest(root, ID);
  expect(files.map((file) => file.sha256)).toEqual(
    files.map((file) => treeOf(root.dir)[`assets/${ID}/${file.path}`]),
  );
  expect(Object.keys(treeOf(root.dir))).toHaveLength(3);
});

test("a lost published file comes back when its job runs again", async () => {
  const { manifest } = await publishAsset(optionsOf("red"));
  const before = treeOf(root.dir);
  rmSync(join(root.dir, "assets", ID, "dragon.png"));
  expect(await publishAsset(optionsOf("red"))).toEqual({ manifest, created: true });
  expect(treeOf(root.dir)).toEqual(before);
});

test("a disk that fills up at any step leaves nothing behind, and publishing works once there is space", async () => {
  await publishAsset(optionsOf("blue", { id: "spr_0loyw3v28bbbbbbb" }));
  const before = treeOf(root.dir);
  const counting = failingDisk(Number.POSITIVE_INFINITY);
  await publishAsset(optionsOf("red", { disk: counting }));
  rmSync(join(root.dir, "assets", ID), { recursive: true });
  expect(counting.steps).toBe(6);
  for (let failAt = 0; failAt < counting.steps; failAt++) {
    const disk = failingDisk(failAt);
    const error = await publishAsset(optionsOf("red", { disk })).catch((reason: unknown) => reason);
    expect(toProblem(error)).toMatchObject({ code: "storage-full", status: 507 });
    expect(treeOf(root.dir)).toEqual(before);
    expect(existsSync(join(root.dir, "assets", ID))).toBe(false);
  }
  await expect(publishAsset(optionsOf("red", { disk: failingDisk(1, "EROFS") }))).rejects.toMatchObject({
    code: "storage-full",
  });
  await expect(publishAsset(optionsOf("red", { disk: failingDisk(1, "EIO") }))).rejects.toMatchObject({
    code: "EIO",
  });
  expect((await publishAsset(optionsOf("red"))).created).toBe(true);
});

/** A disk that keeps a copy of the library as it is before each step: what a process killed there leaves. */
function recordingDisk(library: string, copies: string): Disk & { count: number } {
  const keep = (): void => cpSync(library, join(copies, String(disk.count++)), { recursive: true });
  const disk: Disk & { count: number } = {
    count: 0,
    writeNew: async (path, bytes) => {
      keep();
      await realDisk.writeNew(path, bytes);
    },
    rename: async (from, to) => {
      keep();
      await realDisk.rename(from, to);
    },
    syncFolder: async (path) => {
      keep();
      await realDisk.syncFolder(path);
    },
  };
  return disk;
}

test("a process that dies between any two steps leaves no manifest without its files, and the next one finishes", async () => {
  const { dir, remove } = makeFolder();
  onTestFinished(remove);
  const disk = recordingDisk(root.dir, dir);
  await publishAsset(optionsOf("red", { disk }));
  const whole = treeOf(root.dir);
  expect(disk.count).toBe(9);
  for (let i = 0; i < disk.count; i++) {
    const left = await openRoot(join(dir, String(i)));
    const tree = treeOf(left.dir);
    const manifest = join(left.dir, "assets", ID, "manifest.json");
    if (existsSync(manifest)) {
      const { files } = JSON.parse(readFileSync(manifest, "utf8")) as {
        files: { path: string; sha256: string }[];
      };
      for (const file of files) expect(tree[`assets/${ID}/${file.path}`]).toBe(file.sha256);
    }
    await cleanStaging(left);
    await publishAsset(optionsOf("red", { root: left }));
    expect(treeOf(left.dir)).toEqual(whole);
  }
});

/** Mounts a small real disk, where the system lets us. */
function mountSmallDisk(dir: string): boolean {
  const run = (program: string, args: string[]): void =>
    void execFileSync(program, args, { stdio: "ignore" });
  try {
    run("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", dir]);
    onTestFinished(() => run("umount", [dir]));
    return true;
  } catch {
    return false;
  }
}

test("a real disk that fills up has only complete assets, and takes more after one is deleted", async (context) => {
  const { dir, remove } = makeFolder();
  onTestFinished(remove);
  const disk = join(dir, "disk");
  mkdirSync(disk);
  if (!mountSmallDisk(disk)) return context.skip("needs the right to mount a tmpfs");
  const small = await openRoot(disk);
  const published: string[] = [];
  let refused = 0;
  for (let i = 0; i < 30; i++) {
    const id = `spr_0loyw3v28a0000${i.toString(36).padStart(2, "0")}`;
    try {
      await publishAsset(optionsOf(`job ${i}`, { root: small, id }));
      published.push(id);
    } catch (error) {
      expect(error).toMatchObject({ code: "storage-full" });
      refused++;
    }
  }
  expect(published.length).toBeGreaterThan(3);
  expect(refused).toBeGreaterThan(3);
  const { assets } = await listAssets(small, { limit: 100 });
  expect(assets.map((asset) => asset.id).sort()).toEqual(published);
  for (const { id, files } of assets) {
    for (const file of files) expect(treeOf(disk)[`assets/${id}/${file.path}`]).toBe(file.sha256);
  }
  expect(Object.keys(treeOf(disk))).toHaveLength(3 * published.length);
  rmSync(join(disk, "assets", published[0] ?? ""), { recursive: true });
  expect((await publishAsset(optionsOf("again", { root: small }))).created).toBe(true);
});

test("startup removes what dead attempts left behind, and no published asset", async () => {
  await publishAsset(optionsOf("red"));
  const before = treeOf(root.dir);
  writeFileSync(join(await root.folder("assets", "spr_0loyw3v28bbbbbbb"), "dragon.png"), "no manifest");
  writeFileSync(join(await root.folder(".staging", "job_dead"), "dragon.png"), "half");
  expect(await cleanStaging(root)).toBe(2);
  expect(treeOf(root.dir)).toEqual(before);
  expect(await cleanStaging(root)).toBe(0);
});

test("a file cannot leave the asset's folder or take the manifest's name", async () => {
  for (const path of [
    "../evil.png",
    "a/../b.png",
    "/b.png",
    "a//b.png",
    "con.png",
    "manifest.json",
    ".staging",
  ]) {
    const files = [{ path, role: "png", mediaType: "image/png", bytes: new Uint8Array(3) }];
    await expect(publishAsset(optionsOf("red", { files }))).rejects.toMatchObject({ name: "ServiceError" });
  }
  expect(treeOf(root.dir)).toEqual({});
});

test("assets are listed newest first, in pages, and half-made ones are left out", async () => {
  const ids = ["1", "2", "3", "4", "5"].map((digit) => `spr_0loyw3v2${digit}aaaaaaa`);
  for (const id of ids) await publishAsset(optionsOf(id, { id }));
  writeFileSync(join(await root.folder("assets", "spr_0loyw3v29aaaaaaa"), "dragon.png"), "no manifest");
  const newestFirst = ids.toReversed();
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const page = await listAssets(root, { limit: 2, before });
    expect(page.assets.length).toBeLessThanOrEqual(2);
    seen.push(...page.assets.map((asset) => asset.id));
    before = page.next ?? undefined;
  } while (before !== undefined);
  expect(seen).toEqual(newestFirst);
  expect(await listAssets(root, { limit: 5 })).toMatchObject({ next: null });
});
