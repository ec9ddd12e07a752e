import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import fc from "fast-check";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import {
  isSafeFileName,
  openAsNew,
  openForReading,
  openRoot,
  type Root,
  STAGING,
  temporaryPath,
} from "../../service/library/paths.ts";
import { treeOf } from "./asset-setup.ts";

let dir: string;
let root: Root;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "pixelkiln-paths-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, "outside"));
  writeFileSync(join(dir, "outside", "secret.txt"), "secret");
  root = await openRoot(join(dir, "root"));
});

const HOSTILE = [
  "",
  ".",
  "..",
  "...",
  "../secret.txt",
  "..\\secret.txt",
  "a/../../b",
  "/etc/passwd",
  "//host/share",
  "\\\\host\\share\\a",
  "\\\\?\\C:\\a",
  "C:",
  "C:\\a",
  "c:a.txt",
  "a:stream",
  "%2e%2e",
  "%2e%2e%2fsecret.txt",
  "..%2f",
  "%00",
  "a\0.png",
  "a\n.png",
  "a/b",
  "a\\b",
  "a..b",
  "a.",
  "a ",
  " a",
  ".hidden",
  ".staging.",
  "~",
  "~root",
  "-rf",
  "_a",
  "con",
  "CON",
  "con.png",
  "nul",
  "NUL.txt",
  "nul.tar.gz",
  "com1",
  "lpt9.json",
  "aux.tres",
  "prn",
  "Hero.png",
  "a*",
  "a?",
  "a<b",
  'a"b',
  "a|b",
  "$HOME",
  "`id`",
  "{a,b}",
  "\u2024\u2024",
  "\u2025",
  "\uff0e\uff0e",
  "\u202egnp.exe",
  "a\u0000",
  "a\u200b",
  "\u00e9.png",
  "\u0069\u0307",
  "\u212a",
  "\ud800",
  "a".repeat(102),
  "a".repeat(300),
  "a".repeat(5000),
];

test.each(HOSTILE)("the name %j is rejected anywhere in a path, and nothing is created", async (name) => {
  const before = treeOf(dir);
  for (const parts of [[name], ["a", name], [name, "a"]]) {
    await expect(root.resolve(...parts)).rejects.toMatchObject({ name: "ServiceError" });
    await expect(root.folder(...parts)).rejects.toMatchObject({ code: "invalid-request" });
  }
  expect(treeOf(dir)).toEqual(before);
});

test("plain names give paths below the root", async () => {
  await root.folder("assets", "spr_0000000000000000");
  for (const name of ["hero.png", "hero.png.import", "hero-1_a.tres", "0", "a".repeat(101), "console.png"]) {
    expect(await root.resolve("assets", name)).toBe(join(root.dir, "assets", name));
  }
  expect(await root.resolve(STAGING)).toBe(join(root.dir, ".staging"));
  await expect(root.resolve("assets", STAGING)).rejects.toMatchObject({ code: "invalid-request" });
});

test("whatever the names, a path stays below the root or is rejected", async () => {
  await root.folder("a", "b");
  const part = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("a", "b", ...HOSTILE),
    fc.stringMatching(/^[a-z./\\%:]{1,12}$/),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
      const path = await root.resolve(...parts).catch((error) => {
        expect(error.code).toMatch(/^(invalid-request|not-found)$/);
        return null;
      });
      if (path === null) return;
      expect(path.startsWith(root.dir + sep)).toBe(true);
      expect(path.split(sep)).not.toContain("..");
      expect(parts.every(isSafeFileName)).toBe(true);
      expect(realpathSync(dirname(path)).startsWith(root.dir)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("a link that leads out is rejected as a parent, as the last part, and when folders are created", async () => {
  symlinkSync(join(dir, "outside"), join(root.dir, "way-out"));
  symlinkSync(join(dir, "outside", "secret.txt"), join(root.dir, "secret"));
  symlinkSync(join(dir, "outside", "nothing"), join(root.dir, "dangling"));
  const before = treeOf(dir);
  for (const parts of [["way-out", "secret.txt"], ["way-out"], ["secret"], ["dangling"]]) {
    await expect(root.resolve(...parts)).rejects.toMatchObject({ code: "invalid-request" });
  }
  for (const parts of [["way-out"], ["way-out", "made"], ["dangling", "made"]]) {
    await expect(root.folder(...parts)).rejects.toMatchObject({ name: "ServiceError" });
  }
  expect(treeOf(dir)).toEqual(before);
});

test("a link swapped in after the path was resolved is not followed", async () => {
  const path = await root.resolve("late.png");
  symlinkSync(join(dir, "outside", "secret.txt"), path);
  await expect(openForReading(path)).rejects.toMatchObject({ code: "ELOOP" });
  await expect(openAsNew(path)).rejects.toMatchObject({ code: "EEXIST" });
  const temporary = temporaryPath(await root.resolve("other.png"));
  symlinkSync(join(dir, "outside", "made.txt"), temporary);
  await expect(openAsNew(temporary)).rejects.toMatchObject({ code: "EEXIST" });
});

test("a root reached through a link stays where it was when it was opened", async () => {
  const link = join(dir, "link");
  symlinkSync(root.dir, link);
  const linked = await openRoot(link);
  expect(linked.dir).toBe(root.dir);
  rmSync(link);
  symlinkSync(join(dir, "outside"), link);
  expect(await linked.resolve("secret.txt")).toBe(join(root.dir, "secret.txt"));
});

test("a folder that cannot be made is refused with its path and the reason", async () => {
  const below = join(dir, "outside", "secret.txt", "below");
  await expect(openRoot(below)).rejects.toMatchObject({
    code: "storage-full",
    message: expect.stringMatching(/^The folder .*below cannot be created or written to \(ENOTDIR\): choose/),
  });
});
