/**
 * Measures what the README promises, with the real parts: `npm run bench` for all suites, or
 * `npm run bench -- sprite livez kill` for some. Prints tables; exit code 1 when a promise is broken.
 */
import { killSuite } from "./bench/kill.ts";
import { livezSuite } from "./bench/livez.ts";
import { spriteSuite } from "./bench/sprite.ts";
import { printTable, type Suite } from "./bench/table.ts";

const SUITES: Readonly<Record<string, Suite>> = { sprite: spriteSuite, livez: livezSuite, kill: killSuite };

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SUITES);
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
