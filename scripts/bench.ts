/**
 * Measures what the README promises, with the real parts: `npm run bench` for all suites, or
 * `npm run bench -- sprite livez kill animation tileset pixel project servers web godot` for some (`pixel --cases DIR`
 * scores the cases of a folder as well, `start orders memory pixelate --against DIR` compares with the clone in DIR, and
 * `diffusers --folder DIR --provider cuda --python PYTHON` counts the steps of an ONNX folder, beside PyTorch). Prints
 * tables; exit code 1 when a promise is broken.
 */
import { parseArgs } from "node:util";
import { memorySuite, ordersSuite, startSuite } from "./bench/against.ts";
import { animationSuite } from "./bench/animation.ts";
import { diffusersSuite } from "./bench/diffusers.ts";
import { godotSuite } from "./bench/godot.ts";
import { killSuite } from "./bench/kill.ts";
import { livezSuite } from "./bench/livez.ts";
import { pixelSuite } from "./bench/pixel.ts";
import { pixelateSuite } from "./bench/pixelate.ts";
import { projectSuite } from "./bench/project.ts";
import { serversSuite } from "./bench/servers.ts";
import { spriteSuite } from "./bench/sprite.ts";
import { printTable, type Suite } from "./bench/table.ts";
import { tilesetSuite } from "./bench/tileset.ts";
import { webSuite } from "./bench/web.ts";

const { values, positionals } = parseArgs({
  options: {
    cases: { type: "string" },
    against: { type: "string" },
    folder: { type: "string" },
    provider: { type: "string" },
    python: { type: "string" },
  },
  allowPositionals: true,
});
const SUITES: Readonly<Record<string, Suite>> = {
  sprite: spriteSuite,
  livez: livezSuite,
  start: () => startSuite(values.against),
  orders: () => ordersSuite(values.against),
  memory: () => memorySuite(values.against),
  kill: killSuite,
  diffusers: () =>
    diffusersSuite({ folder: values.folder, provider: values.provider, python: values.python }),
  animation: animationSuite,
  godot: godotSuite,
  pixel: () => pixelSuite(values.cases),
  pixelate: () => pixelateSuite(values.against),
  project: projectSuite,
  servers: serversSuite,
  tileset: tilesetSuite,
  web: webSuite,
};

const names = positionals.length > 0 ? positionals : Object.keys(SUITES);
const unknown = names.find((name) => !(name in SUITES));
if (unknown !== undefined) {
  process.stderr.write(`bench: suite: got ${unknown}, takes ${Object.keys(SUITES).join(", ")}\n`);
  process.exit(2);
}
let kept = true;
for (const name of names) {
  const rows = (await SUITES[name]?.()) ?? [];
  printTable(name, rows);
  kept &&= rows.every((row) => row.kept !== false);
}
process.exitCode = kept ? 0 : 1;
