import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const biome = join(root, "node_modules/@biomejs/biome/bin/biome");

/** Whether the linter refuses the imports of a file, which is planted in a folder of its own. */
function refuses(path: string, text: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), "pixelkiln-lint-"));
  try {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
    copyFileSync(join(root, "biome.json"), join(folder, "biome.json"));
    const args = ["lint", "--vcs-enabled=false", "--only=style/noRestrictedImports", "."];
    const { stdout, stderr } = spawnSync(process.execPath, [biome, ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(`${stdout}${stderr}`).toContain("Checked 2 files");
    return `${stdout}${stderr}`.includes("lint/style/noRestrictedImports");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// That the files that are there keep the rules is what `npm run lint` says; here each rule proves that it can fail.
test.each([
  ["a pass that reads the disk", "service/pixel/planted.ts", 'import { readFile } from "node:fs/promises";'],
  ["a pass that knows a job", "service/pixel/planted.ts", 'import { x } from "../queue/job-store.ts";'],
  [
    "a pass that knows a plan, by type",
    "service/pixel/planted.ts",
    'import type { x } from "../recipes/plan.ts";',
  ],
  ["a writer that encodes", "service/writers/planted.ts", 'import sharp from "sharp";'],
  [
    "a route that draws",
    "service/http/routes/planted.ts",
    'import { m } from "../../generators/run-plan.ts";',
  ],
  [
    "a route that loops over pixels",
    "service/http/routes/planted.ts",
    'import { m } from "../../pixel/measure.ts";',
  ],
  [
    "a contract of generators that knows one of them",
    "service/generators/planted.ts",
    'import { x } from "./embedded/look.ts";',
  ],
  ["a queue that knows kinds", "service/queue/planted.ts", 'import { KINDS } from "../kinds/table.ts";'],
  [
    "a job that decodes a picture",
    "service/jobs/planted.ts",
    'import { d } from "../codecs/decode-image.ts";',
  ],
  [
    "a kind's contract that loads pixels",
    "service/kinds/sprite/kind.ts",
    'import { m } from "../../pixel/measure.ts";',
  ],
  [
    "the service's side of a worker",
    "service/workers/workers.ts",
    'import { m } from "../pixel/measure.ts";',
  ],
  ["a contract that needs the service", "shared/planted.ts", 'export { a } from "../service/compose.ts";'],
  [
    "a plugin that imports the service",
    "plugins/studio/planted.ts",
    'const a = await import("../../service/compose.ts");',
  ],
  [
    "a package for games that needs this repository, by type",
    "plugins/web/src/planted.ts",
    'import type { x } from "../../../shared/errors.ts";',
  ],
  [
    "a client that needs this repository",
    "plugins/client/planted.ts",
    'import type { x } from "../../shared/errors.ts";',
  ],
  [
    "inference outside generators",
    "service/kinds/sprite/make.ts",
    'import * as ort from "onnxruntime-node";',
  ],
  [
    "a recipe that knows the embedded model",
    "service/recipes/planted.ts",
    'import { x } from "../generators/embedded/model-file.ts";',
  ],
])("the linter refuses %s", (_name, path, text) => {
  expect(refuses(path, text)).toBe(true);
});

test("and takes what a folder may import", () => {
  expect(refuses("service/pixel/planted.ts", 'import { a } from "./image.ts";')).toBe(false);
  expect(refuses("service/jobs/planted.ts", 'import { a } from "../kinds/table.ts";')).toBe(false);
});

test("the studio takes types of shared, and no code", () => {
  const folder = join(root, "plugins/studio");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const values = (name: string) =>
    /^(import|export) (?!type )[^;]*\/shared\//m.test(readFileSync(join(folder, name), "utf8"));
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter(values)).toEqual([]);
});

test("no source file is longer than 400 lines", () => {
  const files = ["shared", "service", "plugins"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((path) => /\.tsx?$/.test(path) && !/(^|\/)(node_modules|dist)\//.test(path)),
  );
  expect(files.length).toBeGreaterThan(300);
  const lines = (path: string) => readFileSync(join(root, path), "utf8").split("\n").length;
  expect(files.filter((path) => lines(path) > 400)).toEqual([]);
});
