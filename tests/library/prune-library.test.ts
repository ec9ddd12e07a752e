import { mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRoot } from "../../service/library/paths.ts";
import { pruneLibrary } from "../../service/library/prune-library.ts";
import { publishAsset } from "../../service/library/publish.ts";
import { manifestPart, picturesOf } from "./asset-setup.ts";

const NOW = Date.UTC(2026, 0, 31);
const DAY_MS = 86_400_000;
const ids = [40, 35, 32, 10, 0].map((days) => ({
  id: `spr_00000000000000${String(days).padStart(2, "0")}`,
  days,
}));

/** A library with assets that were published so many days ago. */
async function openLibrary() {
  const dir = mkdtempSync(join(tmpdir(), "pixelkiln-library-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const library = await openRoot(dir);
  for (const { id, days } of ids) {
    const files = picturesOf(id);
    await publishAsset({
      root: library,
      id,
      jobId: `job_${id.slice(4)}`,
      files,
      manifest: manifestPart("gem"),
    });
    const at = new Date(NOW - days * DAY_MS);
    utimesSync(join(dir, "assets", id, "manifest.json"), at, at);
  }
  return { library, left: () => readdirSync(join(dir, "assets")).sort() };
}

const all = ids.map(({ id }) => id).sort();

test("a library within its size keeps everything, however old", async () => {
  const { library, left } = await openLibrary();
  const bounds = {
    keepAfter: NOW - 30 * DAY_MS,
    mostBytes: 1024 ** 3,
    findUsed: async () => new Set<string>(),
  };
  expect(await pruneLibrary(library, bounds)).toEqual([]);
  expect(left()).toEqual(all);
});

test("a library that is too large lets the oldest go, but nothing recent and nothing that the game uses", async () => {
  const { library, left } = await openLibrary();
  const [oldest, used, old] = ids.map(({ id }) => id);
  const bounds = { keepAfter: NOW - 30 * DAY_MS, mostBytes: 1, findUsed: async () => new Set([used ?? ""]) };
  expect(await pruneLibrary(library, bounds)).toEqual([oldest, old]);
  expect(left()).toEqual(all.filter((id) => id !== oldest && id !== old));
});
