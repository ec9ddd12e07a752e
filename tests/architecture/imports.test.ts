import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findViolations, type Module, RULES, readModules } from "./import-rules.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const modules = readModules(root, ["shared", "service", "plugins"]);

test("every import follows the straight line of docs/architecture.md", () => {
  const { looked, violations } = findViolations(modules);
  console.log(`import direction: looked at ${looked} modules of ${modules.length}`);
  expect(violations).toEqual([]);
  expect(looked).toBeGreaterThan(40);
});

test("every rule has modules to look at", () => {
  const idle = RULES.filter((rule) => !modules.some((m) => m.path.startsWith(rule.from)));
  expect(idle).toEqual([]);
});

test.each<[string, Module]>([
  [
    "a pass that reads the disk",
    { path: "service/pixel/planted.ts", text: 'import { readFile } from "node:fs/promises";' },
  ],
  [
    "a pass that knows a job",
    { path: "service/pixel/planted.ts", text: 'import { x } from "../jobs/job-store.ts";' },
  ],
  ["a writer that encodes", { path: "service/writers/planted.ts", text: 'import sharp from "sharp";' }],
  [
    "a writer that runs asset code",
    { path: "service/writers/planted.ts", text: 'import { a } from "../asset/pack-sheet.ts";' },
  ],
  [
    "a route that draws",
    { path: "service/http/routes/planted.ts", text: 'import { m } from "../../models/model-host.ts";' },
  ],
  [
    "a contract that needs the service",
    { path: "shared/planted.ts", text: 'export { a } from "../service/compose.ts";' },
  ],
  [
    "a plugin that imports the service",
    { path: "plugins/web/planted.ts", text: 'const a = await import("../../service/compose.ts");' },
  ],
  [
    "a web plugin that imports what its package does not hold",
    { path: "plugins/web/src/phaser/planted.ts", text: 'import { E } from "../../../../shared/events.ts";' },
  ],
  ["a game's code that needs Node", { path: "plugins/web/src/planted.ts", text: 'import "node:fs";' }],
  [
    "inference outside the model folder",
    { path: "service/jobs/planted.ts", text: 'import * as ort from "onnxruntime-node";' },
  ],
])("a planted violation is caught: %s", (_name, planted) => {
  expect(findViolations([...modules, planted]).violations.map((v) => v.from)).toContain(planted.path);
});

test("no source file is longer than 400 lines", () => {
  const long = modules.filter((m) => m.text.split("\n").length > 400).map((m) => m.path);
  expect(long).toEqual([]);
});
